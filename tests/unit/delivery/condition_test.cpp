// How an instance is, as all operations together have found it.

#include "delivery/roster/condition.hpp"

#include <gtest/gtest.h>
#include <thread>
#include <utility>
#include <vector>

namespace otp::delivery {
namespace {

using namespace std::chrono_literals;
using Verdict = Breaker::Verdict;

class ConditionOfInstance : public ::testing::Test {
protected:
    static Condition::Failure failure(Verdict verdict) {
        Condition::Failure failed;
        failed.category = ErrorCategory::provider_error;
        failed.verdict = verdict;
        return failed;
    }
    Condition::Changes fail(Condition::Failure const& failed) {
        return condition.fail(std::move(condition.begin().attempt), failed, now, 0.5);
    }
    Condition::Changes succeed() {
        return condition.succeed(std::move(condition.begin().attempt), now);
    }
    void open_breaker() {
        for (int failed = 0; failed < 5; ++failed) fail(failure(Verdict::could_not_connect));
    }

    DeliveryConfig config{};
    Condition condition{config};
    Clock::TimePoint now{1000s};
};

TEST_F(ConditionOfInstance, IsGoodAtFirst) {
    auto const availability = condition.availability(now);
    EXPECT_EQ(availability.breaker, BreakerState::closed);
    EXPECT_TRUE(availability.lets_through);
    EXPECT_EQ(availability.rests_until, Clock::TimePoint::min());
    EXPECT_TRUE(availability.may_repeat);
    EXPECT_TRUE(availability.may_repeat_after_rest);
    auto const health = condition.health(now);
    EXPECT_EQ(health.breaker, BreakerState::closed);
    EXPECT_EQ(health.reopens_in, std::nullopt);
    EXPECT_EQ(health.rests_for, std::nullopt);
    EXPECT_EQ(health.in_flight, 0U);
    EXPECT_EQ(health.budget_left, 500U);
    EXPECT_EQ(health.last_failure, std::nullopt);
    EXPECT_EQ(health.last_failure_ago, std::nullopt);
}

TEST_F(ConditionOfInstance, AttemptsCountAsUnderWayUntilTheyEnd) {
    {
        auto const first = condition.begin();
        auto second = condition.begin();
        EXPECT_EQ(condition.health(now).in_flight, 2U);
        condition.succeed(std::move(second.attempt), now);
        EXPECT_EQ(condition.health(now).in_flight, 1U);
        auto third = condition.begin();
        auto const moved = std::move(third.attempt);
        EXPECT_EQ(condition.health(now).in_flight, 2U);
    }
    // Those that nobody ended.
    EXPECT_EQ(condition.health(now).in_flight, 0U);
    fail(failure(Verdict::failed));
    EXPECT_EQ(condition.health(now).in_flight, 0U);
}

TEST_F(ConditionOfInstance, OpensReportsAndProbes) {
    for (int failed = 0; failed < 4; ++failed) {
        EXPECT_FALSE(fail(failure(Verdict::could_not_connect)).breaker);
    }
    auto const opened = fail(failure(Verdict::could_not_connect)).breaker;
    EXPECT_EQ(opened, (Breaker::Change{BreakerState::closed, BreakerState::open, 5s}));
    auto availability = condition.availability(now);
    EXPECT_EQ(availability.breaker, BreakerState::open);
    EXPECT_FALSE(availability.lets_through);
    EXPECT_EQ(availability.reopens_at, now + 5s);
    EXPECT_EQ(condition.health(now + 1s).reopens_in, 4s);

    now += 5s;
    EXPECT_TRUE(condition.availability(now).lets_through);
    auto probe = condition.begin();
    EXPECT_EQ(probe.change, (Breaker::Change{BreakerState::open, BreakerState::half_open}));
    EXPECT_FALSE(condition.availability(now).lets_through);
    EXPECT_FALSE(condition.succeed(std::move(probe.attempt), now).breaker);
    // The others are no news.
    EXPECT_FALSE(condition.begin().change);
    EXPECT_FALSE(succeed().breaker);
    EXPECT_EQ(succeed().breaker, (Breaker::Change{BreakerState::half_open, BreakerState::closed}));
}

TEST_F(ConditionOfInstance, AProbeThatNobodyEndsMakesRoomForTheNext) {
    open_breaker();
    now += 5s;
    static_cast<void>(condition.begin());
    EXPECT_TRUE(condition.availability(now).lets_through);
}

TEST_F(ConditionOfInstance, RestsAsItIsAskedTo) {
    auto asked = failure(Verdict::none);
    asked.asks_for_rest = true;
    asked.retry_after = 7s;
    EXPECT_EQ(fail(asked).rest, 7s);
    EXPECT_EQ(condition.availability(now).rests_until, now + 7s);
    EXPECT_EQ(condition.health(now + 2s).rests_for, 5s);
    EXPECT_FALSE(condition.health(now).usable());
    now += 7s;
    EXPECT_EQ(condition.availability(now).rests_until, Clock::TimePoint::min());
    EXPECT_TRUE(condition.health(now).usable());
    // Without a time of its own it rests twice as long as before.
    asked.retry_after.reset();
    EXPECT_EQ(fail(asked).rest, 1s);
    now += 1s;
    EXPECT_EQ(fail(asked).rest, 2s);
    now += 2s;
    succeed();
    EXPECT_EQ(fail(asked).rest, 1s);
}

TEST_F(ConditionOfInstance, ReportsOneRestOnce) {
    auto asked = failure(Verdict::none);
    asked.asks_for_rest = true;
    asked.retry_after = 2s;
    EXPECT_EQ(fail(asked).rest, 2s);
    EXPECT_FALSE(fail(asked).rest);
    // Longer by so much.
    asked.retry_after = 5s;
    EXPECT_EQ(fail(asked).rest, 3s);
    asked.retry_after = 0s;
    EXPECT_FALSE(fail(asked).rest);
}

TEST_F(ConditionOfInstance, RestsForNoOtherFailure) {
    EXPECT_FALSE(fail(failure(Verdict::failed)).rest);
    EXPECT_EQ(condition.health(now).rests_for, std::nullopt);
}

TEST_F(ConditionOfInstance, PaysRepetitionsOutOfOneBudget) {
    config.retry.budget = 20;
    Condition poor(config);
    EXPECT_TRUE(poor.take(RetryBudget::Kind::retry));
    EXPECT_EQ(poor.health(now).budget_left, 6U);
    EXPECT_FALSE(poor.availability(now).may_repeat);
    EXPECT_TRUE(poor.availability(now).may_repeat_after_rest);
    EXPECT_FALSE(poor.take(RetryBudget::Kind::retry));
    EXPECT_TRUE(poor.take(RetryBudget::Kind::after_rest));
    EXPECT_EQ(poor.health(now).budget_left, 1U);
    poor.succeed(std::move(poor.begin().attempt), now);
    EXPECT_EQ(poor.health(now).budget_left, 2U);
}

TEST_F(ConditionOfInstance, RemembersTheLastFailureThatCounts) {
    fail(failure(Verdict::failed));
    now += 3s;
    fail(failure(Verdict::good));
    fail(failure(Verdict::none));
    succeed();
    auto const health = condition.health(now);
    EXPECT_EQ(health.last_failure, ErrorCategory::provider_error);
    EXPECT_EQ(health.last_failure_ago, 3s);
}

TEST_F(ConditionOfInstance, IsIsolatedAndRestoredByHand) {
    EXPECT_EQ(
        condition.isolate(now), (Breaker::Change{BreakerState::closed, BreakerState::isolated})
    );
    EXPECT_FALSE(condition.isolate(now));
    EXPECT_FALSE(condition.availability(now).lets_through);
    EXPECT_FALSE(condition.health(now).usable());
    EXPECT_EQ(
        condition.restore(now), (Breaker::Change{BreakerState::isolated, BreakerState::closed})
    );
    EXPECT_FALSE(condition.restore(now));
    EXPECT_TRUE(condition.availability(now).lets_through);
}

TEST_F(ConditionOfInstance, MayBeAskedFromSeveralThreads) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int turn = 0; turn < 1000; ++turn) {
                succeed();
                fail(failure(Verdict::good));
                static_cast<void>(condition.availability(now));
                static_cast<void>(condition.health(now));
                static_cast<void>(condition.take(RetryBudget::Kind::after_rest));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(condition.health(now).in_flight, 0U);
}

}  // namespace
}  // namespace otp::delivery
