#include "config/text_format.hpp"

#include "config/text_place.hpp"

namespace otp::config {

namespace {

using namespace std::string_view_literals;

/// Whether the line in which a token stands opens with it.
bool begins_line(std::string_view text, Token const& token) {
    auto const begin = line_begin(text, token.begin);
    return text.substr(begin, token.begin - begin).find_first_not_of(" \t") == text.npos;
}

}  // namespace

std::string_view foreign_encoding(std::string_view text) noexcept {
    if (text.starts_with("\xff\xfe\0\0"sv) || text.starts_with("\0\0\xfe\xff"sv)) return "UTF-32";
    if (text.starts_with("\xff\xfe"sv) || text.starts_with("\xfe\xff"sv)) return "UTF-16";
    // Without a mark: every other byte of ASCII is 0.
    bool const is_even = text.size() >= 2 && text[0] != '\0' && text[1] == '\0';
    bool const is_odd = text.size() >= 2 && text[0] == '\0' && text[1] != '\0';
    if (is_even || is_odd) return "UTF-16";
    return text.find('\0') == text.npos ? "" : "compressed or binary data";
}

std::string_view foreign_format(std::string_view text, Token const& first) {
    auto const word = first.in(text);
    if (word.starts_with('<')) return word.starts_with("<<<<<<<") ? "" : "XML";
    if (word.starts_with("---") || word == "-" || word.starts_with("%YAML")) return "YAML";
    if (first.kind != TokenKind::word) return "";
    if (word.starts_with('#')) {
        // A comment of such a format; of JSON that was written with them, the comment is wrong.
        return foreign_format(text, next_token(text, line_end(text, first.begin)));
    }
    auto const next = next_token(text, first.end);
    if (first.begin > 0 && text[first.begin - 1] == '[') {
        bool const is_section =
            next.in(text) == "]" && begins_line(text, {first.kind, first.begin - 1, first.begin});
        return is_section ? "TOML or INI" : "";
    }
    if (next.in(text) == "=") return "TOML or INI";
    return next.in(text) == ":" ? "YAML" : "";
}

}  // namespace otp::config
