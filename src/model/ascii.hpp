#pragma once

#include <string>
#include <string_view>

namespace otp::model {

// The classes of <cctype> without its locale and its undefined behaviour for negative chars.

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool is_alphanumeric(char c) noexcept {
    return is_digit(c) || is_letter(c);
}

constexpr bool is_white_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string lower_case(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = to_lower(c);
    return result;
}

/// `text` without the white space at both ends.
constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && is_white_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_white_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace otp::model
