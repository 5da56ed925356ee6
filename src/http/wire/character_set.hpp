#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace otp::http {

using CharacterSet = std::array<bool, 256>;

/// Letters, digits and the `extra` characters.
constexpr CharacterSet alphanumerics_and(std::string_view extra) {
    CharacterSet set{};
    for (char c = '0'; c <= '9'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char const c : extra) set[static_cast<unsigned char>(c)] = true;
    return set;
}

/// What header names are made of (RFC 9110 5.6.2).
inline constexpr CharacterSet token_characters = alphanumerics_and("!#$%&'*+-.^_`|~");

constexpr bool consists_of(std::string_view text, CharacterSet const& allowed) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return allowed[static_cast<unsigned char>(c)];
    });
}

}  // namespace otp::http
