#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace otp::model {

/// Reads a date of HTTP (RFC 9110 5.6.7) as servers write it: `Sun, 06 Nov 1994 08:49:37 GMT` and
/// its two obsolete forms, with the day in one or two digits, the year in two or four, parts joined
/// by blanks or dashes, any or no name of the day (the date counts), any case, and for a zone
/// `GMT`, `UTC`, `UT`, `Z`, an offset (`+0530`, `+05:30`) or nothing, which is UTC. A year of two
/// digits that seems over 50 years after `now` is one of the past. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_loose_date(
    std::string_view text, std::chrono::sys_seconds now
) noexcept;

}  // namespace otp::model
