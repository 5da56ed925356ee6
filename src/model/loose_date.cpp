#include "model/loose_date.hpp"

#include "model/ascii.hpp"
#include "model/date_time.hpp"
#include "model/text_cursor.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace otp::model {

namespace {

using std::chrono::seconds;

constexpr std::array<std::string_view, 14> day_names{
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun"};
constexpr std::array<std::string_view, 12> month_names{
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// Longer than any date, and short enough for the stack.
constexpr std::size_t max_text = 48;

/// The parts of a date in any of its forms, as far as they were found.
struct Parts {
    std::optional<int> day;
    std::optional<int> month;
    std::optional<int> year;
    std::size_t year_digits{0};
    std::optional<seconds> time;
};

bool skip_separators(TextCursor& cursor) noexcept {
    bool any = false;
    while (cursor.take(" ") || cursor.take("-")) any = true;
    return any;
}

/// One or two digits, and not the first two of more.
std::optional<int> take_short_number(TextCursor& cursor) noexcept {
    auto const digits = cursor.take_all_digits();
    if (digits.empty() || digits.size() > 2) return std::nullopt;
    return TextCursor(digits).take_digits(digits.size());
}

void take_year(TextCursor& cursor, Parts& parts) noexcept {
    auto const digits = cursor.take_all_digits();
    if (digits.size() == 2 || digits.size() == 4) {
        parts.year = TextCursor(digits).take_digits(digits.size());
        parts.year_digits = digits.size();
    }
}

void take_month(TextCursor& cursor, Parts& parts) noexcept {
    auto const index = cursor.take_one_of(month_names);
    parts.month = index ? std::optional(static_cast<int>(*index) + 1) : std::nullopt;
}

void take_time(TextCursor& cursor, Parts& parts) noexcept {
    auto const hours = take_short_number(cursor);
    bool const first = cursor.take(":");
    auto const minutes = cursor.take_digits(2);
    bool const second = cursor.take(":");
    auto const in_minute = cursor.take_digits(2);
    parts.time = first && second ? time_of_day(hours, minutes, in_minute) : std::nullopt;
}

std::optional<seconds> take_offset(TextCursor& cursor, bool west) noexcept {
    auto const hours = cursor.take_digits(2);
    cursor.take(":");
    auto const offset = time_of_day(hours, cursor.take_digits(2), 0);
    return offset && west ? std::optional(-*offset) : offset;
}

/// How far the zone is ahead of UTC.
std::optional<seconds> take_zone(TextCursor& cursor) noexcept {
    while (cursor.take(" ")) {
    }
    if (cursor.take("-")) return take_offset(cursor, true);
    if (cursor.take("+")) return take_offset(cursor, false);
    static_cast<void>(cursor.take_one_of(std::array<std::string_view, 4>{"gmt", "utc", "ut", "z"}));
    return seconds(0);
}

int whole_year(Parts const& parts, std::chrono::sys_seconds now) noexcept {
    if (parts.year_digits == 4) return *parts.year;
    std::chrono::year_month_day const today(std::chrono::floor<std::chrono::days>(now));
    auto const this_year = static_cast<int>(today.year());
    auto const year = this_year - this_year % 100 + *parts.year;
    if (year > this_year + 50) return year - 100;
    return year <= this_year - 50 ? year + 100 : year;
}

/// `06 Nov 1994 08:49:37`, or `Nov  6 08:49:37 1994` as asctime writes it.
std::optional<Parts> take_parts(TextCursor& cursor) noexcept {
    Parts parts;
    take_month(cursor, parts);
    bool const asctime = parts.month.has_value();
    bool separated = !asctime || skip_separators(cursor);
    parts.day = take_short_number(cursor);
    separated = skip_separators(cursor) && separated;
    if (!asctime) {
        take_month(cursor, parts);
        separated = skip_separators(cursor) && separated;
        take_year(cursor, parts);
        separated = skip_separators(cursor) && separated;
    }
    take_time(cursor, parts);
    if (asctime) {
        separated = skip_separators(cursor) && separated;
        take_year(cursor, parts);
    }
    bool const whole = parts.day && parts.month && parts.year && parts.time;
    return separated && whole ? std::optional(parts) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_loose_date(
    std::string_view text, std::chrono::sys_seconds now
) noexcept {
    std::array<char, max_text> lower{};
    if (text.size() > lower.size()) return std::nullopt;
    std::transform(text.begin(), text.end(), lower.begin(), to_lower);
    TextCursor cursor(std::string_view(lower.data(), text.size()));

    if (cursor.take_one_of(day_names)) {
        cursor.take(",");
        skip_separators(cursor);
    }
    auto const parts = take_parts(cursor);
    if (!parts) return std::nullopt;
    auto const offset = take_zone(cursor);
    auto const day = day_of(whole_year(*parts, now), parts->month, parts->day);
    if (!day || !offset || !cursor.at_end()) return std::nullopt;
    return *day + *parts->time - *offset;
}

}  // namespace otp::model
