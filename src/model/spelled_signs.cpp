#include "model/spelled_signs.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace otp::model {

namespace {

using Characters = std::span<FoldedCharacter const>;

/// A sign that is spelled out; `size` counts the characters of its word, 0: there is none.
struct Sign {
    char32_t value{0};
    std::size_t size{0};
};

bool is_of_word(char32_t c) noexcept {
    return is_alphanumeric(c) || c >= 0x80;
}

bool is_blank(char32_t c) noexcept {
    return c == U' ' || c == folded_control;
}

/// What closes a bracket; 0 if `c` opens none.
char32_t closing_of(char32_t c) noexcept {
    constexpr std::u32string_view opening = U"([{<";
    constexpr std::u32string_view closing = U")]}>";
    auto const place = opening.find(c);
    return place == std::u32string_view::npos ? 0 : closing[place];
}

Sign sign_at(Characters text) noexcept {
    struct Word {
        std::u32string_view spelling;
        char32_t sign;
    };
    static constexpr std::array words{Word{U"at", U'@'}, Word{U"dot", U'.'}};
    for (auto const& [spelling, sign] : words) {
        auto const size = spelling.size();
        if (text.size() < size || (text.size() > size && is_of_word(text[size].value))) continue;
        bool const is_spelled = std::equal(
            spelling.begin(),
            spelling.end(),
            text.begin(),
            [](char32_t c, FoldedCharacter const& character) { return c == character.value; }
        );
        if (is_spelled) return {sign, size};
    }
    return {};
}

/// Its first character that is no white space.
std::size_t skip_white_space(Characters text, std::size_t at) noexcept {
    while (at < text.size() && is_blank(text[at].value)) ++at;
    return at;
}

/// The sign in brackets at the beginning, with both of them.
Sign bracketed_sign_at(Characters text) noexcept {
    auto const closing = closing_of(text.front().value);
    if (closing == 0) return {};
    auto const word = skip_white_space(text, 1);
    auto const sign = sign_at(text.subspan(word));
    if (sign.size == 0) return {};
    auto const end = skip_white_space(text, word + sign.size);
    if (end == text.size() || text[end].value != closing) return {};
    return {sign.value, end + 1};
}

}  // namespace

FoldedText with_signs(FoldedText const& text, SpelledSigns which) {
    FoldedText signs;
    Characters const all(text);
    bool found = false;
    for (std::size_t at = 0; at < all.size();) {
        auto sign = bracketed_sign_at(all.subspan(at));
        bool const begins_word = at == 0 || !is_of_word(all[at - 1].value);
        if (sign.size == 0 && which == SpelledSigns::as_words && begins_word) {
            sign = sign_at(all.subspan(at));
        }
        if (sign.size == 0) {
            signs.push_back(all[at++]);
            continue;
        }
        found = true;
        while (!signs.empty() && is_blank(signs.back().value)) signs.pop_back();
        signs.push_back({sign.value, all[at].begin, all[at + sign.size - 1].end});
        at = skip_white_space(all, at + sign.size);
    }
    if (!found) signs.clear();
    return signs;
}

}  // namespace otp::model
