#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace otp {

/// The longest wait that `parse_retry_after` reports.
inline constexpr std::chrono::hours max_retry_after{24};

/// How long a `Retry-After` header (RFC 9110 10.2.3) asks to wait, counted from `now`: seconds, or
/// a date in one of the three forms of RFC 9110 5.6.7.
///
/// A date in the past and a negative number mean 0; more than `max_retry_after` is cut to it.
/// Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view value, std::chrono::sys_time<std::chrono::milliseconds> now
) noexcept;

}  // namespace otp
