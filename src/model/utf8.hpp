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
