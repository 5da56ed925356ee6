#include "encoded_parts.hpp"

#include <cstddef>

namespace otp::testing {
namespace {

constexpr std::size_t shortest_word = 8;

/// -1: it is none of either alphabet.
int sextet(char c) noexcept {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
}

int hexadecimal(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Each digit as so many bits, whole octets of them.
template <class Digit>
void decode(std::string& out, std::string_view word, unsigned bits, Digit digit) {
    constexpr unsigned octet = 8;
    unsigned buffer = 0;
    unsigned filled = 0;
    for (char const c : word) {
        auto const value = digit(c);
        if (value < 0) {
            filled = 0;
            continue;
        }
        buffer = (buffer << bits | static_cast<unsigned>(value)) & 0xFFFFU;
        filled += bits;
        if (filled >= octet) {
            filled -= octet;
            out += static_cast<char>(buffer >> filled & 0xFFU);
        }
    }
    out += '\0';
}

}  // namespace

std::string encoded_parts(std::string_view text) {
    constexpr std::size_t places_of_base64 = 4;
    constexpr std::size_t places_of_hexadecimal = 2;
    std::string parts;
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        auto end = begin;
        while (end < text.size() && sextet(text[end]) >= 0) ++end;
        auto const word = text.substr(begin, end - begin);
        begin = end;
        if (word.size() < shortest_word) continue;
        for (std::size_t skipped = 0; skipped < places_of_base64; ++skipped) {
            decode(parts, word.substr(skipped), 6, sextet);
        }
        for (std::size_t skipped = 0; skipped < places_of_hexadecimal; ++skipped) {
            decode(parts, word.substr(skipped), 4, hexadecimal);
        }
    }
    return parts;
}

}  // namespace otp::testing
