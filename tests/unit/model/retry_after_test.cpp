#include <otp/retry_after.hpp>

#include <gtest/gtest.h>
#include <string>

namespace otp {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year;

// Sun, 06 Nov 1994 08:49:30 GMT, seven seconds before the date of RFC 9110's examples.
constexpr sys_time<milliseconds> now = sys_days(year(1994) / 11 / 6) + 8h + 49min + 30s;

struct Case {
    std::string value;
    milliseconds expected;
};

void expect_accepted_retry_after(Case const& example) {
    auto const wait = parse_retry_after(example.value, now);
    ASSERT_TRUE(wait) << example.value;
    EXPECT_EQ(wait->count(), example.expected.count()) << example.value;
}

TEST(ParseRetryAfter, ReadsSeconds) {
    Case const cases[] = {
        Case{"0", 0ms},
        Case{"1", 1s},
        Case{"120", 120s},
        Case{"007", 7s},
        Case{" 5\t", 5s},
        Case{"86400", 24h},
        Case{"86401", 24h},
        Case{"18446744073709551617", 24h},
        Case{std::string(10'000, '9'), 24h},
        Case{"-5", 0ms}};
    for (auto const& example : cases) {
        expect_accepted_retry_after(example);
    }
}

TEST(ParseRetryAfter, ReadsTheThreeFormsOfDates) {
    Case const cases[] = {
        Case{"Sun, 06 Nov 1994 08:49:37 GMT", 7s},
        Case{"Sunday, 06-Nov-94 08:49:37 GMT", 7s},
        Case{"Sun Nov  6 08:49:37 1994", 7s},
        Case{"Wed Nov 16 08:49:37 1994", 24h},
        Case{" Sun, 06 Nov 1994 08:49:37 GMT ", 7s},
        Case{"Sun, 06 Nov 1994 08:49:30 GMT", 0ms},
        Case{"Sun, 06 Nov 1994 08:49:29 GMT", 0ms},
        Case{"Fri, 01 Jan 1904 00:00:00 GMT", 0ms},
        Case{"Sat, 01 Jan 9999 00:00:00 GMT", 24h},
        Case{"Sun, 06 Nov 1994 08:49:60 GMT", 30s},
        // Two digits: 2044 is within 50 years, 2045 would not be.
        Case{"Sunday, 06-Nov-44 08:49:37 GMT", 24h},
        Case{"Sunday, 06-Nov-45 08:49:37 GMT", 0ms}};
    for (auto const& example : cases) {
        expect_accepted_retry_after(example);
    }
}

TEST(ParseRetryAfter, ReadsTwoDigitYearsNearTheEndOfACentury) {
    sys_time<milliseconds> const end_of_1999 = sys_days(year(1999) / 12 / 31) + 23h + 59min + 50s;
    EXPECT_EQ(parse_retry_after("Saturday, 01-Jan-00 00:00:00 GMT", end_of_1999), 10s);
    sys_time<milliseconds> const start_of_2000 = sys_days(year(2000) / 1 / 1);
    EXPECT_EQ(parse_retry_after("Friday, 31-Dec-99 23:59:59 GMT", start_of_2000), 0s);
}

TEST(ParseRetryAfter, KeepsMillisecondsOfTheClock) {
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now + 250ms), 6750ms);
}

void expect_refused_retry_after(std::string const& example) {
    EXPECT_EQ(parse_retry_after(example, now), std::nullopt) << example;
}

TEST(ParseRetryAfter, IgnoresAnythingElse) {
    std::string const cases[] = {
        "",
        " ",
        "-",
        "+5",
        "5s",
        "1.5",
        "0x10",
        "soon",
        "5, 6",
        std::string("5\0", 2),
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT+1",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nox 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37",
        "Sunday, 30-Feb-94 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun Nov 31 08:49:37 1994",
        "1994-11-06T08:49:37Z"};
    for (auto const& example : cases) {
        expect_refused_retry_after(example);
    }
}

}  // namespace
}  // namespace otp
