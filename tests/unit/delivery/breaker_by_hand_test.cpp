// What `isolate` and `restore` do.

#include "unit/delivery/breaker_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using BreakerByHand = BreakerTest;

TEST_F(BreakerByHand, IsolatedItLetsNothingThroughUntilItIsRestored) {
    EXPECT_EQ(breaker.isolate(now), (Change{BreakerState::closed, BreakerState::isolated}));
    EXPECT_EQ(state(), BreakerState::isolated);
    EXPECT_FALSE(lets_through());
    now += 24h;
    EXPECT_EQ(state(), BreakerState::isolated);
    EXPECT_FALSE(lets_through());
    EXPECT_EQ(breaker.restore(now), (Change{BreakerState::isolated, BreakerState::closed}));
    EXPECT_EQ(state(), BreakerState::closed);
    EXPECT_TRUE(lets_through());
}

TEST_F(BreakerByHand, DoneTwiceTheSecondChangesNothing) {
    EXPECT_EQ(breaker.restore(now), std::nullopt);
    breaker.isolate(now);
    EXPECT_EQ(breaker.isolate(now), std::nullopt);
    EXPECT_EQ(state(), BreakerState::isolated);
}

TEST_F(BreakerByHand, AnyStateMayBeLeft) {
    trip();
    EXPECT_EQ(breaker.isolate(now), (Change{BreakerState::open, BreakerState::isolated}));
    breaker.restore(now);
    trip_and_wait();
    EXPECT_EQ(breaker.isolate(now), (Change{BreakerState::half_open, BreakerState::isolated}));
    breaker.restore(now);
    trip();
    EXPECT_EQ(breaker.restore(now), (Change{BreakerState::open, BreakerState::closed}));
    trip_and_wait();
    EXPECT_EQ(breaker.restore(now), (Change{BreakerState::half_open, BreakerState::closed}));
    trip_and_wait();
    auto const probe = breaker.begin();
    EXPECT_EQ(breaker.restore(now), (Change{BreakerState::half_open, BreakerState::closed}));
    EXPECT_EQ(end(probe, Verdict::failed), std::nullopt);
    EXPECT_EQ(state(), BreakerState::closed);
}

TEST_F(BreakerByHand, WhatBeganBeforeChangesNothing) {
    auto const early = breaker.begin();
    auto const other = breaker.begin();
    breaker.isolate(now);
    for (int i = 0; i < 9; ++i) EXPECT_EQ(end(early, Verdict::could_not_connect), std::nullopt);
    EXPECT_EQ(state(), BreakerState::isolated);
    breaker.restore(now);
    for (int i = 0; i < 9; ++i) EXPECT_EQ(end(other, Verdict::could_not_connect), std::nullopt);
    EXPECT_EQ(state(), BreakerState::closed);
}

TEST_F(BreakerByHand, IsolatedOnlyRestoreEndsIt) {
    breaker.isolate(now);
    for (int i = 0; i < 9; ++i) EXPECT_EQ(call(Verdict::failed), std::nullopt);
    for (int i = 0; i < 9; ++i) EXPECT_EQ(call(Verdict::good), std::nullopt);
    EXPECT_EQ(state(), BreakerState::isolated);
}

TEST_F(BreakerByHand, RestoredItRemembersNothing) {
    call(Verdict::could_not_connect);
    call(Verdict::could_not_connect);
    EXPECT_EQ(breaker.restore(now), std::nullopt) << "it was closed";
    EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt) << "neither the row";
    EXPECT_EQ(call(Verdict::good), std::nullopt) << "nor the window";
    breaker.restore(now);
    trip_and_wait();
    call(Verdict::failed);
    breaker.restore(now);
    EXPECT_EQ(trip().open_for, 5s) << "nor how often it was open";
}

}  // namespace
}  // namespace otp::test
