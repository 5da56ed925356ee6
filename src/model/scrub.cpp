#include "model/scrub.hpp"

#include "model/ascii.hpp"
#include "model/encoded_text.hpp"
#include "model/folded_text.hpp"
#include "model/markup.hpp"
#include "model/spelled_signs.hpp"
#include "model/text_masks.hpp"
#include "model/text_patterns.hpp"
#include "model/utf8.hpp"

#include <otp/error.hpp>

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
/// Phone numbers have 7 at least; counters and dates of orders often fewer.
constexpr std::size_t least_digits_in_reference = 7;
constexpr std::string_view ellipsis = "...";

std::string_view looked_at(std::string_view text) noexcept {
    return text.substr(0, max_looked_at);
}

std::size_t shown_end(std::string_view text) noexcept {
    return text.size() <= max_looked_at ? text.size() : max_looked_at - unsure_end;
}

void append_text(std::string& out, std::string_view character) {
    auto const [value, size, valid] = first_code_point(character);
    if (valid && is_displayable(value)) {
        out += character;
    } else {
        out += valid ? ' ' : '?';
    }
}

void append_identifier(std::string& out, std::string_view character) {
    auto const [value, size, valid] = first_code_point(character);
    if (valid && is_displayable(value)) {
        out += character;
        return;
    }
    for (char const c : character) append_percent_encoded(out, c);
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

/// The text as it is but for its masks.
std::string with_masks(std::string_view text, TextMasks&& masks) {
    std::string shown;
    std::size_t at = 0;
    for (auto const& part : std::move(masks).merged()) {
        shown += text.substr(at, part.begin - at);
        shown += mask;
        at = part.end;
    }
    return shown += text.substr(at);
}

/// A text in which the known ones are masked already.
struct Masked {
    FoldedText folded;
    /// The same without its markup; empty if it has none.
    FoldedText shown;
    TextMasks masks;
};

/// In the text of one round of decoding, and in what its Base64 and hexadecimal digits say.
void mask_known_in_round(
    FoldedText const& round, std::string_view text, KnownTexts const& known, TextMasks& masks
) {
    known.mask_in(round, masks);
    for (auto const& reading : read_hexadecimal(round)) known.mask_in(reading, masks);
    for (auto const& reading : read_base64(round, text)) known.mask_in(reading, masks);
}

/// They are looked for after each round of decoding: what decoding breaks up is whole before it.
Masked mask_known_in(std::string_view text, KnownTexts const& known) {
    auto rounds = fold_in_rounds(text);
    auto& last = rounds.back();
    auto shown = without_markup(last);
    TextMasks masks;
    if (!known.empty()) {
        for (auto const& round : rounds) mask_known_in_round(round, text, known, masks);
        for (auto const& round : fold_quoted_printable_in_rounds(text)) known.mask_in(round, masks);
        known.mask_in(shown, masks);
        for (auto const* const read : {&last, &shown}) {
            known.mask_in(with_signs(*read, SpelledSigns::as_words), masks);
        }
    }
    return {std::move(last), std::move(shown), std::move(masks)};
}

/// The known texts and all email addresses are masked.
Masked mask_known_and_addresses_in(std::string_view text, KnownTexts const& known) {
    auto masked = mask_known_in(text, known);
    auto& masks = masked.masks;
    mask_email_addresses(masked.folded, masks);
    for (auto const& round : fold_quoted_printable_in_rounds(text)) {
        mask_clear_email_addresses(round, masks);
    }
    mask_clear_email_addresses(masked.shown, masks);
    for (auto const* const read : {&masked.folded, &masked.shown}) {
        mask_clear_email_addresses(with_signs(*read, SpelledSigns::in_brackets), masks);
    }
    return masked;
}

/// Masks until there is nothing more to mask: what a mask or a cut left may be read in another way
/// than before. A text that never comes to rest is not shown.
template <class Pass>
std::string until_at_rest(std::string_view text, Pass pass) {
    constexpr int most_passes = 8;
    std::string shown(text);
    for (int count = 0; count < most_passes; ++count) {
        auto next = pass(shown);
        if (next == shown) return shown;
        shown = std::move(next);
    }
    return std::string(mask);
}

/// An identifier with its masks, in full or cut.
std::string shown_identifier(std::string_view text, TextMasks&& masks) {
    auto shown = masked(text, std::move(masks), max_vendor_identifier, append_identifier);
    if (shown.size() <= max_vendor_identifier && text.size() <= max_looked_at) return shown;
    std::string cut(cut_between_characters(shown, max_vendor_identifier - ellipsis.size()));
    return cut += ellipsis;
}

std::string pass_over_text(std::string_view text, KnownTexts const& known) {
    auto const looked = looked_at(text);
    auto [folded, shown_text, masks] = mask_known_and_addresses_in(looked, known);
    mask_tokens(folded, looked, masks);
    mask_numbers(folded, least_number_digits, masks);
    mask_numbers(shown_text, least_number_digits, masks);
    auto const shown = masked(text, std::move(masks), max_vendor_text, append_text);
    return std::string(cut_between_characters(shown, max_vendor_text));
}

std::string pass_over_identifier(std::string_view text, KnownTexts const& known) {
    auto [folded, shown, masks] = mask_known_and_addresses_in(looked_at(text), known);
    mask_international_numbers(folded, masks);
    mask_international_numbers(shown, masks);
    return shown_identifier(text, std::move(masks));
}

std::string pass_over_code(std::string_view text, KnownTexts const& known) {
    auto [folded, shown, masks] = mask_known_and_addresses_in(looked_at(text), known);
    mask_numbers(folded, least_digits_in_code, masks);
    mask_numbers(shown, least_digits_in_code, masks);
    return shown_identifier(text, std::move(masks));
}

}  // namespace

std::string scrub_text(std::string_view text, KnownTexts const& known) {
    return until_at_rest(text, [&](std::string_view seen) { return pass_over_text(seen, known); });
}

std::string scrub_identifier(std::string_view text, KnownTexts const& known) {
    return until_at_rest(text, [&](std::string_view seen) {
        return pass_over_identifier(seen, known);
    });
}

std::string scrub_code(std::string_view text, KnownTexts const& known) {
    return until_at_rest(text, [&](std::string_view seen) { return pass_over_code(seen, known); });
}

void mask_known(std::string& text, KnownTexts const& known) {
    if (known.empty()) return;
    text = until_at_rest(text, [&](std::string_view seen) {
        auto masks = mask_known_in(seen, known).masks;
        return masks.empty() ? std::string(seen) : with_masks(seen, std::move(masks));
    });
}

void mask_numbers_of_reference(std::string& reference) {
    TextMasks masks;
    mask_numbers_without_letters(fold(reference), least_digits_in_reference, masks);
    if (!masks.empty()) reference = with_masks(reference, std::move(masks));
}

void mask_unread_ip_addresses(std::string& text) {
    TextMasks masks;
    mask_likely_ip_addresses(fold(text), masks);
    if (!masks.empty()) text = with_masks(text, std::move(masks));
}

}  // namespace otp::model
