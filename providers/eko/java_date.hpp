#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace otp::eko {

/// The instant of a date as Java's `Date.toString()` prints it, `EEE MMM dd HH:mm:ss zzz yyyy` in
/// English: `Fri May 22 16:04:04 IST 2026` (Eko's `otp_expiry_timestamp`).
///
/// Zones: `IST`, which is India's +05:30 here and not Ireland's or Israel's, and `UTC` or `GMT`,
/// alone or with an offset (`GMT+05:30`). Neither locale nor the C library's zone tables take part.
/// Nothing for any other zone, for a date that does not exist, for a weekday that is not the
/// date's, and for any other format.
[[nodiscard]] std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_java_date(
    std::string_view text
) noexcept;

}  // namespace otp::eko
