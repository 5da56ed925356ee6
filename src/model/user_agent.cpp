#include "model/user_agent.hpp"

#include "model/ascii.hpp"
#include "model/utf8.hpp"

namespace otp::model {

namespace {

/// C0 and C1.
bool is_control(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

/// The next character, taken from `text`.
char32_t take_character(std::string_view& text, bool as_utf8) noexcept {
    auto const latin_1 = static_cast<char32_t>(static_cast<unsigned char>(text.front()));
    auto const character = as_utf8 ? first_code_point(text) : CodePoint{latin_1, 1, true};
    text.remove_prefix(character.size);
    return character.value;
}

}  // namespace

std::optional<std::string> clean_user_agent(std::string_view text, std::size_t most_bytes) {
    bool const as_utf8 = is_utf8(text);
    text = trim(text);
    std::string cleaned;
    while (!text.empty()) {
        auto c = take_character(text, as_utf8);
        if (c < 0x80 && is_white_space(static_cast<char>(c))) c = U' ';
        if (is_control(c)) continue;
        auto const size = cleaned.size();
        append_utf8(cleaned, c);
        if (cleaned.size() > most_bytes) {
            cleaned.resize(size);
            break;
        }
    }
    // The cut may have left a blank at the end, and dropped characters one at the beginning.
    auto const result = trim(cleaned);
    if (result.empty()) return std::nullopt;
    return std::string(result);
}

}  // namespace otp::model
