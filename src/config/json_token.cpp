#include "config/json_token.hpp"

#include "config/text_place.hpp"
#include "model/ascii.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace otp::config {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view ends_of_word = " \t\r\n{}[]:,\"'`=;()";

/// Where quotes that JSON does not have begin, and where they end.
struct ForeignQuotes {
    std::string_view opening;
    std::string_view closing;
};

constexpr auto foreign_quotes = std::to_array<ForeignQuotes>(
    {{"'", "'"},
     {"`", "`"},
     {"“", "”"},
     {"”", "”"},
     {"„", "“"},
     {"‘", "’"},
     {"’", "’"},
     {"‚", "‘"},
     {"«", "»"},
     {"»", "«"}}
);

/// The four digits of `\uXXXX` whose backslash is at `offset`; nothing if it is none.
std::optional<unsigned> unicode_escape(std::string_view text, std::size_t offset) {
    auto const escape = text.substr(offset, 6);
    if (escape.size() != 6 || !escape.starts_with("\\u")) return std::nullopt;
    unsigned value = 0;
    for (char const c : escape.substr(2)) {
        auto const digit = model::hexadecimal_value(c);
        if (digit < 0) return std::nullopt;
        value = value * 16 + static_cast<unsigned>(digit);
    }
    return value;
}

bool is_leading_surrogate(unsigned value) {
    return value >= 0xd800 && value <= 0xdbff;
}
bool is_trailing_surrogate(unsigned value) {
    return value >= 0xdc00 && value <= 0xdfff;
}

/// The length of the escape at `offset`; 0 if it is none.
std::size_t escape_length(std::string_view text, std::size_t offset) {
    constexpr std::string_view short_escapes = "\"\\/bfnrt";
    auto const next = text.substr(offset + 1, 1);
    if (!next.empty() && short_escapes.find(next.front()) != std::string_view::npos) return 2;
    auto const first = unicode_escape(text, offset);
    if (!first || is_trailing_surrogate(*first)) return 0;
    if (!is_leading_surrogate(*first)) return 6;
    auto const second = unicode_escape(text, offset + 6);
    return second && is_trailing_surrogate(*second) ? 12 : 0;
}

Token broken(std::size_t begin, std::size_t end, std::size_t flaw, std::string_view reason) {
    return {TokenKind::broken, begin, end, flaw, reason};
}

bool is_line_break(std::string_view text, std::size_t at) {
    auto const rest = text.substr(std::min(at, text.size()));
    return rest.starts_with('\n') || rest.starts_with("\r\n");
}

Token read_string(std::string_view text, std::size_t begin) {
    std::optional<Token> mistake;
    auto const note = [&](std::size_t at, std::string_view reason) {
        if (!mistake) mistake = broken(begin, at, at, reason);
    };
    std::size_t at = begin + 1;
    while (at < text.size() && text[at] != '"' && !is_line_break(text, at)) {
        auto const character = model::first_code_point(text.substr(at));
        auto size = character.size;
        if (text[at] == '\\') {
            auto const length = escape_length(text, at);
            if (length == 0) {
                note(at, "a backslash here begins no escape: write \\\\ for the character itself");
            }
            // Whatever it escapes, it does not end the string.
            size = std::max<std::size_t>(length, 2);
            if (is_line_break(text, at + 1)) size = 1;
        } else if (!character.valid) {
            note(at, "a byte here is not UTF-8: save the file as UTF-8");
        } else if (text[at] == '\t') {
            note(at, "a tab stands in a text: write \\t, or a blank");
        } else if (character.value < 0x20) {
            note(at, "a control character stands in a text: write it as \\u00XX");
        }
        at += size;
    }
    at = std::min(at, text.size());
    bool const is_closed = at < text.size() && text[at] == '"';
    if (!is_closed && !mistake) {
        return broken(begin, at, begin, "the text that begins here has no closing \" in its line");
    }
    if (mistake) {
        mistake->end = is_closed ? at + 1 : at;
        return *mistake;
    }
    return {TokenKind::string, begin, at + 1};
}

/// Those that `rest` begins with; null if it begins with none.
ForeignQuotes const* find_foreign_quotes(std::string_view rest) {
    auto const* const found = std::find_if(
        foreign_quotes.begin(),
        foreign_quotes.end(),
        [rest](ForeignQuotes const& quotes) { return rest.starts_with(quotes.opening); }
    );
    return found == foreign_quotes.end() ? nullptr : found;
}

/// Ends with the closing quote, or with the line.
Token read_quoted(std::string_view text, std::size_t begin, ForeignQuotes const& quotes) {
    auto const line = text.substr(0, line_end(text, begin));
    auto const close = line.find(quotes.closing, begin + quotes.opening.size());
    auto const end = close == line.npos ? line.size() : close + quotes.closing.size();
    return {TokenKind::quoted, begin, end};
}

/// A blank that JSON does not take for one, or a character without a width.
bool is_foreign_blank(char32_t c) {
    return c == 0xa0 || c == 0xad || (c >= 0x2000 && c <= 0x200f) || c == 0x202f ||
           (c >= 0x205f && c <= 0x2064) || c == 0x3000;
}

bool is_comment_begin(std::string_view rest) {
    return rest.starts_with("//") || rest.starts_with("/*");
}

Token read_word(std::string_view text, std::size_t begin) {
    // A reference has brackets and a colon of its own.
    if (text.substr(begin).starts_with("${")) {
        auto const close = text.substr(0, line_end(text, begin)).find('}', begin);
        if (close != std::string_view::npos) return {TokenKind::word, begin, close + 1};
    }
    auto end = begin;
    while (end < text.size() && ends_of_word.find(text[end]) == std::string_view::npos &&
           !is_comment_begin(text.substr(end))) {
        auto const character = model::first_code_point(text.substr(end));
        bool const is_visible = character.valid && model::is_displayable(character.value) &&
                                !is_foreign_blank(character.value);
        if (!is_visible || find_foreign_quotes(text.substr(end)) != nullptr) break;
        end += character.size;
    }
    if (end == begin) {
        return {TokenKind::other, begin, begin + model::first_code_point(text.substr(begin)).size};
    }
    return {TokenKind::word, begin, end};
}

}  // namespace

Token next_token(std::string_view text, std::size_t offset) {
    while (true) {
        offset = std::min(text.find_first_not_of(blanks, offset), text.size());
        auto const rest = text.substr(offset);
        if (rest.starts_with("//")) {
            offset = std::min(text.find('\n', offset), text.size());
        } else if (rest.starts_with("/*")) {
            auto const close = text.find("*/", offset + 2);
            if (close == std::string_view::npos) {
                return broken(
                    offset,
                    text.size(),
                    text.size(),
                    "the text ends inside a comment: */ is missing"
                );
            }
            offset = close + 2;
        } else {
            break;
        }
    }
    if (offset == text.size()) return {TokenKind::end, offset, offset};
    if (text[offset] == '"') return read_string(text, offset);
    if (std::string_view("{}[]:,").find(text[offset]) != std::string_view::npos) {
        return {TokenKind::punctuation, offset, offset + 1};
    }
    if (auto const* const quotes = find_foreign_quotes(text.substr(offset))) {
        return read_quoted(text, offset, *quotes);
    }
    return read_word(text, offset);
}

}  // namespace otp::config
