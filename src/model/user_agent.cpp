#include "model/user_agent.hpp"

#include "model/ascii.hpp"
#include "model/typed_text.hpp"
#include "model/unicode_classes.hpp"
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
    std::string cleaned;
    while (!text.empty()) {
        auto c = take_character(text, as_utf8);
        if (is_white_space(c)) c = U' ';
        // What is not seen at the beginning must not use up the room of what is.
        bool const nothing = cleaned.empty() && (is_unicode_white_space(c) || is_invisible(c));
        if (nothing || is_control(c)) continue;
        auto const size = cleaned.size();
        append_utf8(cleaned, c);
        if (cleaned.size() > most_bytes) {
            cleaned.resize(size);
            break;
        }
    }
    // The cut may have left a blank at the end.
    auto result = typed_text(cleaned, [](char32_t) noexcept { return '\0'; });
    if (result.empty()) return std::nullopt;
    return result;
}

}  // namespace otp::model
