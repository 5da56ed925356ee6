#include "model/utf8.hpp"

#include <algorithm>

namespace otp::model {

CodePoint first_code_point(std::string_view text) noexcept {
    constexpr CodePoint invalid{0, 1, false};
    auto const byte = [&](std::size_t index) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[index]));
    };
    auto const lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return invalid;
    auto value = lead & (0x7FU >> size);
    for (std::size_t index = 1; index < size; ++index) {
        if (!continues_character(text[index])) return invalid;
        value = value << 6U | (byte(index) & 0x3FU);
    }
    // Over-long forms, surrogates, and what is beyond Unicode.
    bool const over_long = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (over_long || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return invalid;
    return {value, size, true};
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        auto const character = first_code_point(text);
        if (!character.valid) return false;
        text.remove_prefix(character.size);
    }
    return true;
}

std::size_t count_characters(std::string_view text) noexcept {
    auto const begun = std::count_if(text.begin(), text.end(), [](char byte) {
        return !continues_character(byte);
    });
    return static_cast<std::size_t>(begun);
}

void append_utf8(std::string& text, char32_t c) {
    auto const continuation = [c](unsigned shift) {
        return static_cast<char>(0x80U | (c >> shift & 0x3FU));
    };
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0U | c >> 6U);
        text += continuation(0);
    } else if (c < 0x10000) {
        text += static_cast<char>(0xE0U | c >> 12U);
        text += continuation(6);
        text += continuation(0);
    } else {
        text += static_cast<char>(0xF0U | c >> 18U);
        text += continuation(12);
        text += continuation(6);
        text += continuation(0);
    }
}

bool is_displayable(char32_t c) noexcept {
    bool const control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    bool const separator = c == 0x2028 || c == 0x2029;
    bool const direction = c == 0x061C || c == 0x200E || c == 0x200F ||
                           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !control && !separator && !direction && c != 0xFEFF;
}

std::string_view cut_between_characters(std::string_view text, std::size_t limit) noexcept {
    if (text.size() <= limit) return text;
    while (limit > 0 && continues_character(text[limit])) --limit;
    return text.substr(0, limit);
}

}  // namespace otp::model
