#pragma once

#include <otp/export.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace OTP_EXPORT otp {

/// The longest wait that `parse_retry_after` reports.
inline constexpr std::chrono::hours max_retry_after{24};

/// How long a `Retry-After` header asks to wait, counted from `now`.
///
/// RFC 9110 10.2.3 has whole seconds and a date in one of the three forms of 5.6.7. Servers also
/// write, and this reads:
///
/// - seconds with a sign or decimals (`1.5`, `+5`), cut to whole milliseconds;
/// - a unit behind the number: `ms`, `s`, `sec`, `secs`, `second`, `seconds`, and the like of `m`,
///   `min`, `minute`, `h`, `hour` and `d`, `day`, in any case, with or without a blank between;
///   several of them, the longest unit first: `1m30s`, `1 hour 30 minutes`;
/// - hours, minutes and seconds (`00:00:30`);
/// - a duration of ISO 8601 (`PT1M30S`), with a year of 365 days and a month of 30;
/// - the time since 1970 in seconds, with or without decimals, or in milliseconds: a number that is
///   more than a year of seconds, and as a time no more than a day away from `now`;
/// - a date whose day has one digit, whose parts are joined by dashes, whose year has two digits,
///   whose name of the day is missing or does not fit (the date counts), whose zone is `UTC`, `UT`,
///   `Z` or an offset such as `+0530`, or missing (UTC);
/// - a date of ISO 8601 (`parse_iso8601`);
/// - any of them in double quotes, in any case of letters, with blanks around it;
/// - several numbers or dates, as two field lines joined by a comma: the longest wait of them.
///
/// A date in the past and a negative number mean 0; more than `max_retry_after` is cut to it.
/// Nothing for any other text, and for a list of which one value is another text.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view value, std::chrono::sys_time<std::chrono::milliseconds> now
) noexcept;

}  // namespace otp
