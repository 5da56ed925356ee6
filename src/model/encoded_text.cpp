#include "model/encoded_text.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace otp::model {

namespace {

/// Collects decoded octets, and keeps those of which several in a row are text.
class Reading {
public:
    /// `first` and `last` are the characters that the octet was written with.
    void add(unsigned octet, FoldedCharacter const& first, FoldedCharacter const& last) {
        if (octet < ' ' || octet > '~') return end();
        auto const c = to_lower(static_cast<char>(octet));
        text_.push_back({static_cast<char32_t>(c), first.begin, last.end});
    }

    /// Nothing that comes is joined to what was.
    void end() {
        if (text_.size() - begin_ < least_characters) {
            text_.resize(begin_);
            return;
        }
        auto const place = text_.back().end;
        text_.insert(text_.end(), characters_between, {folded_control, place, place});
        begin_ = text_.size();
    }

    [[nodiscard]] FoldedText take() && {
        end();
        return std::move(text_);
    }

private:
    /// No known text has fewer.
    static constexpr std::size_t least_characters = 4;
    /// More than separate two characters of one known text.
    static constexpr std::size_t characters_between = 5;

    FoldedText text_;
    /// Where the octets in a row begin.
    std::size_t begin_{0};
};

bool is_pair(FoldedText const& text, std::size_t at) noexcept {
    return at + 1 < text.size() && is_hexadecimal(text[at].value) &&
           is_hexadecimal(text[at + 1].value);
}

bool separates_pairs(char32_t c) noexcept {
    return c < 0x80 && !is_alphanumeric(c);
}

/// Where the next pair begins, behind the separators and perhaps `0x`; `at` if it does not follow.
std::size_t skip_to_pair(FoldedText const& text, std::size_t at) noexcept {
    constexpr std::size_t most_separators = 2;
    auto next = at;
    while (next < text.size() && next < at + most_separators && separates_pairs(text[next].value)) {
        ++next;
    }
    bool const has_prefix =
        next + 1 < text.size() && text[next].value == U'0' && text[next + 1].value == U'x';
    if (has_prefix) next += 2;
    return is_pair(text, next) ? next : at;
}

FoldedText read_hexadecimal(FoldedText const& text, std::size_t offset) {
    Reading reading;
    for (std::size_t at = 0; at < text.size();) {
        bool const begins_run = at == 0 || !is_hexadecimal(text[at - 1].value);
        if (begins_run && is_hexadecimal(text[at].value)) at += offset;
        while (is_pair(text, at)) {
            auto const octet =
                hexadecimal_value(text[at].value) * 16 + hexadecimal_value(text[at + 1].value);
            reading.add(static_cast<unsigned>(octet), text[at], text[at + 1]);
            at = skip_to_pair(text, at + 2);
        }
        reading.end();
        ++at;
    }
    return std::move(reading).take();
}

/// The value of a character of either alphabet; -1 if it is of none.
int sextet(FoldedCharacter const& character, std::string_view source) noexcept {
    // Written as it is, it has its capitals in the source only.
    bool const as_written = character.end - character.begin == 1;
    auto const value =
        as_written ? static_cast<unsigned char>(source[character.begin]) : character.value;
    if (is_capital(value)) return static_cast<int>(value - U'A');
    if (is_small_letter(value)) return static_cast<int>(value - U'a') + 26;
    if (is_digit(value)) return static_cast<int>(value - U'0') + 52;
    if (value == U'+' || value == U'-') return 62;
    if (value == U'/' || value == U'_') return 63;
    return -1;
}

FoldedText read_base64(
    FoldedText const& text, std::vector<int> const& sextets, std::size_t offset
) {
    constexpr std::size_t group = 4;
    Reading reading;
    for (std::size_t begin = 0; begin < text.size();) {
        auto end = begin;
        while (end < text.size() && sextets[end] >= 0) ++end;
        for (auto at = begin + offset; at < end; at += group) {
            auto const last = std::min(at + group, end) - 1;
            for (auto place = at; place < last; ++place) {
                auto const shift = 2 * (place - at + 1);
                auto const two = static_cast<unsigned>(sextets[place]) << 6U |
                                 static_cast<unsigned>(sextets[place + 1]);
                reading.add(two >> (6 - shift) & 0xFFU, text[place], text[place + 1]);
            }
        }
        reading.end();
        begin = end + 1;
    }
    return std::move(reading).take();
}

void keep(std::vector<FoldedText>& readings, FoldedText&& reading) {
    if (!reading.empty()) readings.push_back(std::move(reading));
}

}  // namespace

std::vector<FoldedText> read_hexadecimal(FoldedText const& text) {
    std::vector<FoldedText> readings;
    for (std::size_t const offset : {0U, 1U}) keep(readings, read_hexadecimal(text, offset));
    return readings;
}

std::vector<FoldedText> read_base64(FoldedText const& text, std::string_view source) {
    std::vector<int> sextets;
    sextets.reserve(text.size());
    for (auto const& character : text) sextets.push_back(sextet(character, source));
    std::vector<FoldedText> readings;
    for (std::size_t const offset : {0U, 1U, 2U, 3U}) {
        keep(readings, read_base64(text, sextets, offset));
    }
    return readings;
}

}  // namespace otp::model
