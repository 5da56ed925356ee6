#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace otp::model {

// The classes of <cctype> without its locale and its undefined behaviour for negative chars; of
// char and char32_t alike. They are objects, so that algorithms take them by their names.

inline constexpr auto is_digit = [](auto c) noexcept { return c >= '0' && c <= '9'; };

inline constexpr auto is_capital = [](auto c) noexcept { return c >= 'A' && c <= 'Z'; };

inline constexpr auto is_small_letter = [](auto c) noexcept { return c >= 'a' && c <= 'z'; };

inline constexpr auto is_letter = [](auto c) noexcept {
    return is_small_letter(c) || is_capital(c);
};

inline constexpr auto is_alphanumeric = [](auto c) noexcept { return is_digit(c) || is_letter(c); };

inline constexpr auto is_white_space = [](auto c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
};

/// Not printable: below the blank, or DEL.
inline constexpr auto is_ascii_control = [](auto c) noexcept {
    return static_cast<std::make_unsigned_t<decltype(c)>>(c) < 0x20 || c == 0x7F;
};

inline constexpr auto to_lower = [](auto c) noexcept {
    return is_capital(c) ? static_cast<decltype(c)>(c - 'A' + 'a') : c;
};

inline constexpr auto to_upper = [](auto c) noexcept {
    return is_small_letter(c) ? static_cast<decltype(c)>(c - 'a' + 'A') : c;
};

/// What a hexadecimal digit of either case stands for; -1 if it is none.
inline constexpr auto hexadecimal_value = [](auto c) noexcept {
    if (is_digit(c)) return static_cast<int>(c - '0');
    auto const small = to_lower(c);
    return small >= 'a' && small <= 'f' ? static_cast<int>(small - 'a') + 10 : -1;
};

inline constexpr auto is_hexadecimal = [](auto c) noexcept { return hexadecimal_value(c) >= 0; };

[[nodiscard]] inline std::string lower_case(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = to_lower(c);
    return result;
}

/// Of texts of one length: whether they are the same but for the case of ASCII letters.
[[nodiscard]] constexpr bool same_but_for_case(
    std::string_view left, std::string_view right
) noexcept {
    for (std::size_t at = 0; at < left.size(); ++at) {
        // Most are written alike.
        if (left[at] != right[at] && to_lower(left[at]) != to_lower(right[at])) return false;
    }
    return true;
}

/// Whether the texts are the same but for the case of ASCII letters. Most differ in length already,
/// which is told without a call.
[[nodiscard]] constexpr bool equal_ignoring_case(
    std::string_view left, std::string_view right
) noexcept {
    return left.size() == right.size() && same_but_for_case(left, right);
}

/// `text` without the white space at both ends.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_white_space(text.back())) text.remove_suffix(1);
    return text;
}

/// Takes what is before the first `separator` off `text`, and the separator: all of it if there is
/// none. Without the white space around it.
constexpr std::string_view take_until(std::string_view& text, char separator) noexcept {
    auto const end = text.find(separator);
    auto const taken = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    return trim(taken);
}

/// Adds `%2F` for a slash (RFC 3986 2.1).
inline void append_percent_encoded(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    auto const octet = static_cast<unsigned char>(c);
    out += '%';
    out += digits[octet >> 4U];
    out += digits[octet & 0x0FU];
}

}  // namespace otp::model
