#include "delivery/decide/retry_budget.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace otp::delivery {
namespace {

using Kind = RetryBudget::Kind;

RetryBudget budget(
    std::uint32_t full, std::uint32_t retry_cost, std::uint32_t throttle_cost, std::uint32_t gain
) {
    RetryConfig config;
    config.budget = full;
    config.retry_cost = retry_cost;
    config.throttle_cost = throttle_cost;
    config.success_gain = gain;
    return RetryBudget(config);
}

TEST(RetryBudget, BeginsFull) {
    EXPECT_EQ(RetryBudget(RetryConfig()).left(), 500U);
    EXPECT_EQ(budget(7, 1, 1, 1).left(), 7U);
}

TEST(RetryBudget, EachKindTakesItsCost) {
    auto bucket = budget(100, 14, 5, 1);
    EXPECT_TRUE(bucket.take(Kind::retry));
    EXPECT_EQ(bucket.left(), 86U);
    EXPECT_TRUE(bucket.take(Kind::after_rest));
    EXPECT_EQ(bucket.left(), 81U);
}

TEST(RetryBudget, TheLastOfItMayBeTakenAndNoMore) {
    auto bucket = budget(28, 14, 5, 1);
    EXPECT_TRUE(bucket.take(Kind::retry));
    EXPECT_TRUE(bucket.may_take(Kind::retry));
    EXPECT_TRUE(bucket.take(Kind::retry));
    EXPECT_EQ(bucket.left(), 0U);
    EXPECT_FALSE(bucket.may_take(Kind::retry));
    EXPECT_FALSE(bucket.may_take(Kind::after_rest));
}

TEST(RetryBudget, ARefusedRepetitionTakesNothing) {
    auto bucket = budget(13, 14, 5, 1);
    EXPECT_FALSE(bucket.may_take(Kind::retry));
    EXPECT_FALSE(bucket.take(Kind::retry));
    EXPECT_EQ(bucket.left(), 13U);
    EXPECT_TRUE(bucket.may_take(Kind::after_rest));
    EXPECT_TRUE(bucket.take(Kind::after_rest));
    EXPECT_EQ(bucket.left(), 8U);
}

TEST(RetryBudget, AskingTakesNothing) {
    auto const bucket = budget(100, 14, 5, 1);
    EXPECT_TRUE(bucket.may_take(Kind::retry));
    EXPECT_EQ(bucket.left(), 100U);
}

TEST(RetryBudget, ASuccessPutsItsGainBack) {
    auto bucket = budget(100, 14, 5, 3);
    ASSERT_TRUE(bucket.take(Kind::retry));
    bucket.succeeded();
    EXPECT_EQ(bucket.left(), 89U);
}

TEST(RetryBudget, IsNeverMoreThanFull) {
    auto bucket = budget(100, 14, 5, 10);
    bucket.succeeded();
    EXPECT_EQ(bucket.left(), 100U);
    ASSERT_TRUE(bucket.take(Kind::after_rest));
    bucket.succeeded();
    EXPECT_EQ(bucket.left(), 100U);
}

TEST(RetryBudget, WhatCostsNothingIsAlwaysAllowed) {
    auto bucket = budget(0, 0, 1, 1);
    EXPECT_TRUE(bucket.may_take(Kind::retry));
    EXPECT_TRUE(bucket.take(Kind::retry));
    EXPECT_FALSE(bucket.take(Kind::after_rest));
    bucket.succeeded();
    EXPECT_FALSE(bucket.take(Kind::after_rest)) << "without a bucket there is nothing to put into";
    auto other = budget(0, 1, 0, 1);
    EXPECT_FALSE(other.take(Kind::retry));
    EXPECT_TRUE(other.take(Kind::after_rest));
}

TEST(RetryBudget, DoesNotOverflow) {
    constexpr auto most = std::numeric_limits<std::uint32_t>::max();
    auto bucket = budget(most, most - 1, 1, most);
    ASSERT_TRUE(bucket.take(Kind::retry));
    EXPECT_EQ(bucket.left(), 1U);
    bucket.succeeded();
    EXPECT_EQ(bucket.left(), most);
}

// 14 is for this: of each 14 requests that succeed, one may be repeated, beside the 35 that a full
// bucket holds.
TEST(RetryBudget, RepetitionsAreFewerThanATenthOfTheSuccessesAndAFullBucket) {
    std::mt19937_64 random(20261127);
    for (int history = 0; history < 200; ++history) {
        RetryBudget bucket{RetryConfig()};
        std::bernoulli_distribution succeeds(std::uniform_real_distribution<>(0, 1)(random));
        int successes = 0;
        int repetitions = 0;
        for (int call = 0; call < 2'000; ++call) {
            if (succeeds(random)) {
                bucket.succeeded();
                ++successes;
            } else if (bucket.take(Kind::retry)) {
                ++repetitions;
            }
            ASSERT_LE(bucket.left(), 500U);
            ASSERT_LE(repetitions, successes / 10.0 + 500 / 14.0);
            ASSERT_LE(repetitions * 14, successes + 500);
        }
        if (successes < 1'900) {
            EXPECT_GE(repetitions, 500 / 14) << "none is held back without need";
        }
    }
}

}  // namespace
}  // namespace otp::delivery
