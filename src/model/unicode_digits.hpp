#pragma once

#include <cstdint>

namespace otp::model {

/// 0 to 9 for a decimal digit of any script, -1 for every other character.
[[nodiscard]] int decimal_digit(char32_t c) noexcept;

}  // namespace otp::model
