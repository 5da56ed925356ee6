#include <otp/adapter/retry_after.hpp>

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
    for (auto const& example : cases) expect_accepted_retry_after(example);
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
    for (auto const& example : cases) expect_accepted_retry_after(example);
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

TEST(ParseRetryAfter, ReadsWhatServersWriteBesideTheStandard) {
    Case const cases[] = {
        // Numbers.
        Case{"+5", 5s},
        Case{"1.5", 1500ms},
        Case{"0.0009", 0ms},
        Case{"2.98765", 2987ms},
        Case{"-1.5", 0ms},
        Case{"99999999999999999999.5", 24h},
        // Units.
        Case{"5s", 5s},
        Case{"5 s", 5s},
        Case{"30 seconds", 30s},
        Case{"1 Second", 1s},
        Case{"1.5sec", 1500ms},
        Case{"2m", 2min},
        Case{"2 MINUTES", 2min},
        Case{"0.5 min", 30s},
        Case{"1h", 1h},
        Case{"24 hours", 24h},
        Case{"25h", 24h},
        Case{"2 days", 24h},
        Case{"1d", 24h},
        Case{"0.5d", 12h},
        Case{"250ms", 250ms},
        Case{"250 milliseconds", 250ms},
        // As Go writes a duration, and people do.
        Case{"1m30s", 90s},
        Case{"1h0m0.5s", 1h + 500ms},
        Case{"1h30m", 90min},
        Case{"1 hour 30 minutes", 90min},
        Case{"1 Minute  30 Seconds", 90s},
        Case{"2s500ms", 2500ms},
        Case{"-1m30s", 0s},
        Case{"23h120m", 24h},
        // As .NET and Python do.
        Case{"00:00:30", 30s},
        Case{"0:01:30", 90s},
        Case{"01:00:00", 1h},
        Case{"00:00:30.2500000", 30250ms},
        Case{"30:00:00", 24h},
        // ISO 8601.
        Case{"PT30S", 30s},
        Case{"PT1M30S", 90s},
        Case{"pt1.5s", 1500ms},
        Case{"PT1H", 1h},
        Case{"P1D", 24h},
        Case{"P0DT1H", 1h},
        Case{"P0Y0M0DT0H0M30S", 30s},
        Case{"P0.5D", 12h},
        Case{"P0.25DT1H", 7h},
        Case{"P99999999999Y99999999999M99999999999DT99999999999H", 24h},
        Case{"P1W", 24h},
        Case{"P1M", 24h},
        Case{"P1Y", 24h},
        Case{"-PT30S", 0s},
        Case{"\"PT30S\"", 30s},
        Case{"5, PT30S", 30s},
        Case{"1500 ms", 1500ms},
        Case{"86400001ms", 24h},
        Case{"9223372036854775807h", 24h},
        // Dates.
        Case{"Sun, 6 Nov 1994 08:49:37 GMT", 7s},
        Case{"Sun, 06 Nov 1994 8:49:37 GMT", 7s},
        Case{"Sun, 06-Nov-1994 08:49:37 GMT", 7s},
        Case{"Sun, 06 Nov 94 08:49:37 GMT", 7s},
        Case{"Sunday, 06-Nov-1994 08:49:37 GMT", 7s},
        Case{"Sunday, 06-Nov-94 08:49:37", 7s},
        Case{"sun, 06 nov 1994 08:49:37 gmt", 7s},
        Case{"Sun 06 Nov 1994 08:49:37 GMT", 7s},
        Case{"06 Nov 1994 08:49:37 GMT", 7s},
        Case{"Wed, 06 Nov 1994 08:49:37 GMT", 7s},
        Case{"Sun, 06 Nov 1994 08:49:37", 7s},
        Case{"Sun, 06 Nov 1994 08:49:37 UTC", 7s},
        Case{"Sun, 06 Nov 1994 08:49:37 UT", 7s},
        Case{"Sun, 06 Nov 1994 08:49:37Z", 7s},
        Case{"Sun, 06 Nov 1994 08:49:37 +0000", 7s},
        Case{"Sun, 06 Nov 1994 14:19:37 +0530", 7s},
        Case{"Sun, 06 Nov 1994 00:49:37 -08:00", 7s},
        Case{"Sun Nov 6 08:49:37 1994", 7s},
        Case{"Sun Nov 06 08:49:37 1994", 7s},
        Case{"Sun Nov  6 08:49:37 1994 GMT", 7s},
        Case{"1994-11-06T08:49:37Z", 7s},
        Case{"1994-11-06T08:49:37.250+00:00", 7250ms},
        // Quotes and lists.
        Case{"\"7\"", 7s},
        Case{"\" 7 \"", 7s},
        Case{"\"Sun, 06 Nov 1994 08:49:37 GMT\"", 7s},
        Case{"5, 6", 6s},
        Case{"6,5", 6s},
        Case{"5,", 5s},
        Case{", 5", 5s},
        Case{"5, Sun, 06 Nov 1994 08:49:37 GMT", 7s},
        Case{"Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:39 GMT", 9s},
        Case{"\"5\", \"6\"", 6s},
    };
    for (auto const& example : cases) expect_accepted_retry_after(example);
}

