#include "refusal/refusal_checks.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace otp::conformance {
namespace {

constexpr Check name_of_check{"Retry-After", Cause::misreads_retry_after};
constexpr auto longest_wait = std::chrono::hours(24 * 31);

/// RFC 9110 5.6.7.
std::string http_date(std::chrono::sys_time<std::chrono::milliseconds> instant) {
    using namespace std::chrono;
    static constexpr std::array days_of_week{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months_of_year{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day_start = floor<days>(instant);
    year_month_day const date(day_start);
    hh_mm_ss const time(floor<seconds>(instant - day_start));
    auto const two = [](auto number) {
        auto const digits = std::to_string(number);
        return digits.size() < 2 ? '0' + digits : digits;
    };
    return std::string(days_of_week.at(weekday(day_start).c_encoding())) + ", " +
           two(static_cast<unsigned>(date.day())) + ' ' +
           months_of_year.at(static_cast<unsigned>(date.month()) - 1) + ' ' +
           std::to_string(static_cast<int>(date.year())) + ' ' + two(time.hours().count()) + ':' +
           two(time.minutes().count()) + ':' + two(time.seconds().count()) + " GMT";
}

using Wait = std::optional<std::chrono::milliseconds>;

/// What the adapter reads of a 429 with the header.
Wait see_wait(OperationCheck& check, std::string const& input, HttpHeaders headers) {
    using std::chrono::milliseconds;
    HttpResponse const response(429, std::move(headers), "<html></html>");
    auto const seen = check.see({name_of_check, input}, response);
    if (!seen.error) {
        check.fail({name_of_check, input}, seen.describe());
        return std::nullopt;
    }
    if (check.decides_delivery() && seen.error->delivery != Delivery::not_sent) {
        check.fail({name_of_check, input}, "a 429 is a refusal, and nothing was sent");
    }
    auto const wait = seen.error->retry_after;
    if (wait && (*wait < milliseconds(0) || *wait > longest_wait)) {
        check.fail({name_of_check, input}, "a wait of " + std::to_string(wait->count()) + " ms");
    }
    return wait;
}

Wait see_wait(OperationCheck& check, std::string const& value) {
    return see_wait(check, value, {{"content-type", "text/html"}, {"retry-after", value}});
}

/// Two lines are one list (RFC 9110 5.3), wherever they stand.
Wait see_two_lines(OperationCheck& check, std::string const& first, std::string const& second) {
    return see_wait(
        check,
        first + " and " + second,
        {{"retry-after", first}, {"content-type", "text/html"}, {"retry-after", second}}
    );
}

void check_two_lines(OperationCheck& check) {
    std::chrono::seconds const longer(30);
    if (see_two_lines(check, "7", "30") != longer || see_two_lines(check, "30", "7") != longer) {
        check.fail({name_of_check, "7 and 30 in two lines"}, "is not read as the longer wait");
    }
    if (see_two_lines(check, "7", "soon") || see_two_lines(check, "soon", "7")) {
        check.fail({name_of_check, "7 and a word in two lines"}, "is read as a wait");
    }
}

}  // namespace

void check_retry_after(OperationCheck& check) {
    using namespace std::chrono;
    if (see_wait(check, "7") != seconds(7)) {
        check.fail({name_of_check, "7"}, "is not read as 7 seconds");
    }
    auto const later = http_date(check.subject().context.now + seconds(60));
    auto const wait = see_wait(check, later);
    if (!wait || *wait <= seconds(58) || *wait > seconds(61)) {
        check.fail({name_of_check, later}, "is not read as 60 seconds from now");
    }
    see_wait(check, http_date(check.subject().context.now - hours(24)));
    for (std::string const value :
         {"soon",
          "-5",
          "+5",
          "1.5",
          "0x10",
          "7 seconds",
          "",
          "99999999999999999999999",
          "4294967296",
          "Fri, 99 Foo 2026 99:99:99 GMT",
          "Fri, 22 May 99999 10:00:00 GMT"}) {
        see_wait(check, value);
    }
    check_two_lines(check);
}

}  // namespace otp::conformance
