#pragma once

namespace otp::model {

/// Unicode's property White_Space: blanks of every width, tabs, line breaks.
[[nodiscard]] bool is_unicode_white_space(char32_t c) noexcept;

/// Unicode's property Dash: hyphens, dashes and minus signs.
[[nodiscard]] bool is_dash(char32_t c) noexcept;

/// Unicode's property Default_Ignorable_Code_Point, which is never drawn: zero-width characters,
/// marks of direction, byte order mark, soft hyphen, variation selectors.
[[nodiscard]] bool is_invisible(char32_t c) noexcept;

/// Unicode's general categories Mn and Me: what is drawn over, under or around the character before
/// it and takes no place of its own, as an underline or the frame of a key.
[[nodiscard]] bool is_combining_mark(char32_t c) noexcept;

/// Unicode's general categories Ps and Pe: opening and closing brackets of every kind.
[[nodiscard]] bool is_bracket(char32_t c) noexcept;

/// Unicode's property Quotation_Mark, which has the apostrophe, too.
[[nodiscard]] bool is_quotation_mark(char32_t c) noexcept;

/// Unicode's property Terminal_Punctuation: full stops, commas, colons and the like of every
/// script.
[[nodiscard]] bool is_terminal_punctuation(char32_t c) noexcept;

}  // namespace otp::model
