#pragma once

#include <chrono>
#include <optional>

namespace otp::model {

/// Hours, minutes and seconds of a day; nothing if there is no such time. Second 60, a leap second,
/// is the first of the next minute, as in POSIX time.
constexpr std::optional<std::chrono::seconds> time_of_day(
    std::optional<int> hours, std::optional<int> minutes, std::optional<int> seconds
) noexcept {
    if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 60) {
        return std::nullopt;
    }
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
           std::chrono::seconds(*seconds);
}

/// The day's beginning in UTC; nothing if there is no such day. `month` and `day` count from 1.
constexpr std::optional<std::chrono::sys_days> day_of(
    std::optional<int> year, std::optional<int> month, std::optional<int> day
) noexcept {
    if (!year || !month || !day) return std::nullopt;
    std::chrono::year_month_day const date(
        std::chrono::year(*year),
        std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))
    );
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

}  // namespace otp::model
