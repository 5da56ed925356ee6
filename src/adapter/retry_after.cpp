#include "adapter/loose_duration.hpp"
#include "model/ascii.hpp"
#include "model/decimal.hpp"
#include "model/loose_date.hpp"
#include "model/text_cursor.hpp"

#include <otp/adapter/retry_after.hpp>
#include <otp/iso8601.hpp>

#include <algorithm>
#include <cstdint>

namespace otp {

namespace {

using model::trim;
using std::chrono::milliseconds;
using std::chrono::seconds;
using SysTime = std::chrono::sys_time<milliseconds>;

constexpr std::chrono::hours day{24};
static_assert(adapter::longest_loose_duration == max_retry_after);

std::optional<milliseconds> wait_until(SysTime time, SysTime now) noexcept {
    return std::clamp<milliseconds>(time - now, milliseconds(0), max_retry_after);
}

/// How long until the seconds or milliseconds since 1970. Nothing if the number may as well be a
/// wait, or is no time near `now`.
std::optional<milliseconds> parse_epoch(std::string_view text, SysTime now) noexcept {
    constexpr std::int64_t longest_wait_meant = 366 * day / seconds(1);
    constexpr std::int64_t most = 1'000'000'000'000'000;

    model::TextCursor cursor(text);
    auto const number = model::take_decimal(cursor);
    if (!number || !cursor.at_end()) return std::nullopt;
    auto const whole = number->bounded(most);
    if (whole <= longest_wait_meant) return std::nullopt;
    SysTime const in_seconds{
        whole * milliseconds(seconds(1)) + milliseconds(number->thousandths())};
    SysTime const in_milliseconds{milliseconds(whole)};
    for (auto const time : {in_seconds, in_milliseconds}) {
        if (time >= now - day && time <= now + day) return wait_until(time, now);
    }
    return std::nullopt;
}

/// How long until a date of HTTP or ISO 8601.
std::optional<milliseconds> parse_date(std::string_view text, SysTime now) noexcept {
    std::optional<SysTime> date = parse_iso8601(text);
    if (!date) date = model::parse_loose_date(text, std::chrono::floor<seconds>(now));
    if (!date) return std::nullopt;
    return wait_until(*date, now);
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
    if (day_name && end != list.npos) end = list.find(',', end + 1);
    auto const element = trim(list.substr(0, end));
    list = end == list.npos ? std::string_view() : list.substr(end + 1);
    return element;
}

}  // namespace

std::optional<milliseconds> parse_retry_after(std::string_view value, SysTime now) noexcept {
    std::optional<milliseconds> longest;
    for (auto list = value; !list.empty();) {
        auto const element = unquoted(take_element(list));
        if (element.empty()) continue;
        auto wait = parse_epoch(element, now);
        if (!wait) wait = adapter::parse_loose_duration(element);
        if (!wait) wait = parse_date(element, now);
        if (!wait) return std::nullopt;
        longest = std::max(longest.value_or(milliseconds(0)), *wait);
    }
    return longest;
}

}  // namespace otp
