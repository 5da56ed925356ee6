#include <otp/seam/time_after.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <limits>

namespace otp {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;
using Nanoseconds = Time::duration;
using std::chrono::hours;
using std::chrono::milliseconds;

constexpr Time at(std::int64_t nanoseconds) {
    return Time(Nanoseconds(nanoseconds));
}

TEST(TimeAfter, AddsWhatFits) {
    EXPECT_EQ(time_after(at(7), 1ms), at(1'000'007));
    EXPECT_EQ(time_after(at(7), 0ms), at(7));
    EXPECT_EQ(time_after(at(7), -1ms), at(-999'993));
    EXPECT_EQ(time_after(at(-7), 7ns), at(0));
    EXPECT_EQ(time_after(at(0), Nanoseconds::max()), Time::max());
    EXPECT_EQ(time_after(Time::max(), 0h), Time::max());
    EXPECT_EQ(time_after(Time::max(), -1ns), Time::max() - 1ns);
    EXPECT_EQ(time_after(Time::min(), 1ns), Time::min() + 1ns);
}

TEST(TimeAfter, EndsWhereTheClockEnds) {
    for (auto const begin : {at(0), at(1), at(1'000'000'000'000), Time::max() - 1ns, Time::max()}) {
        EXPECT_EQ(time_after(begin, milliseconds::max()), Time::max());
        EXPECT_EQ(time_after(begin, hours::max()), Time::max());
        EXPECT_EQ(time_after(begin, hours(24 * 365 * 300)), Time::max());
    }
    EXPECT_EQ(time_after(at(1), Nanoseconds::max()), Time::max());
    EXPECT_EQ(time_after(Time::max(), 1ns), Time::max());
    EXPECT_EQ(time_after(Time::max(), 1ms), Time::max());
}

TEST(TimeAfter, BeginsWhereTheClockBegins) {
    for (auto const begin : {at(0), at(-1), Time::min() + 1ns, Time::min()}) {
        EXPECT_EQ(time_after(begin, milliseconds::min()), Time::min());
        EXPECT_EQ(time_after(begin, -milliseconds::max()), Time::min());
    }
    EXPECT_EQ(time_after(Time::min(), -1ns), Time::min());
}

TEST(TimeAfter, GoesOnFromBeforeTheEpoch) {
    // The end of time minus such a begin would not fit.
    EXPECT_EQ(time_after(Time::min(), 24h), Time::min() + 24h);
    EXPECT_EQ(time_after(at(-1'000'000), 1ms), at(0));
}

TEST(TimeAfter, ServesWallTimeToo) {
    using Utc = std::chrono::sys_time<milliseconds>;
    EXPECT_EQ(time_after(Utc(5ms), std::chrono::minutes::max()), Utc::max());
    EXPECT_EQ(time_after(Utc(5ms), 1min), Utc(60'005ms));
}

static_assert(time_after(at(0), milliseconds::max()) == Time::max());

}  // namespace
}  // namespace otp
