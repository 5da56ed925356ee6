#pragma once

#include <span>
#include <string_view>

namespace otp::stytch {

/// Stytch's own spellings, which it compares letter by letter
/// (https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send).
[[nodiscard]] std::span<std::string_view const> phone_locales() noexcept;

/// The few that its email endpoints know.
[[nodiscard]] std::span<std::string_view const> email_locales() noexcept;

/// Stytch's spelling of a BCP 47 tag, upper and lower case being the same (RFC 5646 2.1.1); empty
/// if `locales` has no such tag. The result is a literal.
[[nodiscard]] std::string_view find_locale(
    std::span<std::string_view const> locales, std::string_view tag
) noexcept;

}  // namespace otp::stytch
