#include "http/tls/trust_period.hpp"

#include <gtest/gtest.h>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using http::TrustPeriod;

/// Stands still where the test puts it.
class StandingClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const noexcept override { return monotonic; }
    [[nodiscard]] UtcTime utc_now() const noexcept override { return wall; }
    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(boost::asio::any_io_executor const&)
        override {
        return nullptr;
    }

    TimePoint monotonic{1000s};
    UtcTime wall{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}};
};

TEST(TrustPeriod, IsOverAtTheFirstOfItsEnds) {
    StandingClock clock;
    TrustPeriod const by_age{clock.monotonic + 1s, clock.wall + 2s};
    TrustPeriod const by_date{clock.monotonic + 2s, clock.wall + 1s};
    EXPECT_FALSE(by_age.is_over(clock));
    EXPECT_FALSE(by_date.is_over(clock));
    clock.monotonic += 1s;
    EXPECT_TRUE(by_age.is_over(clock));
    EXPECT_FALSE(by_date.is_over(clock));
    // The machine slept, or its clock was set.
    clock.wall += 1s;
    EXPECT_TRUE(by_date.is_over(clock));
}

TEST(TrustPeriod, EndsWithTheFirstOfItsEnds) {
    StandingClock const clock;
    auto const end = [&](TrustPeriod const& period) { return period.end_seen_from_now(clock); };
    EXPECT_EQ(end({clock.monotonic + 10s, clock.wall + 20s}), clock.monotonic + 10s);
    EXPECT_EQ(end({clock.monotonic + 20s, clock.wall + 10s}), clock.monotonic + 10s);
    EXPECT_EQ(end({clock.monotonic + 20s, clock.wall}), clock.monotonic);
    EXPECT_EQ(end({clock.monotonic + 20s, clock.wall - 9h}), clock.monotonic);
    EXPECT_EQ(end({clock.monotonic - 20s, clock.wall - 9h}), clock.monotonic - 20s);
    EXPECT_EQ(end({clock.monotonic - 20s, clock.wall + 9h}), clock.monotonic - 20s);
}

TEST(TrustPeriod, WithoutAnEndHasNone) {
    StandingClock const clock;
    EXPECT_EQ(TrustPeriod().end_seen_from_now(clock), Clock::TimePoint::max());
    EXPECT_FALSE(TrustPeriod().is_over(clock));
    // The last date that a certificate can name.
    Clock::UtcTime const last{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};
    TrustPeriod const long_one{Clock::TimePoint::max(), last};
    EXPECT_EQ(long_one.end_seen_from_now(clock), Clock::TimePoint::max());
    TrustPeriod const never{Clock::TimePoint::max(), Clock::UtcTime::min()};
    EXPECT_EQ(never.end_seen_from_now(clock), clock.monotonic);
}

}  // namespace
}  // namespace otp::test
