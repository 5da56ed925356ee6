#include <otp/iso8601.hpp>

#include <gtest/gtest.h>
#include <string>

namespace otp {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year;
using Time = sys_time<milliseconds>;

constexpr Time day = sys_days(year(2026) / 3 / 9);

struct Case {
    char const* text;
    Time expected;
};

void expect_accepted_date_time(Case const& example) {
    auto const time = parse_iso8601(example.text);
    ASSERT_TRUE(time) << example.text;
    EXPECT_EQ(time->time_since_epoch().count(), example.expected.time_since_epoch().count())
        << example.text;
}

TEST(ParseIso8601, ReadsDateTimes) {
    Case const cases[] = {
        Case{"2026-03-09T20:46:31.305Z", day + 20h + 46min + 31s + 305ms},
        Case{"2026-03-09T20:46:31Z", day + 20h + 46min + 31s},
        Case{"2026-03-09t20:46:31z", day + 20h + 46min + 31s},
        Case{"2026-03-09T20:46:31.5Z", day + 20h + 46min + 31s + 500ms},
        Case{"2026-03-09T20:46:31.05Z", day + 20h + 46min + 31s + 50ms},
        Case{"2026-03-09T20:46:31.123999999Z", day + 20h + 46min + 31s + 123ms},
        Case{"2026-03-09T20:46:31.12345678901234567890Z", day + 20h + 46min + 31s + 123ms},
        Case{"2026-03-09T05:30:00+05:30", day},
        Case{"2026-03-08T16:00:00-08:00", day},
        Case{"2026-03-09T00:00:00-00:00", day},
        Case{"2026-03-09T23:59:00+23:59", day},
        Case{"2026-03-08T23:59:60Z", day},
        Case{"1970-01-01T00:00:00Z", Time()},
        Case{"1969-12-31T23:59:59.999Z", Time(-1ms)},
        Case{"2024-02-29T00:00:00Z", sys_days(year(2024) / 2 / 29)},
        Case{"0000-01-01T00:00:00Z", sys_days(year(0) / 1 / 1)},
        Case{"9999-12-31T23:59:59.999Z", Time(sys_days(year(10000) / 1 / 1)) - 1ms}};
    for (auto const& example : cases) expect_accepted_date_time(example);
}

void expect_refused_date_time(std::string const& example) {
    EXPECT_EQ(parse_iso8601(example), std::nullopt) << example;
}

TEST(ParseIso8601, RefusesAnythingElse) {
    std::string const cases[] = {
        "",
        "2026",
        "2026-03-09",
        "2026-03-09T20:46Z",
        "2026-03-09T20:46:31",
        "2026-03-09T20:46:31.305",
        "2026-03-09T20:46:31.Z",
        "2026-03-09T20:46:31,305Z",
        "2026-03-09 20:46:31Z",
        "2026-03-09T20:46:31ZZ",
        "2026-03-09T20:46:31Z ",
        " 2026-03-09T20:46:31Z",
        "2026-03-09T20:46:31+0530",
        "2026-03-09T20:46:31+05",
        "2026-03-09T20:46:31+24:00",
        "2026-03-09T20:46:31+05:60",
        "2026-03-09T20:46:31GMT",
        "2026-13-09T20:46:31Z",
        "2026-00-09T20:46:31Z",
        "2026-02-29T20:46:31Z",
        "2026-04-31T20:46:31Z",
        "2026-03-00T20:46:31Z",
        "2026-03-09T24:00:00Z",
        "2026-03-09T20:60:31Z",
        "2026-03-09T20:46:61Z",
        "2026-3-9T20:46:31Z",
        "20260309T204631Z",
        "+2026-03-09T20:46:31Z",
        "-026-03-09T20:46:31Z",
        "2026-03-09T2a:46:31Z",
        std::string("2026-03-09T20:46:31Z\0", 21)};
    for (auto const& example : cases) expect_refused_date_time(example);
}

TEST(FormatIso8601, WritesUtcWithMilliseconds) {
    EXPECT_EQ(format_iso8601(day + 20h + 46min + 31s + 305ms), "2026-03-09T20:46:31.305Z");
    EXPECT_EQ(format_iso8601(Time()), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(format_iso8601(Time(-1ms)), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(format_iso8601(sys_days(year(7) / 1 / 2) + 3h), "0007-01-02T03:00:00.000Z");
}

TEST(FormatIso8601, StaysWithinWhatTheFormatCanSay) {
    EXPECT_EQ(format_iso8601(Time::max()), "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(format_iso8601(Time::min()), "0000-01-01T00:00:00.000Z");
}

TEST(FormatIso8601, IsReadBack) {
    for (auto time = day; time < day + 24h * 366; time += 7h + 13min + 11s + 7ms) {
        EXPECT_EQ(parse_iso8601(format_iso8601(time)), time);
    }
}

}  // namespace
}  // namespace otp
