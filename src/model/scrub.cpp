#include "model/scrub.hpp"

#include "model/folded_text.hpp"
#include "model/text_masks.hpp"
#include "model/text_patterns.hpp"
#include "model/utf8.hpp"

#include <otp/error.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace otp::model {

namespace {

constexpr std::size_t max_looked_at = 8 * 1024;
/// At the end of what is looked at, a number or address may be cut: this much of it is not shown.
constexpr std::size_t unsure_end = 512;
constexpr std::size_t least_number_digits = 4;
/// Codes of errors have up to 5 digits.
constexpr std::size_t least_digits_in_code = 6;
constexpr std::string_view ellipsis = "...";

std::string_view looked_at(std::string_view text) noexcept {
    return text.substr(0, max_looked_at);
}

std::size_t shown_end(std::string_view text) noexcept {
    return text.size() <= max_looked_at ? text.size() : max_looked_at - unsure_end;
}

void append_text(std::string& out, std::string_view character) {
    auto const [value, size, valid] = first_code_point(character);
    if (valid && is_displayable(value))
        out += character;
    else
        out += valid ? ' ' : '?';
}

void append_identifier(std::string& out, std::string_view character) {
    auto const [value, size, valid] = first_code_point(character);
    if (valid && is_displayable(value)) {
        out += character;
        return;
    }
    static constexpr std::array digits{
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    for (char const c : character) {
        auto const octet = static_cast<unsigned char>(c);
        out += '%';
        out += digits.at(octet >> 4U);
        out += digits.at(octet & 0xFU);
    }
}

/// `text` with its masks, character by character, until it is longer than `limit`.
template <class Append>
std::string masked(std::string_view text, TextMasks&& masks, std::size_t limit, Append append) {
    auto const end = shown_end(text);
    auto const parts = std::move(masks).merged();
    auto next_part = parts.begin();
    std::string out;
    for (std::size_t at = 0; at < end && out.size() <= limit;) {
        if (next_part != parts.end() && at == next_part->begin) {
            out += mask;
            at = next_part->end;
            ++next_part;
            continue;
        }
        auto const size = first_code_point(text.substr(at)).size;
        append(out, text.substr(at, size));
        at += size;
    }
    return out;
}

/// An identifier with its masks, in full or cut; `again` makes safe what a cut may have laid bare:
/// a word of its own that was part of a longer one.
template <class Again>
std::string shown_identifier(
    std::string_view text, TextMasks&& masks, KnownTexts const& known, Again again
) {
    auto shown = masked(text, std::move(masks), max_vendor_identifier, append_identifier);
    mask_known(shown, known);
    if (shown.size() <= max_vendor_identifier && text.size() <= max_looked_at) return shown;
    std::string cut(cut_between_characters(shown, max_vendor_identifier - ellipsis.size()));
    cut += ellipsis;
    return again(cut);
}

}  // namespace

std::string scrub_text(std::string_view text, KnownTexts const& known) {
    auto const folded = fold(looked_at(text));
    TextMasks masks;
    known.mask_in(folded, masks);
    mask_email_addresses(folded, masks);
    mask_tokens(folded, masks);
    mask_numbers(folded, least_number_digits, masks);
    auto shown = masked(text, std::move(masks), max_vendor_text, append_text);
    // What looked like a number was masked, and may have been part of a longer word.
    mask_known(shown, known);
    if (shown.size() <= max_vendor_text) return shown;
    return scrub_text(cut_between_characters(shown, max_vendor_text), known);
}

std::string scrub_identifier(std::string_view text, KnownTexts const& known) {
    auto const folded = fold(looked_at(text));
    TextMasks masks;
    known.mask_in(folded, masks);
    mask_email_addresses(folded, masks);
    mask_international_numbers(folded, masks);
    return shown_identifier(text, std::move(masks), known, [&known](std::string_view cut) {
        return scrub_identifier(cut, known);
    });
}

std::string scrub_code(std::string_view text, KnownTexts const& known) {
    auto const folded = fold(looked_at(text));
    TextMasks masks;
    known.mask_in(folded, masks);
    mask_email_addresses(folded, masks);
    mask_numbers(folded, least_digits_in_code, masks);
    return shown_identifier(text, std::move(masks), known, [&known](std::string_view cut) {
        return scrub_code(cut, known);
    });
}

void mask_known(std::string& text, KnownTexts const& known) {
    if (known.empty()) return;
    TextMasks masks;
    known.mask_in(fold(text), masks);
    if (masks.empty()) return;
    std::string shown;
    std::size_t at = 0;
    for (auto const& part : std::move(masks).merged()) {
        shown.append(text, at, part.begin - at);
        shown += mask;
        at = part.end;
    }
    text = shown.append(text, at);
}

}  // namespace otp::model
