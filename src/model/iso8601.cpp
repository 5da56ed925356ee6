#include "model/date_time.hpp"
#include "model/decimal.hpp"
#include "model/text_cursor.hpp"

#include <otp/iso8601.hpp>

#include <algorithm>
#include <cstddef>

namespace otp {

namespace {

using model::day_of;
using model::TextCursor;
using model::time_of_day;
using std::chrono::milliseconds;
using std::chrono::sys_time;

std::optional<std::chrono::seconds> take_offset(TextCursor& cursor) noexcept {
    if (cursor.take("Z") || cursor.take("z")) return std::chrono::seconds(0);
    bool const west = cursor.take("-");
    if (!west && !cursor.take("+")) return std::nullopt;
    auto const hours = cursor.take_digits(2);
    bool const separated = cursor.take(":");
    auto const minutes = cursor.take_digits(2);
    auto const offset = time_of_day(hours, minutes, 0);
    if (!separated || !offset) return std::nullopt;
    return west ? -*offset : *offset;
}

void append_number(std::string& out, int number, std::size_t width) {
    auto const digits = std::to_string(number);
    out.append(width - std::min(width, digits.size()), '0');
    out += digits;
}

}  // namespace

std::optional<sys_time<milliseconds>> parse_iso8601(std::string_view text) noexcept {
    TextCursor cursor(text);
    auto const year = cursor.take_digits(4);
    bool separated = cursor.take("-");
    auto const month = cursor.take_digits(2);
    separated = cursor.take("-") && separated;
    auto const day = cursor.take_digits(2);
    separated = (cursor.take("T") || cursor.take("t")) && separated;
    auto const hours = cursor.take_digits(2);
    separated = cursor.take(":") && separated;
    auto const minutes = cursor.take_digits(2);
    separated = cursor.take(":") && separated;
    auto const seconds = cursor.take_digits(2);

    model::Decimal in_second;
    if (cursor.take(".")) {
        in_second.fraction = cursor.take_all_digits();
        separated = !in_second.fraction.empty() && separated;
    }
    auto const offset = take_offset(cursor);
    auto const date = day_of(year, month, day);
    auto const time = time_of_day(hours, minutes, seconds);
    if (!separated || !offset || !date || !time || !cursor.at_end()) return std::nullopt;
    return *date + *time + milliseconds(in_second.thousandths()) - *offset;
}

std::string format_iso8601(sys_time<milliseconds> time) {
    using std::chrono::days;
    using std::chrono::floor;
    using std::chrono::January;
    using std::chrono::sys_days;
    using std::chrono::year;

    constexpr sys_time<milliseconds> first = sys_days(year(0) / January / 1);
    constexpr sys_time<milliseconds> last =
        sys_time<milliseconds>(sys_days(year(10000) / January / 1)) - milliseconds(1);

    auto const shown = std::clamp(time, first, last);
    auto const day = floor<days>(shown);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const clock(shown - day);

    std::string result;
    append_number(result, static_cast<int>(date.year()), 4);
    result += '-';
    append_number(result, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    result += '-';
    append_number(result, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    result += 'T';
    append_number(result, static_cast<int>(clock.hours().count()), 2);
    result += ':';
    append_number(result, static_cast<int>(clock.minutes().count()), 2);
    result += ':';
    append_number(result, static_cast<int>(clock.seconds().count()), 2);
    result += '.';
    append_number(result, static_cast<int>(clock.subseconds().count()), 3);
    result += 'Z';
    return result;
}

}  // namespace otp
