#pragma once

#include <string>
#include <string_view>

namespace otp::model {

/// The ASCII character that is meant by `c`; 0 if it is none.
using AsciiOf = char (*)(char32_t c) noexcept;

/// `text` as the person means it who typed or pasted it: without the white space and the invisible
/// characters of Unicode at both ends, and with ASCII for each character of which `ascii_of` knows
/// one. What is no UTF-8 stays.
[[nodiscard]] std::string typed_text(std::string_view text, AsciiOf ascii_of);

/// `text` without the invisible characters of Unicode, and without its white space at both ends.
/// What is no UTF-8 stays.
[[nodiscard]] std::string visible_text(std::string_view text);

/// Of a full-width form (U+FF01 to U+FF5E): `＠` is `@`; 0 for any other character.
[[nodiscard]] char ascii_of_full_width(char32_t c) noexcept;

}  // namespace otp::model
