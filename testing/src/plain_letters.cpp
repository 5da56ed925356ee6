#include "plain_letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>

namespace otp::testing {
namespace {

/// A way to write a character as a number: what stands in front of it, its base, and how many
/// digits it may have.
struct Escape {
    std::string_view beginning;
    int base;
    std::size_t digits;
};

constexpr auto escapes =
    std::to_array<Escape>({{"%", 16, 2}, {"\\u", 16, 4}, {"&#x", 16, 6}, {"&#", 10, 7}});

/// An octet of 0x80 and more stands for what is not looked for, but for the parts of UTF-8.
constexpr unsigned beyond_octets = 0x100;

struct Decoded {
    char character;
    std::size_t size;
};

std::optional<Decoded> decode(std::string_view text, Escape const& escape) {
    if (!text.starts_with(escape.beginning)) return std::nullopt;
    auto const* const first = text.data() + escape.beginning.size();
    auto const* const last = first + std::min(escape.digits, text.size() - escape.beginning.size());
    unsigned value = 0;
    auto const [end, failure] = std::from_chars(first, last, value, escape.base);
    if (failure != std::errc() || value >= beyond_octets) return std::nullopt;
    auto size = static_cast<std::size_t>(end - text.data());
    if (escape.beginning.front() == '&' && size < text.size() && text[size] == ';') ++size;
    return Decoded{static_cast<char>(value), size};
}

/// With one level of encoding undone.
std::string decoded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        Decoded next{text.front(), 1};
        for (auto const& escape : escapes) {
            if (auto const found = decode(text, escape)) {
                next = *found;
                break;
            }
        }
        result += next.character;
        text.remove_prefix(next.size);
    }
    return result;
}

}  // namespace

std::string plain_letters(std::string_view text) {
    constexpr int levels = 3;
    constexpr std::size_t longest_gap = 4;
    std::string plain(text);
    for (int level = 0; level < levels; ++level) plain = decoded(plain);
    std::string result;
    std::size_t gap = 0;
    for (char const c : plain) {
        bool const is_capital = c >= 'A' && c <= 'Z';
        bool const is_small = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (!is_capital && !is_small && !(c >= '0' && c <= '9')) {
            ++gap;
            continue;
        }
        if (gap > longest_gap) result += '|';
        gap = 0;
        result += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

}  // namespace otp::testing
