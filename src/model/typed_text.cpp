#include "model/typed_text.hpp"

#include "model/unicode_classes.hpp"
#include "model/utf8.hpp"

namespace otp::model {

std::string typed_text(std::string_view text, AsciiOf ascii_of) {
    std::string result;
    result.reserve(text.size());
    // Up to here the result ends in something that is seen.
    std::size_t end = 0;
    while (!text.empty()) {
        auto const character = first_code_point(text);
        auto const c = character.value;
        bool const nothing = character.valid && (is_unicode_white_space(c) || is_invisible(c));
        char const ascii = character.valid ? ascii_of(c) : '\0';
        if (ascii != '\0') {
            result += ascii;
        } else if (!nothing || end != 0) {
            result += text.substr(0, character.size);
        }
        if (!nothing) end = result.size();
        text.remove_prefix(character.size);
    }
    result.resize(end);
    return result;
}

std::string visible_text(std::string_view text) {
    std::string visible;
    visible.reserve(text.size());
    while (!text.empty()) {
        auto const character = first_code_point(text);
        bool const seen = !character.valid || !is_invisible(character.value);
        if (seen) visible += text.substr(0, character.size);
        text.remove_prefix(character.size);
    }
    return typed_text(visible, [](char32_t) noexcept { return '\0'; });
}

char ascii_of_full_width(char32_t c) noexcept {
    constexpr char32_t first = 0xFF01;
    constexpr char32_t last = 0xFF5E;
    return c >= first && c <= last ? static_cast<char>(c - first + '!') : '\0';
}

}  // namespace otp::model
