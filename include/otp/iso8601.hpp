#pragma once

#include <otp/export.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// Reads an RFC 3339 date-time: `2026-03-09T20:46:31.305Z`, `2026-03-10T02:16:31+05:30`.
///
/// The offset (or `Z`) is required: a local time without one is no point in time. Digits after the
/// milliseconds are dropped. Nothing for any other text, and for dates that do not exist.
[[nodiscard]] std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_iso8601(
    std::string_view text
) noexcept;

/// Writes UTC with milliseconds: `2026-03-09T20:46:31.305Z`. Years outside 0 to 9999, which the
/// format cannot say, become its first or last moment.
[[nodiscard]] std::string format_iso8601(std::chrono::sys_time<std::chrono::milliseconds> time);

}  // namespace otp
