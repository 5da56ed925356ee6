#pragma once

namespace otp::model {

/// The ASCII character of which `c` is another shape: raised, lowered, circled, in parentheses,
/// with a full stop or comma, full-width, small, or of a mathematical alphabet. `⁴`, `④`, `❹` and
/// `⒋` are 4, `ⓐ` and `𝐚` are a, `﹫` is an `@`; capitals stay capitals. 0 for ASCII itself and for
/// any other character.
[[nodiscard]] char32_t ascii_of_shape(char32_t c) noexcept;

}  // namespace otp::model
