// What opens a breaker.

#include "unit/delivery/breaker_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using BreakerClosed = BreakerTest;

constexpr Change opened{BreakerState::closed, BreakerState::open, 5000ms};

TEST_F(BreakerClosed, LetsEverythingThrough) {
    EXPECT_EQ(state(), BreakerState::closed);
    EXPECT_TRUE(lets_through());
    auto const first = breaker.begin();
    EXPECT_FALSE(first.is_probe());
    EXPECT_FALSE(first.is_first_probe());
    EXPECT_TRUE(lets_through());
    EXPECT_FALSE(breaker.begin().is_probe());
}

TEST_F(BreakerClosed, OpensAtTheRatioOfEnoughCalls) {
    EXPECT_EQ(call(Verdict::failed), std::nullopt);
    EXPECT_EQ(call(Verdict::good), std::nullopt);
    EXPECT_EQ(call(Verdict::good), std::nullopt);
    EXPECT_EQ(call(Verdict::failed), opened);
    EXPECT_EQ(state(), BreakerState::open);
    EXPECT_FALSE(lets_through());
}

TEST_F(BreakerClosed, StaysClosedBelowTheRatio) {
    for (auto const verdict : {Verdict::failed, Verdict::good, Verdict::good, Verdict::good}) {
        EXPECT_EQ(call(verdict), std::nullopt);
    }
    EXPECT_EQ(call(Verdict::failed), std::nullopt) << "2 of 5";
    EXPECT_EQ(call(Verdict::failed), opened) << "3 of 6";
}

TEST_F(BreakerClosed, StaysClosedWithTooFewCalls) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(call(Verdict::failed), std::nullopt);
    EXPECT_EQ(state(), BreakerState::closed);
    EXPECT_EQ(call(Verdict::good), opened) << "even a good one makes them enough";
}

// 0.07 * 100 is a little more than 7 in binary.
TEST_F(BreakerClosed, OpensExactlyAtTheRatioThatIsWritten) {
    for (int percent = 1; percent <= 100; ++percent) {
        auto config = small_numbers();
        config.failure_ratio = percent / 100.0;
        config.minimum_calls = 100;
        for (int const missing : {0, 1}) {
            Breaker judged(config);
            for (int i = 0; i < 100; ++i) {
                auto const verdict = i < percent - missing ? Verdict::failed : Verdict::good;
                judged.end(judged.begin(), verdict, now, 0.5);
            }
            EXPECT_EQ(judged.lets_through(now), missing == 1) << percent;
        }
    }
}

TEST_F(BreakerClosed, WhatIsOlderThanTheWindowDoesNotCount) {
    for (int i = 0; i < 3; ++i) call(Verdict::failed);
    now += 10s;
    EXPECT_EQ(call(Verdict::failed), std::nullopt);
    now += 9s;
    for (int i = 0; i < 2; ++i) EXPECT_EQ(call(Verdict::failed), std::nullopt);
    EXPECT_EQ(call(Verdict::failed), opened);
}

TEST_F(BreakerClosed, ACallCountsWhenItEnds) {
    auto const slow = breaker.begin();
    for (int i = 0; i < 2; ++i) call(Verdict::failed);
    now += 10s;
    EXPECT_EQ(end(slow, Verdict::failed), std::nullopt);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(call(Verdict::failed), std::nullopt);
    EXPECT_EQ(call(Verdict::failed), opened);
}

TEST_F(BreakerClosed, OpensAfterSoManyConnectionFailuresInARow) {
    EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt);
    EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt);
    EXPECT_EQ(call(Verdict::could_not_connect), opened);
}

TEST_F(BreakerClosed, TheRowMayTakeLongerThanTheWindow) {
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt);
        now += 1h;
    }
    EXPECT_EQ(call(Verdict::could_not_connect), opened);
}

TEST_F(BreakerClosed, AnyOtherVerdictEndsTheRow) {
    for (auto const verdict : {Verdict::good, Verdict::failed}) {
        Breaker judged(small_numbers());
        auto const ended = [&](Verdict one) { return judged.end(judged.begin(), one, now, 0.5); };
        for (auto const one :
             {Verdict::could_not_connect,
              Verdict::could_not_connect,
              verdict,
              Verdict::could_not_connect,
              Verdict::could_not_connect}) {
            // Far apart, so that the window has no part in it.
            now += 1h;
            EXPECT_EQ(ended(one), std::nullopt);
        }
        now += 1h;
        EXPECT_EQ(ended(Verdict::could_not_connect), opened);
    }
}

TEST_F(BreakerClosed, AConnectionFailureCountsAsFailedToo) {
    EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt);
    EXPECT_EQ(call(Verdict::good), std::nullopt);
    EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt);
    EXPECT_EQ(call(Verdict::good), opened);
}

TEST_F(BreakerClosed, WhatSaysNothingCountsForNothing) {
    for (int i = 0; i < 3; ++i) call(Verdict::failed);
    for (int i = 0; i < 9; ++i) EXPECT_EQ(call(Verdict::none), std::nullopt);
    EXPECT_EQ(state(), BreakerState::closed) << "they are no calls";
    now += 1h;
    call(Verdict::could_not_connect);
    call(Verdict::could_not_connect);
    EXPECT_EQ(call(Verdict::none), std::nullopt);
    EXPECT_EQ(call(Verdict::could_not_connect), opened) << "they end no row";
}

}  // namespace
}  // namespace otp::test
