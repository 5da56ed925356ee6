#include "redaction/spellings.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <functional>
#include <system_error>
#include <utility>

namespace otp::conformance {
namespace {

constexpr std::size_t longest_gap = 4;

bool is_alphanumeric(char c) noexcept {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string hexadecimal(char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    auto const octet = static_cast<unsigned char>(c);
    return {digits[octet / 16], digits[octet % 16]};
}

/// Each character as `spell` writes it.
std::string each(std::string_view text, std::function<std::string(char)> const& spell) {
    std::string result;
    for (char const c : text) result += spell(c);
    return result;
}

/// U+FF01 to U+FF5E, for the visible characters of ASCII.
std::string full_width(char c) {
    if (c < '!' || c > '~') return {c};
    auto const place = static_cast<unsigned>(c - '!');
    auto const last = place + 0x81;
    if (last <= 0xBF) return {'\xEF', '\xBC', static_cast<char>(last)};
    return {'\xEF', '\xBD', static_cast<char>(last - 0x40)};
}

/// U+0660 to U+0669.
std::string arabic_indic(char c) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return {c};
    return {'\xD9', static_cast<char>(0xA0 + (c - '0'))};
}

std::string joined(std::string_view text, std::string_view separator) {
    std::string result;
    for (char const c : text) {
        if (!result.empty()) result += separator;
        result += c;
    }
    return result;
}

/// A character written as a number, and how many octets that took; 0: it is none.
struct Reference {
    char character;
    std::size_t size;
};

/// `prefix`, 1 to `most_digits` digits of that base, and perhaps a semicolon. Only what is ASCII:
/// that is all that the texts under test have.
Reference reference_at(
    std::string_view text,
    std::string_view prefix,
    int base,
    std::size_t most_digits,
    bool semicolon
) {
    if (text.substr(0, prefix.size()) != prefix) return {0, 0};
    auto const* const first = text.data() + prefix.size();
    auto const* const last = first + std::min(most_digits, text.size() - prefix.size());
    unsigned value = 0;
    auto const [end, failure] = std::from_chars(first, last, value, base);
    if (failure != std::errc() || value >= 0x80) return {0, 0};
    auto size = static_cast<std::size_t>(end - text.data());
    if (semicolon && size < text.size() && text[size] == ';') ++size;
    return {static_cast<char>(value), size};
}

/// One level of encoding.
std::string decoded(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        Reference reference{text.front(), 1};
        for (auto const& found :
             {reference_at(text, "%", 16, 2, false),
              reference_at(text, "\\u00", 16, 2, false),
              reference_at(text, "&#x", 16, 6, true),
              reference_at(text, "&#", 10, 7, true)}) {
            if (found.size != 0) reference = found;
        }
        result += reference.character;
        text.remove_prefix(reference.size);
    }
    return result;
}

/// Full-width forms and Arabic-Indic digits as ASCII, invisible characters left out.
std::string narrowed(std::string const& text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const octet = [&](std::size_t offset) {
            return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
        };
        bool const zero_width =
            octet(0) == 0xE2 && octet(1) == 0x80 && octet(2) >= 0x8B && octet(2) <= 0x8F;
        if (octet(0) == 0xD9 && octet(1) >= 0xA0 && octet(1) <= 0xA9) {
            result += static_cast<char>('0' + (octet(1) - 0xA0));
            at += 1;
        } else if (octet(0) == 0xEF && (octet(1) == 0xBC || octet(1) == 0xBD)) {
            auto const place = octet(2) - 0x81 + (octet(1) == 0xBD ? 0x40U : 0U);
            result += static_cast<char>('!' + place);
            at += 2;
        } else if (zero_width) {
            at += 2;
        } else if (octet(0) >= 0x20 && octet(0) != 0x7F) {
            result += text[at];
        }
    }
    return result;
}

}  // namespace

std::vector<std::string> spellings_of(std::string_view text) {
    std::vector<std::string> spellings{std::string(text)};
    auto const add = [&](std::string spelling) {
        if (std::find(spellings.begin(), spellings.end(), spelling) == spellings.end()) {
            spellings.push_back(std::move(spelling));
        }
    };
    auto const percent = [](char c) { return '%' + hexadecimal(c); };
    auto const capital = [](char c) {
        return std::string(1, static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    };
    auto const punctuation_only = [](auto spell) {
        return [spell](char c) { return is_alphanumeric(c) ? std::string(1, c) : spell(c); };
    };
    auto const reference = [](char c) { return "&#" + std::to_string(static_cast<int>(c)) + ';'; };
    add(each(text, capital));
    add(each(text, percent));
    add(each(text, punctuation_only(percent)));
    add(each(each(text, punctuation_only(percent)), [&](char c) {
        return c == '%' ? std::string("%25") : std::string(1, c);
    }));
    add(each(text, reference));
    add(each(text, punctuation_only(reference)));
    add(each(text, [](char c) { return "&#x" + hexadecimal(c) + ';'; }));
    add(each(text, [](char c) { return "\\u00" + hexadecimal(c); }));
    add(each(text, full_width));
    add(each(text, arabic_indic));
    for (std::string_view const separator :
         {" ", "-", ".", ",", "_", "/", ", ", "\xE2\x80\x8B", "\x01"}) {
        add(joined(text, separator));
    }
    if (text.substr(0, 1) == "+") {
        add(std::string(text.substr(1)));
        add("00" + std::string(text.substr(1)));
        add(std::string(text.substr(text.size() - std::min<std::size_t>(text.size(), 10))));
        add(std::string(text.substr(text.size() - std::min<std::size_t>(text.size(), 7))));
    }
    return spellings;
}

std::string unspelled(std::string_view printed) {
    constexpr int nesting = 3;
    std::string text(printed);
    for (int round = 0; round < nesting; ++round) text = decoded(narrowed(text));
    text = narrowed(text);
    std::string result;
    std::size_t gap = 0;
    for (char const c : text) {
        if (!is_alphanumeric(c)) {
            ++gap;
            continue;
        }
        if (gap > longest_gap) result += '|';
        gap = 0;
        result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}

}  // namespace otp::conformance
