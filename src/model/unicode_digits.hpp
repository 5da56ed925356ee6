#pragma once

namespace otp::model {

/// The value of a decimal digit of any script (General_Category Nd): `٣` and `３` are 3; -1 for
/// any other character.
[[nodiscard]] int decimal_digit(char32_t c) noexcept;

}  // namespace otp::model
