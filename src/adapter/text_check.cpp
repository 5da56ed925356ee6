#include "model/printable_ascii.hpp"

#include <otp/adapter/text_check.hpp>

#include <algorithm>
#include <charconv>

namespace otp::adapter {
namespace {

char lower(char character) noexcept {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

bool is_digit(char character) noexcept {
    return character >= '0' && character <= '9';
}

/// Length of the well-formed UTF-8 sequence at the start of `text`; 0 if there is none (RFC 3629
/// 4).
std::size_t sequence_length(std::string_view text) noexcept {
    auto const byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    auto const continues = [&](std::size_t index, unsigned low = 0x80, unsigned high = 0xBF) {
        return index < text.size() && byte(index) >= low && byte(index) <= high;
    };
    unsigned const first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        // No overlong forms, no surrogates.
        unsigned const low = first == 0xE0 ? 0xA0 : 0x80;
        unsigned const high = first == 0xED ? 0x9F : 0xBF;
        return continues(1, low, high) && continues(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        // No overlong forms, nothing above U+10FFFF.
        unsigned const low = first == 0xF0 ? 0x90 : 0x80;
        unsigned const high = first == 0xF4 ? 0x8F : 0xBF;
        return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool has_control_character(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), [](char character) {
        auto const code = static_cast<unsigned char>(character);
        return code < 0x20 || code == 0x7F;
    });
}

bool is_plain_identifier(std::string_view text, std::size_t max_length) noexcept {
    if (text.empty() || text.size() > max_length) return false;
    return std::all_of(text.begin(), text.end(), [](char character) {
        char const small = lower(character);
        return (small >= 'a' && small <= 'z') || is_digit(character) || character == '_' ||
               character == '-';
    });
}

bool is_digits(std::string_view text, std::size_t length) noexcept {
    return text.size() == length && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_visible_ascii(std::string_view text) noexcept {
    return !text.empty() && model::is_printable_ascii(text, 0x21);
}

bool is_vendor_id(std::string_view text) noexcept {
    constexpr std::size_t longest_id = 255;
    return text.size() <= longest_id && is_visible_ascii(text);
}

bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
        return lower(a) == lower(b);
    });
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        std::size_t const length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t utf8_length(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char character) {
        return (static_cast<unsigned char>(character) & 0xC0) != 0x80;
    }));
}

std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
    std::string_view digits = text;
    if (!digits.empty() && digits.front() == '-') digits.remove_prefix(1);
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
    std::int64_t value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<bool> parse_bool(std::string_view text) noexcept {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

bool equal_loosely(std::string_view left, std::string_view right) noexcept {
    auto const without_end = [](std::string_view text) {
        while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
        return text;
    };
    left = without_end(left);
    right = without_end(right);
    std::size_t here = 0;
    std::size_t there = 0;
    while (true) {
        while (here < left.size() && left[here] == ' ') ++here;
        while (there < right.size() && right[there] == ' ') ++there;
        if (here == left.size() || there == right.size()) break;
        if (lower(left[here++]) != lower(right[there++])) return false;
    }
    return here == left.size() && there == right.size();
}

bool contains_word(std::string_view text, std::string_view part) noexcept {
    auto const same = [](char left, char right) { return lower(left) == lower(right); };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

std::string bearer_authorization(std::string_view token) {
    constexpr std::string_view scheme = "Bearer ";
    std::string value;
    value.reserve(scheme.size() + token.size());
    value.append(scheme).append(token);
    return value;
}

}  // namespace otp::adapter
