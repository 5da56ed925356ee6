#include "model/folded_text.hpp"

#include "model/ascii.hpp"
#include "model/unicode_classes.hpp"
#include "model/unicode_digits.hpp"
#include "model/unicode_shapes.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace otp::model {

namespace {

/// An encoded `%` or `&` may begin another encoding; deeper nesting than this is nobody's spelling.
constexpr int max_nesting = 3;

/// Where octets that are no UTF-8 are put: beyond Unicode, so that they equal no character.
constexpr char32_t no_character = 0x110000;

using Characters = std::span<FoldedCharacter const>;

/// A decoded character; `size` counts the characters of its spelling, 0: there is none here.
struct Decoded {
    char32_t value{0};
    std::size_t size{0};
};

/// Controls, and the format characters of annotations, which Unicode does not call ignorable.
bool is_control(char32_t c) noexcept {
    return c <= 0x1F || (c >= 0x7F && c <= 0x9F) || (c >= 0xFFF9 && c <= 0xFFFB);
}

bool is_white_space_control(char32_t c) noexcept {
    return (c >= U'\t' && c <= U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_blank(char32_t c) noexcept {
    return c == U' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

/// The character as it is compared; nothing if it is dropped.
std::optional<char32_t> folded(char32_t c) noexcept {
    if (c >= U' ' && c <= U'~') return to_lower(c);
    if (is_white_space_control(c)) return folded_control;
    if (is_blank(c)) return U' ';
    if (is_control(c) || is_invisible(c) || is_combining_mark(c)) return std::nullopt;
    if (auto const digit = decimal_digit(c); digit >= 0) return U'0' + static_cast<char32_t>(digit);
    if (auto const ascii = ascii_of_shape(c); ascii != 0) return to_lower(ascii);
    return c;
}

/// The number that the first `digits` characters write in base 16; nothing if they do not.
std::optional<char32_t> hexadecimal(Characters text, std::size_t digits) noexcept {
    if (text.size() < digits) return std::nullopt;
    char32_t value = 0;
    for (auto const& character : text.first(digits)) {
        auto const digit = hexadecimal_value(character.value);
        if (digit < 0) return std::nullopt;
        value = value << 4U | static_cast<char32_t>(digit);
    }
    return value;
}

/// The number at the beginning, with any zeros before it and then up to 8 digits; nothing if there
/// is no digit.
Decoded number(Characters text, char32_t base) noexcept {
    constexpr std::size_t longest = 8;
    std::size_t at = 0;
    while (at < text.size() && text[at].value == U'0') ++at;
    char32_t value = 0;
    for (auto const end = std::min(text.size(), at + longest); at < end; ++at) {
        auto const digit = hexadecimal_value(text[at].value);
        if (digit < 0 || static_cast<char32_t>(digit) >= base) break;
        value = value * base + static_cast<char32_t>(digit);
    }
    return {value, at};
}

/// `%40` or `=40`, and the several octets of a character beyond ASCII.
Decoded encoded_octets(Characters text, char32_t sign) {
    constexpr std::size_t longest = 4;
    constexpr std::size_t spelling = 3;
    std::array<char, longest> octets{};
    std::size_t count = 0;
    while (count < longest && text.size() >= (count + 1) * spelling &&
           text[count * spelling].value == sign) {
        auto const octet = hexadecimal(text.subspan(count * spelling + 1), 2);
        if (!octet) break;
        octets.at(count++) = static_cast<char>(*octet);
    }
    if (count == 0) return {};
    auto const [value, size, valid] = first_code_point({octets.data(), count});
    if (!valid) return {no_character + static_cast<unsigned char>(octets[0]), spelling};
    return {value, size * spelling};
}

/// `\u0040`, or `%u0040` as JavaScript's `escape` has it, and a pair of surrogates.
Decoded utf16_escape(Characters text) noexcept {
    auto const unit_at = [text](std::size_t at) -> std::optional<char32_t> {
        if (text.size() < at + 6 || text[at].value != text[0].value || text[at + 1].value != U'u') {
            return std::nullopt;
        }
        return hexadecimal(text.subspan(at + 2), 4);
    };
    auto const first = unit_at(0);
    if (!first) return {};
    if (*first < 0xD800 || *first > 0xDBFF) return {*first, 6};
    auto const second = unit_at(6);
    if (!second || *second < 0xDC00 || *second > 0xDFFF) return {*first, 6};
    return {0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00), 12};
}

/// `\u{40}` and `\x{40}`.
Decoded braced_escape(Characters text) noexcept {
    if (text.size() < 3 || text[2].value != U'{') return {};
    auto const [value, digits] = number(text.subspan(3), 16);
    auto const end = 3 + digits;
    if (digits == 0 || end >= text.size() || text[end].value != U'}') return {};
    return {value, end + 1};
}

/// `\U00000040`. Capitals are small here, so that it looks like `\u0000` before four digits: it is
/// taken for a character only if that one is compared as ASCII, or not at all.
Decoded utf32_escape(Characters text) noexcept {
    if (text.size() < 10) return {};
    auto const value = hexadecimal(text.subspan(2), 8);
    if (!value || *value > 0x10FFFF || folded(*value).value_or(0) >= 0x80) return {};
    return {*value, 10};
}

/// The control characters that JSON and C have a letter for.
Decoded control_escape(Characters text) noexcept {
    switch (text[1].value) {
        case U'b':
            return {U'\b', 2};
        case U'f':
            return {U'\f', 2};
        case U'n':
            return {U'\n', 2};
        case U'r':
            return {U'\r', 2};
        case U't':
            return {U'\t', 2};
        default:
            return {};
    }
}

/// Whether `\` before it means itself, as in `\@` or JSON's `\/`.
bool is_escaped_by_itself(char32_t c) noexcept {
    return c > U' ' && c < 0x7F && c != U'\\' && !is_digit(c) && !is_small_letter(c);
}

/// `\100`, as C and shells write octets. With a digit behind it, it is more often a number.
Decoded octal_escape(Characters text) noexcept {
    constexpr std::size_t size = 4;
    if (text.size() < size) return {};
    if (text.size() > size && is_digit(text[size].value)) return {};
    char32_t value = 0;
    for (auto const& character : text.subspan(1, size - 1)) {
        auto const digit = hexadecimal_value(character.value);
        if (digit < 0 || digit > 7) return {};
        value = value << 3U | static_cast<char32_t>(digit);
    }
    return value < 0x80 ? Decoded{value, size} : Decoded{};
}

/// An escape that begins with one backslash.
Decoded escape(Characters text) noexcept {
    if (text.size() < 2) return {};
    auto const kind = text[1].value;
    if (is_escaped_by_itself(kind)) return {kind, 2};
    if (kind == U'x' || kind == U'u') {
        if (auto const braced = braced_escape(text); braced.size != 0) return braced;
    }
    if (kind == U'x') {
        auto const value = hexadecimal(text.subspan(2), 2);
        return value ? Decoded{*value, 4} : Decoded{};
    }
    if (kind == U'u') {
        auto const long_one = utf32_escape(text);
        return long_one.size != 0 ? long_one : utf16_escape(text);
    }
    auto const octal = octal_escape(text);
    return octal.size != 0 ? octal : control_escape(text);
}

/// An escape behind any number of backslashes, as each program that passes a text on doubles them;
/// where there is none, many backslashes are one.
Decoded escaped(Characters text) noexcept {
    auto const* const end = text.data() + text.size();
    auto const* const behind = std::find_if(text.data(), end, [](auto const& character) {
        return character.value != U'\\';
    });
    auto const before = static_cast<std::size_t>(behind - text.data()) - 1;
    auto const [value, size] = escape(text.subspan(before));
    if (size != 0) return {value, before + size};
    return before > 0 ? Decoded{U'\\', before + 1} : Decoded{};
}

/// `&#64;` and `&#x40;`; the semicolon may be missing, as browsers take it.
Decoded numeric_reference(Characters text) noexcept {
    if (text.size() < 3 || text[1].value != U'#') return {};
    bool const is_hexadecimal = text[2].value == U'x';
    std::size_t const first = is_hexadecimal ? 3 : 2;
    auto const [value, digits] = number(text.subspan(first), is_hexadecimal ? 16 : 10);
    if (digits == 0) return {};
    auto const end = first + digits;
    return {value, end < text.size() && text[end].value == U';' ? end + 1 : end};
}

/// `&commat;` and others: https://html.spec.whatwg.org/multipage/named-characters.html, those of
/// what stands in addresses, numbers and URLs, and of blanks, dashes and invisible characters.
Decoded named_reference(Characters text) noexcept {
    struct Name {
        std::u32string_view spelling;
        char32_t value;
    };
    static constexpr std::array names{
        Name{U"&amp;", U'&'},
        Name{U"&commat;", U'@'},
        Name{U"&plus;", U'+'},
        Name{U"&period;", U'.'},
        Name{U"&lowbar;", U'_'},
        Name{U"&hyphen;", U'-'},
        Name{U"&dash;", U'-'},
        Name{U"&percnt;", U'%'},
        Name{U"&num;", U'#'},
        Name{U"&comma;", U','},
        Name{U"&colon;", U':'},
        Name{U"&semi;", U';'},
        Name{U"&sol;", U'/'},
        Name{U"&bsol;", U'\\'},
        Name{U"&lpar;", U'('},
        Name{U"&rpar;", U')'},
        Name{U"&nbsp;", U' '},
        Name{U"&tab;", U'\t'},
        Name{U"&newline;", U'\n'},
        Name{U"&shy;", 0xAD},
        Name{U"&zwnj;", 0x200C},
        Name{U"&zwj;", 0x200D},
        Name{U"&lrm;", 0x200E},
        Name{U"&rlm;", 0x200F},
        Name{U"&lt;", U'<'},
        Name{U"&gt;", U'>'},
        Name{U"&quot;", U'"'},
        Name{U"&apos;", U'\''},
        Name{U"&equals;", U'='},
        Name{U"&ast;", U'*'},
        Name{U"&verbar;", U'|'},
        Name{U"&sup1;", U'1'},
        Name{U"&sup2;", U'2'},
        Name{U"&sup3;", U'3'},
        Name{U"&ensp;", U' '},
        Name{U"&emsp;", U' '},
        Name{U"&emsp13;", U' '},
        Name{U"&emsp14;", U' '},
        Name{U"&numsp;", U' '},
        Name{U"&puncsp;", U' '},
        Name{U"&thinsp;", U' '},
        Name{U"&hairsp;", U' '},
        Name{U"&ndash;", 0x2013},
        Name{U"&mdash;", 0x2014},
        Name{U"&horbar;", 0x2015},
        Name{U"&minus;", 0x2212},
        Name{U"&middot;", 0xB7},
        Name{U"&bull;", 0x2022},
        Name{U"&nobreak;", 0x2060},
        Name{U"&zerowidthspace;", 0x200B},
        Name{U"&nonbreakingspace;", U' '},
        Name{U"&thinspace;", U' '},
    };
    auto const begins = [&](Name const& name) {
        return text.size() >= name.spelling.size() &&
               std::equal(
                   name.spelling.begin(),
                   name.spelling.end(),
                   text.begin(),
                   [](char32_t c, FoldedCharacter const& character) { return c == character.value; }
               );
    };
    auto const* const found = std::find_if(names.begin(), names.end(), begins);
    return found == names.end() ? Decoded{} : Decoded{found->value, found->spelling.size()};
}

enum class QuotedPrintable { is_left, is_decoded };

Decoded decode_first(Characters text, QuotedPrintable quoted_printable) {
    switch (text.front().value) {
        case U'%': {
            auto const octets = encoded_octets(text, U'%');
            return octets.size != 0 ? octets : utf16_escape(text);
        }
        case U'=':
            if (quoted_printable == QuotedPrintable::is_left) return {};
            return encoded_octets(text, U'=');
        case U'\\':
            return escaped(text);
        case U'&': {
            auto const numeric = numeric_reference(text);
            return numeric.size != 0 ? numeric : named_reference(text);
        }
        default:
            return {};
    }
}

/// What one round of decoding found.
struct Round {
    bool changed{false};
    bool has_quoted_printable{false};
};

/// Decodes each spelling once.
Round decode(FoldedText& text, QuotedPrintable quoted_printable = QuotedPrintable::is_left) {
    Round round;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const decoded = decode_first(Characters(text).subspan(at), quoted_printable);
        if (decoded.size == 0) {
            text[kept++] = text[at++];
            continue;
        }
        round.changed = true;
        round.has_quoted_printable = round.has_quoted_printable || text[at].value == U'=';
        auto const begin = text[at].begin;
        auto const end = text[at + decoded.size - 1].end;
        at += decoded.size;
        if (auto const value = folded(decoded.value)) text[kept++] = {*value, begin, end};
    }
    text.resize(kept);
    return round;
}

/// Nothing is decoded.
FoldedText as_written(std::string_view text) {
    FoldedText result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const [value, size, valid] = first_code_point(text.substr(at));
        std::optional<char32_t> character = folded(value);
        if (!valid) character = no_character + static_cast<unsigned char>(text[at]);
        if (character) {
            result.push_back(
                {*character, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)}
            );
        }
        at += size;
    }
    return result;
}

}  // namespace

FoldedText fold(std::string_view text) {
    auto result = as_written(text);
    for (int round = 0; round < max_nesting && decode(result).changed; ++round) {
    }
    return result;
}

std::vector<FoldedText> fold_in_rounds(std::string_view text) {
    std::vector<FoldedText> rounds{as_written(text)};
    for (int round = 0; round < max_nesting; ++round) {
        auto decoded = rounds.back();
        if (!decode(decoded).changed) break;
        rounds.push_back(std::move(decoded));
    }
    return rounds;
}

std::vector<FoldedText> fold_quoted_printable_in_rounds(std::string_view text) {
    std::vector<FoldedText> rounds;
    bool has_quoted_printable = false;
    auto decoded = as_written(text);
    for (int count = 0; count < max_nesting; ++count) {
        auto const round = decode(decoded, QuotedPrintable::is_decoded);
        if (!round.changed) break;
        has_quoted_printable = has_quoted_printable || round.has_quoted_printable;
        rounds.push_back(decoded);
    }
    return has_quoted_printable ? std::move(rounds) : std::vector<FoldedText>();
}

}  // namespace otp::model