TEST(ParseRetryAfter, ReadsTheTimeSince1970) {
    // `now` is second 784111770.
    Case const cases[] = {
        Case{"784111777", 7s},
        Case{"784111777.25", 7250ms},
        Case{"784111777250", 7250ms},
        Case{" \"784111777\" ", 7s},
        Case{"784111770", 0s},
        Case{"784111769", 0s},
        Case{"784111769999", 0s},
        Case{"5, 784111777", 7s},
        // A day away at most.
        Case{"784025370", 0s},
        Case{"784025369", 24h},
        Case{"784198169", 24h - 1s},
        Case{"784198171", 24h},
        Case{"784025370000", 0s},
        Case{"784025369999", 24h},
        // The same number with a unit, or one that stands for no time near, is a wait.
        Case{"784111777s", 24h},
        Case{"1790000000", 24h}};
    for (auto const& example : cases) expect_accepted_retry_after(example);
    EXPECT_EQ(parse_retry_after("1790000000", sys_time<milliseconds>(1789999970s)), 30s);
    EXPECT_EQ(parse_retry_after("1790000000000", sys_time<milliseconds>(1789999970s)), 30s);
}

TEST(ParseRetryAfter, TakesAWaitForNoTimeWhereTheClockStandsNear1970) {
    sys_time<milliseconds> const near_1970{100s};
    EXPECT_EQ(parse_retry_after("120", near_1970), 120s);
    EXPECT_EQ(parse_retry_after("31622400", sys_time<milliseconds>(31622390s)), 24h);
    EXPECT_EQ(parse_retry_after("31622401", sys_time<milliseconds>(31622391s)), 10s);
}

void expect_refused_retry_after(std::string const& example) {
    EXPECT_EQ(parse_retry_after(example, now), std::nullopt) << example;
}

TEST(ParseRetryAfter, IgnoresAnythingElse) {
    std::string const cases[] = {
        "",
        " ",
        "-",
        "0x10",
        "soon",
        std::string("5\0", 2),
        "Sun, 06 Nov 1994 08:49:37 GMT+1",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nox 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sunday, 30-Feb-94 08:49:37 GMT",
        "Sun Nov 31 08:49:37 1994",
        "1.",
        ".5",
        "1,5x",
        "1e3",
        "5 fortnights",
        "5s5",
        "--5",
        "+-5",
        "\"5",
        "5\"",
        "\"",
        ",",
        "soon, 5",
        "in 30 seconds",
        "30; comment",
        "Sun",
        "Sun, 5",
        "Sun, 006 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 199 08:49:37 GMT",
        "Sun, 06Nov1994 08:49:37 GMT",
        "Sun, 06Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 08:49:37 EST",
        "Sun, 06 Nov 1994 08:49:37 +25:00",
        "Sun, 06 Nov 1994 08:49:37 GMT GMT",
        "Sun, Nov 06 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT" + std::string(40, ' ') + "x",
        "1m30",
        "30s1m",
        "1m1m",
        "1m 30",
        "1m,30x",
        "1m30s x",
        "1.m",
        "P",
        "PT",
        "P1DT",
        "P1",
        "PT30",
        "P30S",
        "PT1D",
        "PT30S1M",
        "PT-30S",
        "T30S",
        "P1H",
        "00:30",
        "0:0:30",
        "00:60:00",
        "00:00:61",
        "00:00:3",
        "00:00:300",
        "00:00:30.",
        ":00:30",
        "00 00:30",
        "00:0030",
        "1994-11-06",
        "1994-11-06T08:49:37"};
    for (auto const& example : cases) expect_refused_retry_after(example);
}

}  // namespace
}  // namespace otp
