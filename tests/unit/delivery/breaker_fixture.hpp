#pragma once

#include "delivery/decide/breaker.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <optional>

namespace otp::test {

using Verdict = delivery::Breaker::Verdict;
using Change = delivery::Breaker::Change;

/// A breaker with small numbers and its own time. Jitter is left out: a draw of 0.5 is none.
class BreakerTest : public ::testing::Test {
protected:
    using Breaker = delivery::Breaker;

    static BreakerConfig small_numbers() {
        BreakerConfig config;
        config.failure_ratio = 0.5;
        config.minimum_calls = 4;
        config.window = std::chrono::seconds(10);
        config.connection_failures = 3;
        config.open = std::chrono::seconds(5);
        config.max_open = std::chrono::seconds(18);
        config.good_probes = 2;
        return config;
    }

    std::optional<Change> end(Breaker::Ticket ticket, Verdict verdict) {
        return breaker.end(ticket, verdict, now, 0.5);
    }
    /// Begun and ended at once.
    std::optional<Change> call(Verdict verdict) { return end(breaker.begin(), verdict); }

    /// From closed to open.
    Change trip() {
        for (int i = 0; i < 2; ++i) EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt);
        auto const change = call(Verdict::could_not_connect);
        EXPECT_TRUE(change);
        return change.value_or(Change{BreakerState::closed, BreakerState::closed});
    }
    /// From closed to open, and its time is over.
    void trip_and_wait() {
        trip();
        now = breaker.reopens_at();
    }
    void close_by_probes() {
        EXPECT_EQ(call(Verdict::good), std::nullopt);
        EXPECT_EQ(call(Verdict::good), (Change{BreakerState::half_open, BreakerState::closed}));
    }

    [[nodiscard]] BreakerState state() const { return breaker.state(now); }
    [[nodiscard]] bool lets_through() const { return breaker.lets_through(now); }

    // Where a slice of the window begins.
    Breaker::TimePoint now{std::chrono::hours(1)};
    Breaker breaker{small_numbers()};
};

}  // namespace otp::test
