// How long a breaker stays open, and what ends meanwhile.

#include "unit/delivery/breaker_fixture.hpp"

#include <limits>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using BreakerOpen = BreakerTest;

constexpr double highest_draw = 1 - std::numeric_limits<double>::epsilon() / 2;

TEST_F(BreakerOpen, LetsNothingThroughUntilItsTimeIsOver) {
    auto const begun = now;
    EXPECT_EQ(trip(), (Change{BreakerState::closed, BreakerState::open, 5000ms}));
    EXPECT_EQ(breaker.reopens_at(), begun + 5s);
    now += 5s - 1ns;
    EXPECT_EQ(state(), BreakerState::open);
    EXPECT_FALSE(lets_through());
    now += 1ns;
    EXPECT_EQ(state(), BreakerState::half_open);
    EXPECT_TRUE(lets_through());
}

TEST_F(BreakerOpen, JitterIsATenthAtMostEitherWay) {
    struct Case {
        double draw;
        std::chrono::milliseconds open_for;
    };
    for (auto const& [draw, open_for] :
         {Case{0, 4500ms}, Case{0.25, 4750ms}, Case{0.5, 5000ms}, Case{highest_draw, 5500ms}}) {
        Breaker jittered(small_numbers());
        std::optional<Change> change;
        for (int i = 0; i < 3; ++i) {
            change = jittered.end(jittered.begin(), Verdict::could_not_connect, now, draw);
        }
        EXPECT_EQ(change, (Change{BreakerState::closed, BreakerState::open, open_for}));
        EXPECT_EQ(jittered.reopens_at(), now + open_for);
    }
}

TEST_F(BreakerOpen, TheShortestIsNotNothing) {
    auto config = small_numbers();
    config.open = 1ms;
    config.connection_failures = 1;
    Breaker jittered(config);
    auto const change = jittered.end(jittered.begin(), Verdict::could_not_connect, now, 0);
    EXPECT_EQ(change, (Change{BreakerState::closed, BreakerState::open, 1ms}));
}

TEST_F(BreakerOpen, LastsTwiceAsLongAfterEachFailedProbe) {
    trip_and_wait();
    for (auto const open_for : {10'000ms, 18'000ms, 18'000ms}) {
        EXPECT_EQ(
            call(Verdict::failed), (Change{BreakerState::half_open, BreakerState::open, open_for})
        );
        EXPECT_EQ(breaker.reopens_at(), now + open_for);
        EXPECT_EQ(state(), BreakerState::open);
        now = breaker.reopens_at();
    }
}

TEST_F(BreakerOpen, JitterDoesNotAddUp) {
    trip_and_wait();
    auto const at_most = breaker.end(breaker.begin(), Verdict::failed, now, highest_draw);
    EXPECT_EQ(at_most.value().open_for, 11'000ms);
    now = breaker.reopens_at();
    auto const longest = breaker.end(breaker.begin(), Verdict::failed, now, highest_draw);
    EXPECT_EQ(longest.value().open_for, 19'800ms) << "a tenth more than max_open";
    now = breaker.reopens_at();
    EXPECT_EQ(call(Verdict::failed).value().open_for, 18'000ms);
}

TEST_F(BreakerOpen, IsNotOpenLongerThanTheLongestThoughItBeginsThere) {
    auto config = small_numbers();
    config.open = 1min;
    breaker = Breaker(config);
    EXPECT_EQ(trip().open_for, 18s);
    breaker.restore(now);
    EXPECT_EQ(trip().open_for, 18s);
}

TEST_F(BreakerOpen, ClosedByProbesItsNextOpeningIsAsShortAsTheFirst) {
    trip_and_wait();
    call(Verdict::failed);
    now = breaker.reopens_at();
    close_by_probes();
    EXPECT_EQ(trip().open_for, 5s);
    now = breaker.reopens_at();
    EXPECT_EQ(call(Verdict::failed).value().open_for, 10s);
}

TEST_F(BreakerOpen, WhatBeganBeforeItOpenedChangesNothing) {
    auto const late = breaker.begin();
    auto const later = breaker.begin();
    auto const latest = breaker.begin();
    trip();
    auto const reopens_at = breaker.reopens_at();
    EXPECT_EQ(end(late, Verdict::failed), std::nullopt);
    EXPECT_EQ(breaker.reopens_at(), reopens_at);
    now = reopens_at;
    EXPECT_EQ(end(later, Verdict::good), std::nullopt);
    EXPECT_EQ(call(Verdict::good), std::nullopt) << "the late one was no probe";
    EXPECT_EQ(call(Verdict::good), (Change{BreakerState::half_open, BreakerState::closed}));
    // Nor what began in an earlier time of being closed.
    call(Verdict::could_not_connect);
    call(Verdict::could_not_connect);
    EXPECT_EQ(end(latest, Verdict::could_not_connect), std::nullopt);
    EXPECT_EQ(state(), BreakerState::closed);
}

}  // namespace
}  // namespace otp::test
