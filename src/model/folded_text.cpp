#include "model/folded_text.hpp"

#include "model/unicode_digits.hpp"
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

bool is_invisible(char32_t c) noexcept {
    struct Range {
        char32_t first;
        char32_t last;
    };
    static constexpr std::array ranges{
        Range{0x00, 0x1F},
        Range{0x7F, 0x9F},
        Range{0xAD, 0xAD},
        Range{0x034F, 0x034F},
        Range{0x061C, 0x061C},
        Range{0x115F, 0x1160},
        Range{0x17B4, 0x17B5},
        Range{0x180B, 0x180F},
        Range{0x200B, 0x200F},
        Range{0x202A, 0x202E},
        Range{0x2060, 0x206F},
        Range{0x3164, 0x3164},
        Range{0xFE00, 0xFE0F},
        Range{0xFEFF, 0xFEFF},
        Range{0xFFA0, 0xFFA0},
        Range{0xFFF0, 0xFFFB},
        Range{0xE0000, 0xE0FFF},
    };
    return std::any_of(ranges.begin(), ranges.end(), [c](Range const& range) {
        return c >= range.first && c <= range.last;
    });
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
    if (is_white_space_control(c)) return folded_control;
    if (is_blank(c)) return U' ';
    if (is_invisible(c)) return std::nullopt;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - U'!';
    // Small forms of what addresses and numbers have.
    if (c == 0xFE6B) c = U'@';
    if (c == 0xFE62) c = U'+';
    if (c == 0xFE52) c = U'.';
    if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
    if (auto const digit = decimal_digit(c); digit >= 0) return U'0' + static_cast<char32_t>(digit);
    return c;
}

int hexadecimal_digit(char32_t c) noexcept {
    if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
    return c >= U'a' && c <= U'f' ? static_cast<int>(c - U'a') + 10 : -1;
}

/// The number that the first `digits` characters write in base 16; nothing if they do not.
std::optional<char32_t> hexadecimal(Characters text, std::size_t digits) noexcept {
    if (text.size() < digits) return std::nullopt;
    char32_t value = 0;
    for (auto const& character : text.first(digits)) {
        auto const digit = hexadecimal_digit(character.value);
        if (digit < 0) return std::nullopt;
        value = value << 4U | static_cast<char32_t>(digit);
    }
    return value;
}

/// `%40`, and the several octets of a character beyond ASCII.
Decoded percent_encoded(Characters text) {
    constexpr std::size_t longest = 4;
    constexpr std::size_t spelling = 3;
    std::array<char, longest> octets{};
    std::size_t count = 0;
    while (count < longest && text.size() >= (count + 1) * spelling &&
           text[count * spelling].value == U'%') {
        auto const octet = hexadecimal(text.subspan(count * spelling + 1), 2);
        if (!octet) break;
        octets.at(count++) = static_cast<char>(*octet);
    }
    if (count == 0) return {};
    auto const [value, size, valid] = first_code_point({octets.data(), count});
    if (!valid) return {no_character + static_cast<unsigned char>(octets[0]), spelling};
    return {value, size * spelling};
}

/// `\u0040`, a pair of surrogates, `\x40`; JSON's `\/`, too.
Decoded escaped(Characters text) noexcept {
    if (text.size() < 2 || text[0].value != U'\\') return {};
    if (text[1].value == U'/') return {U'/', 2};
    if (text[1].value == U'x') {
        auto const value = hexadecimal(text.subspan(2), 2);
        return value ? Decoded{*value, 4} : Decoded{};
    }
    if (text[1].value != U'u') return {};
    auto const first = hexadecimal(text.subspan(2), 4);
    if (!first) return {};
    bool const pair = *first >= 0xD800 && *first <= 0xDBFF && text.size() >= 12 &&
                      text[6].value == U'\\' && text[7].value == U'u';
    if (!pair) return {*first, 6};
    auto const second = hexadecimal(text.subspan(8), 4);
    if (!second || *second < 0xDC00 || *second > 0xDFFF) return {*first, 6};
    return {0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00), 12};
}

/// `&#64;` and `&#x40;`; the semicolon may be missing, as browsers take it.
Decoded numeric_reference(Characters text) noexcept {
    constexpr std::size_t longest = 8;
    if (text.size() < 3 || text[1].value != U'#') return {};
    bool const is_hexadecimal = text[2].value == U'x';
    std::size_t const first = is_hexadecimal ? 3 : 2;
    std::size_t at = first;
    char32_t value = 0;
    for (; at < text.size() && at - first < longest; ++at) {
        auto const digit = hexadecimal_digit(text[at].value);
        if (digit < 0 || (!is_hexadecimal && digit > 9)) break;
        value = value * (is_hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
    }
    if (at == first) return {};
    if (at < text.size() && text[at].value == U';') ++at;
    return {value, at};
}

/// `&commat;` and others: https://html.spec.whatwg.org/multipage/named-characters.html, those of
/// what stands in addresses, numbers and URLs.
Decoded named_reference(Characters text) noexcept {
    struct Name {
        std::u32string_view spelling;
        char32_t value;
    };
    static constexpr std::array names{
        Name{U"&amp;", U'&'},      Name{U"&commat;", U'@'}, Name{U"&plus;", U'+'},
        Name{U"&period;", U'.'},   Name{U"&lowbar;", U'_'}, Name{U"&hyphen;", U'-'},
        Name{U"&dash;", U'-'},     Name{U"&percnt;", U'%'}, Name{U"&num;", U'#'},
        Name{U"&comma;", U','},    Name{U"&colon;", U':'},  Name{U"&semi;", U';'},
        Name{U"&sol;", U'/'},      Name{U"&bsol;", U'\\'},  Name{U"&lpar;", U'('},
        Name{U"&rpar;", U')'},     Name{U"&nbsp;", U' '},   Name{U"&tab;", U'\t'},
        Name{U"&newline;", U'\n'}, Name{U"&shy;", 0xAD},    Name{U"&zwnj;", 0x200C},
        Name{U"&zwj;", 0x200D},    Name{U"&lrm;", 0x200E},  Name{U"&rlm;", 0x200F},
        Name{U"&lt;", U'<'},       Name{U"&gt;", U'>'},     Name{U"&quot;", U'"'},
        Name{U"&apos;", U'\''},
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

Decoded decode_first(Characters text) {
    switch (text.front().value) {
        case U'%':
            return percent_encoded(text);
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

/// Decodes each spelling once; whether there was any.
bool decode(FoldedText& text) {
    bool changed = false;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const decoded = decode_first(Characters(text).subspan(at));
        if (decoded.size == 0) {
            text[kept++] = text[at++];
            continue;
        }
        changed = true;
        auto const begin = text[at].begin;
        auto const end = text[at + decoded.size - 1].end;
        at += decoded.size;
        if (auto const value = folded(decoded.value)) text[kept++] = {*value, begin, end};
    }
    text.resize(kept);
    return changed;
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
    for (int round = 0; round < max_nesting && decode(result); ++round) {
    }
    return result;
}

std::vector<FoldedText> fold_in_rounds(std::string_view text) {
    std::vector<FoldedText> rounds{as_written(text)};
    for (int round = 0; round < max_nesting; ++round) {
        auto decoded = rounds.back();
        if (!decode(decoded)) break;
        rounds.push_back(std::move(decoded));
    }
    return rounds;
}

}  // namespace otp::model
