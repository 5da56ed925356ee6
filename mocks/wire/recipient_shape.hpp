#pragma once

#include <string_view>

namespace otp::mocks {

/// Decimal digits only; true for an empty text.
[[nodiscard]] bool is_digits(std::string_view text) noexcept;

/// A phone number in E.164 form: `+` and 2 to 15 digits, the first of them not 0.
[[nodiscard]] bool is_e164(std::string_view text) noexcept;

/// One `@` with something before it, a dot somewhere after it, and no space.
[[nodiscard]] bool is_email(std::string_view text) noexcept;

}  // namespace otp::mocks
