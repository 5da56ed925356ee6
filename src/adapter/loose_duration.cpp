#include "adapter/loose_duration.hpp"

#include "model/ascii.hpp"
#include "model/date_time.hpp"
#include "model/decimal.hpp"
#include "model/text_cursor.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace otp::adapter {

using model::Decimal;
using model::equal_ignoring_case;
using model::is_letter;
using model::TextCursor;
using model::time_of_day;
using model::to_lower;

namespace {

using std::chrono::milliseconds;

struct Unit {
    std::string_view name;
    milliseconds length;
};

constexpr milliseconds second{1000};
constexpr milliseconds minute = 60 * second;
constexpr milliseconds hour = 60 * minute;
constexpr milliseconds day = 24 * hour;

constexpr std::array<Unit, 24> units{
    {{"s", second},
     {"sec", second},
     {"secs", second},
     {"second", second},
     {"seconds", second},
     {"m", minute},
     {"min", minute},
     {"mins", minute},
     {"minute", minute},
     {"minutes", minute},
     {"h", hour},
     {"hr", hour},
     {"hrs", hour},
     {"hour", hour},
     {"hours", hour},
     {"d", day},
     {"day", day},
     {"days", day},
     {"ms", milliseconds(1)},
     {"msec", milliseconds(1)},
     {"msecs", milliseconds(1)},
     {"millis", milliseconds(1)},
     {"millisecond", milliseconds(1)},
     {"milliseconds", milliseconds(1)}}};
/// ISO 8601, before and after the `T`.
constexpr std::array<Unit, 4> date_units{
    {{"y", 365 * day}, {"m", 30 * day}, {"w", 7 * day}, {"d", day}}};
constexpr std::array<Unit, 3> time_units{{{"h", hour}, {"m", minute}, {"s", second}}};

std::optional<milliseconds> unit_length(
    std::span<Unit const> known, std::string_view name
) noexcept {
    auto const unit = std::find_if(known.begin(), known.end(), [name](Unit const& one) {
        return equal_ignoring_case(name, one.name);
    });
    return unit != known.end() ? std::optional(unit->length) : std::nullopt;
}

/// That many times `unit`. Numbers beyond the longest duration in milliseconds count as that, so
/// that nothing overflows: not even so many years, and shorter units beside them.
milliseconds times(Decimal const& number, milliseconds unit) noexcept {
    constexpr milliseconds longest = longest_loose_duration;
    return number.bounded(longest.count()) * unit + number.thousandths() * unit / second.count();
}

std::string_view take_letters(TextCursor& cursor) noexcept {
    auto const rest = cursor.rest();
    auto const end = std::find_if_not(rest.begin(), rest.end(), is_letter);
    auto const letters = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    cursor.take(letters);
    return letters;
}

void skip_blanks(TextCursor& cursor) noexcept {
    while (cursor.take(" ") || cursor.take("\t")) {
    }
}

/// `1 hour 30 minutes`: the sum of amounts, of which each has a unit and a shorter one than that
/// before. Nothing is no amount.
std::optional<milliseconds> parse_amounts(
    std::string_view text, std::span<Unit const> known
) noexcept {
    TextCursor cursor(text);
    milliseconds total{0};
    auto shortest = milliseconds::max();
    do {
        auto const number = take_decimal(cursor);
        skip_blanks(cursor);
        auto const length = unit_length(known, take_letters(cursor));
        if (!number || !length || *length >= shortest) return std::nullopt;
        shortest = *length;
        total += times(*number, *length);
        skip_blanks(cursor);
    } while (!cursor.at_end());
    return total;
}

/// `PT1H30M`, `P1DT12H`.
std::optional<milliseconds> parse_iso8601_duration(std::string_view text) noexcept {
    if (!text.starts_with('P') && !text.starts_with('p')) return std::nullopt;
    text.remove_prefix(1);
    auto const letter = text.find_first_of("Tt");
    auto const date = text.substr(0, letter);
    std::optional<milliseconds> total = milliseconds(0);
    if (!date.empty() || letter == text.npos) total = parse_amounts(date, date_units);
    if (letter == text.npos || !total) return total;
    auto const time = parse_amounts(text.substr(letter + 1), time_units);
    return time ? std::optional(*total + *time) : std::nullopt;
}

/// `00:00:30`, as clocks and libraries write a duration.
std::optional<milliseconds> parse_clock(std::string_view text) noexcept {
    TextCursor cursor(text);
    Decimal const hours{cursor.take_all_digits(), {}};
    bool separated = !hours.whole.empty() && cursor.take(":");
    auto const minutes = cursor.take_digits(2);
    separated = cursor.take(":") && separated;
    auto const rest = time_of_day(0, minutes, cursor.take_digits(2));
    bool const has_fraction = cursor.take(".");
    Decimal const fraction{"0", has_fraction ? cursor.take_all_digits() : "0"};
    if (!separated || !rest || fraction.fraction.empty() || !cursor.at_end()) return std::nullopt;
    return times(hours, hour) + *rest + times(fraction, second);
}

}  // namespace

std::optional<milliseconds> parse_loose_duration(std::string_view text) noexcept {
    TextCursor cursor(text);
    bool const negative = cursor.take("-");
    if (!negative) cursor.take("+");
    auto const amount = cursor.rest();
    std::optional<milliseconds> wait;
    if (auto const number = take_decimal(cursor); number && cursor.at_end()) {
        wait = times(*number, second);
    }
    if (!wait) wait = parse_amounts(amount, units);
    if (!wait) wait = parse_iso8601_duration(amount);
    if (!wait) wait = parse_clock(amount);
    if (wait && negative) return milliseconds(0);
    return wait ? std::optional(std::min<milliseconds>(*wait, longest_loose_duration))
                : std::nullopt;
}

}  // namespace otp::adapter
