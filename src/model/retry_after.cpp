#include "model/ascii.hpp"
#include "model/date_time.hpp"
#include "model/text_cursor.hpp"

#include <otp/retry_after.hpp>

#include <algorithm>
#include <array>

namespace otp {

namespace {

using model::day_of;
using model::TextCursor;
using model::time_of_day;
using model::trim;
using std::chrono::milliseconds;
using std::chrono::sys_time;
using SysTime = sys_time<milliseconds>;

constexpr std::array<std::string_view, 7> short_days{
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> long_days{
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> take_month(TextCursor& cursor) noexcept {
    auto const index = cursor.take_one_of(months);
    return index ? std::optional(static_cast<int>(*index) + 1) : std::nullopt;
}

std::optional<std::chrono::seconds> take_time(TextCursor& cursor) noexcept {
    auto const hours = cursor.take_digits(2);
    bool const first = cursor.take(":");
    auto const minutes = cursor.take_digits(2);
    bool const second = cursor.take(":");
    auto const seconds = cursor.take_digits(2);
    return first && second ? time_of_day(hours, minutes, seconds) : std::nullopt;
}

std::optional<SysTime> combine(
    bool well_formed,
    std::optional<std::chrono::sys_days> day,
    std::optional<std::chrono::seconds> time
) noexcept {
    return well_formed && day && time ? std::optional<SysTime>(*day + *time) : std::nullopt;
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
std::optional<SysTime> parse_imf_fixdate(std::string_view text) noexcept {
    TextCursor cursor(text);
    bool good = cursor.take_one_of(short_days).has_value() && cursor.take(", ");
    auto const day = cursor.take_digits(2);
    good = cursor.take(" ") && good;
    auto const month = take_month(cursor);
    good = cursor.take(" ") && good;
    auto const year = cursor.take_digits(4);
    good = cursor.take(" ") && good;
    auto const time = take_time(cursor);
    good = cursor.take(" GMT") && cursor.at_end() && good;
    return combine(good, day_of(year, month, day), time);
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`: a year that seems over 50 years ahead is one of the past.
std::optional<SysTime> parse_rfc850_date(std::string_view text, SysTime now) noexcept {
    TextCursor cursor(text);
    bool good = cursor.take_one_of(long_days).has_value() && cursor.take(", ");
    auto const day = cursor.take_digits(2);
    good = cursor.take("-") && good;
    auto const month = take_month(cursor);
    good = cursor.take("-") && good;
    auto const short_year = cursor.take_digits(2);
    good = cursor.take(" ") && good;
    auto const time = take_time(cursor);
    good = cursor.take(" GMT") && cursor.at_end() && good;
    if (!short_year) {
        return std::nullopt;
    }
    std::chrono::year_month_day const today(std::chrono::floor<std::chrono::days>(now));
    auto const this_year = static_cast<int>(today.year());
    auto year = this_year - this_year % 100 + *short_year;
    if (year > this_year + 50) {
        year -= 100;
    } else if (year <= this_year - 50) {
        year += 100;
    }
    return combine(good, day_of(year, month, day), time);
}

/// `Sun Nov  6 08:49:37 1994`
std::optional<SysTime> parse_asctime_date(std::string_view text) noexcept {
    TextCursor cursor(text);
    bool good = cursor.take_one_of(short_days).has_value() && cursor.take(" ");
    auto const month = take_month(cursor);
    good = cursor.take(" ") && good;
    auto const day = cursor.take(" ") ? cursor.take_digits(1) : cursor.take_digits(2);
    good = cursor.take(" ") && good;
    auto const time = take_time(cursor);
    good = cursor.take(" ") && good;
    auto const year = cursor.take_digits(4);
    good = cursor.at_end() && good;
    return combine(good, day_of(year, month, day), time);
}

/// Whole seconds, already cut to the longest wait, however many digits there are.
std::optional<milliseconds> parse_seconds(std::string_view text) noexcept {
    TextCursor cursor(text);
    bool const negative = cursor.take("-");
    auto const digits = cursor.take_all_digits();
    if (digits.empty() || !cursor.at_end()) {
        return std::nullopt;
    }
    std::chrono::seconds wait(0);
    for (char const c : digits) {
        wait = std::min<std::chrono::seconds>(
            wait * 10 + std::chrono::seconds(c - '0'), max_retry_after
        );
    }
    return negative ? milliseconds(0) : milliseconds(wait);
}

}  // namespace

std::optional<milliseconds> parse_retry_after(std::string_view value, SysTime now) noexcept {
    auto const text = trim(value);
    if (auto const wait = parse_seconds(text)) {
        return wait;
    }
    auto date = parse_imf_fixdate(text);
    if (!date) {
        date = parse_rfc850_date(text, now);
    }
    if (!date) {
        date = parse_asctime_date(text);
    }
    if (!date) {
        return std::nullopt;
    }
    return std::clamp<milliseconds>(*date - now, milliseconds(0), max_retry_after);
}

}  // namespace otp
