#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otp::model {

/// One character of a UTF-8 text (RFC 3629).
struct CodePoint {
    char32_t value;
    /// Its bytes; 1 for a byte that begins no character.
    std::size_t size;
    bool valid;
};

/// The character at the beginning of `text`, which is not empty. Over-long forms, surrogates and
/// what is beyond U+10FFFF are not valid.
[[nodiscard]] CodePoint first_code_point(std::string_view text) noexcept;

/// Whether all of `text` is UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Whether the byte goes on with a character that an earlier one begins.
[[nodiscard]] constexpr bool continues_character(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

/// How many characters `text` has, which is UTF-8. Of other texts it counts the bytes that do not
/// look as if they went on with a character.
[[nodiscard]] std::size_t count_characters(std::string_view text) noexcept;

/// Adds `c`, which is a Unicode scalar value, to `text`.
void append_utf8(std::string& text, char32_t c);

/// Whether a terminal, a log or a page shows it as a character, and only as that: no controls, line
/// separators, or marks that change the direction of the text around them.
[[nodiscard]] bool is_displayable(char32_t c) noexcept;

/// The longest beginning of `text` of at most `limit` octets that splits no character.
[[nodiscard]] std::string_view cut_between_characters(
    std::string_view text, std::size_t limit
) noexcept;

}  // namespace otp::model
