#include "model/ascii.hpp"
#include "model/loose_date.hpp"
#include "model/text_cursor.hpp"

#include <otp/iso8601.hpp>
#include <otp/retry_after.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace otp {

namespace {

using model::TextCursor;
using model::trim;
using std::chrono::milliseconds;
using SysTime = std::chrono::sys_time<milliseconds>;

struct Unit {
    std::string_view name;
    milliseconds length;
};

constexpr milliseconds second{1000};
constexpr milliseconds minute = 60 * second;
constexpr milliseconds hour = 60 * minute;
constexpr std::array<Unit, 19> units{
    {{"", second},
     {"s", second},
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
     {"ms", milliseconds(1)},
     {"msec", milliseconds(1)},
     {"millis", milliseconds(1)}}};

bool equal_without_case(std::string_view text, std::string_view lower) noexcept {
    return text.size() == lower.size() &&
           std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
               return model::to_lower(a) == b;
           });
}

std::optional<milliseconds> unit_length(std::string_view name) noexcept {
    auto const* const unit = std::find_if(units.begin(), units.end(), [name](Unit const& known) {
        return equal_without_case(name, known.name);
    });
    return unit != units.end() ? std::optional(unit->length) : std::nullopt;
}

/// The number of the digits; no more than suffices for the longest wait in the shortest unit.
std::int64_t bounded_number(std::string_view digits) noexcept {
    std::int64_t number = 0;
    for (char const c : digits) {
        number = std::min(number * 10 + (c - '0'), milliseconds(max_retry_after).count());
    }
    return number;
}

/// The first three digits of a fraction, as thousandths.
std::int64_t thousandths(std::string_view digits) noexcept {
    std::int64_t number = 0;
    for (std::size_t place = 0; place < 3; ++place) {
        number = number * 10 + (place < digits.size() ? digits[place] - '0' : 0);
    }
    return number;
}

/// `120`, `1.5`, `-3`, `30s`, `2 minutes`.
std::optional<milliseconds> parse_delay(std::string_view text) noexcept {
    TextCursor cursor(text);
    bool const negative = cursor.take("-");
    if (!negative) {
        cursor.take("+");
    }
    auto const whole = cursor.take_all_digits();
    auto const fraction = cursor.take(".") ? cursor.take_all_digits() : std::string_view("0");
    auto const length = unit_length(trim(cursor.rest()));
    if (whole.empty() || fraction.empty() || !length) {
        return std::nullopt;
    }
    if (negative) {
        return milliseconds(0);
    }
    auto const wait =
        bounded_number(whole) * *length + thousandths(fraction) * *length / second.count();
    return std::min<milliseconds>(wait, max_retry_after);
}

/// How long until a date of HTTP or ISO 8601.
std::optional<milliseconds> parse_date(std::string_view text, SysTime now) noexcept {
    std::optional<SysTime> date = parse_iso8601(text);
    if (!date) {
        date = model::parse_loose_date(text, std::chrono::floor<std::chrono::seconds>(now));
    }
    if (!date) {
        return std::nullopt;
    }
    return std::clamp<milliseconds>(*date - now, milliseconds(0), max_retry_after);
}

std::string_view unquoted(std::string_view text) noexcept {
    bool const quoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
    return quoted ? trim(text.substr(1, text.size() - 2)) : text;
}

std::string_view without_quote(std::string_view text) noexcept {
    return text.starts_with('"') ? text.substr(1) : text;
}

/// Takes the first element off a list. The comma behind the name of a day is none of the list's.
std::string_view take_element(std::string_view& list) noexcept {
    auto end = list.find(',');
    auto const first = without_quote(trim(list.substr(0, end)));
    bool const day_name =
        !first.empty() && std::all_of(first.begin(), first.end(), model::is_letter);
    if (day_name && end != list.npos) {
        end = list.find(',', end + 1);
    }
    auto const element = trim(list.substr(0, end));
    list = end == list.npos ? std::string_view() : list.substr(end + 1);
    return element;
}

}  // namespace

std::optional<milliseconds> parse_retry_after(std::string_view value, SysTime now) noexcept {
    std::optional<milliseconds> longest;
    for (auto list = value; !list.empty();) {
        auto const element = unquoted(take_element(list));
        if (element.empty()) {
            continue;
        }
        auto wait = parse_delay(element);
        if (!wait) {
            wait = parse_date(element, now);
        }
        if (!wait) {
            return std::nullopt;
        }
        longest = std::max(longest.value_or(milliseconds(0)), *wait);
    }
    return longest;
}

}  // namespace otp
