#include "config/masked_line.hpp"

#include "config/config_keys.hpp"
#include "config/foreign_word.hpp"
#include "config/text_place.hpp"
#include "model/utf8.hpp"

#include <algorithm>

namespace otp::config {

namespace {

constexpr std::string_view ellipsis = "…";
/// In octets. Enough to find the place in the line.
constexpr std::size_t most_before = 60;
constexpr std::size_t most_behind = 20;
constexpr std::size_t most_of_name = 40;

bool is_key(std::string_view word) {
    return std::any_of(key_tables.begin(), key_tables.end(), [word](KeyTable const& table) {
        return std::find(table.keys.begin(), table.keys.end(), word) != table.keys.end();
    });
}

bool is_harmless(std::string_view word) {
    return word == "true" || word == "false" || word == "null" || is_foreign_literal(word) ||
           is_key(word);
}

/// One character that is no part of a word: a sign of another language, or what cannot be seen.
std::string shown_sign(std::string_view sign) {
    auto const character = model::first_code_point(sign);
    bool const is_ascii_sign = character.valid && character.value > 0x20 && character.value < 0x7f;
    return std::string(is_ascii_sign ? sign : "?");
}

/// In its quotes, cut, and without what cannot be seen.
std::string shown_name(std::string_view name) {
    auto rest = model::cut_between_characters(name, most_of_name);
    std::string text = "\"";
    while (!rest.empty()) {
        auto const character = model::first_code_point(rest);
        bool const is_visible = character.valid && model::is_displayable(character.value);
        text += is_visible ? rest.substr(0, character.size) : "?";
        rest.remove_prefix(character.size);
    }
    if (name.size() > most_of_name) text += ellipsis;
    return text += '"';
}

std::string shown(Token const& token, std::string_view text, bool is_name) {
    auto const own = token.in(text);
    switch (token.kind) {
        case TokenKind::punctuation:
            return std::string(own);
        case TokenKind::string:
            return is_name ? shown_name(own.substr(1, own.size() - 2)) : "\"…\"";
        case TokenKind::word:
            return std::string(is_harmless(own) ? own : ellipsis);
        case TokenKind::quoted: {
            auto const quote = own.substr(0, model::first_code_point(own).size);
            return std::string(quote).append(ellipsis);
        }
        case TokenKind::other:
            return shown_sign(own);
        case TokenKind::broken:
            return own.starts_with('"') ? "\"…" : "/*…";
        case TokenKind::end:
            break;
    }
    return {};
}

/// The end of a text, or its beginning, with an ellipsis where it is cut.
std::string last_part(std::string const& text) {
    if (text.size() <= most_before) return text;
    auto begin = text.size() - most_before;
    while (model::continues_character(text[begin])) ++begin;
    return std::string(ellipsis) + text.substr(begin);
}
std::string first_part(std::string const& text) {
    if (text.size() <= most_behind) return text;
    return std::string(model::cut_between_characters(text, most_behind)).append(ellipsis);
}

}  // namespace

std::string masked_line(std::string_view text, std::size_t mistake, std::span<Token const> names) {
    auto const begin = line_begin(text, mistake);
    auto const end = line_end(text, mistake);
    auto const is_name = [&](Token const& token) {
        auto const found = std::lower_bound(
            names.begin(),
            names.end(),
            token.begin,
            [](Token const& name, std::size_t place) { return name.begin < place; }
        );
        return found != names.end() && found->begin == token.begin && token.begin < mistake;
    };
    std::string before;
    std::string behind;
    auto last = begin;
    for (auto token = next_token(text, begin);
         token.kind != TokenKind::end && token.begin < end && behind.size() <= most_behind;
         token = next_token(text, token.end)) {
        auto& part = token.end <= mistake ? before : behind;
        bool const is_first = before.empty() && behind.empty();
        // The caret stands right before the mistake, behind the blank.
        if (token.begin > last && !is_first) (behind.empty() ? before : behind) += ' ';
        part += shown(token, text, is_name(token));
        last = token.end;
    }
    if (before.empty() && behind.empty()) return {};
    return last_part(before) + '^' + first_part(behind);
}

}  // namespace otp::config
