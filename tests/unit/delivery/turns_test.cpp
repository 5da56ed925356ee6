#include "delivery/decide/turns.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace otp::delivery {
namespace {

using testing::ElementsAre;
using Order = std::vector<std::size_t>;
using Weights = std::vector<std::uint32_t>;

/// Who comes first in so many turns, as letters.
std::string first_ones(Turns const& turns, std::uint64_t count) {
    std::string letters;
    for (std::uint64_t turn = 0; turn < count; ++turn) {
        letters += static_cast<char>('a' + static_cast<char>(turns.order(turn).at(0)));
    }
    return letters;
}

TEST(Turns, InOrderAreAllAlike) {
    Turns const turns(RouteStrategy::in_order, Weights{1, 5, 1});
    for (std::uint64_t turn = 0; turn < 8; ++turn) {
        EXPECT_THAT(turns.order(turn), ElementsAre(0, 1, 2));
    }
}

TEST(Turns, RoundRobinBeginWithEachAndGoAroundTheEnd) {
    Turns const turns(RouteStrategy::round_robin, Weights{1, 5, 1, 1});
    EXPECT_THAT(turns.order(0), ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(turns.order(1), ElementsAre(1, 2, 3, 0));
    EXPECT_THAT(turns.order(2), ElementsAre(2, 3, 0, 1));
    EXPECT_THAT(turns.order(3), ElementsAre(3, 0, 1, 2));
    EXPECT_THAT(turns.order(4), ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(turns.order(std::numeric_limits<std::uint64_t>::max()), ElementsAre(3, 0, 1, 2));
}

TEST(Turns, OfOneCandidateAreAllAlike) {
    for (auto const strategy :
         {RouteStrategy::in_order, RouteStrategy::round_robin, RouteStrategy::weighted}) {
        Turns const turns(strategy, Weights{3});
        for (std::uint64_t turn = 0; turn < 4; ++turn) {
            EXPECT_THAT(turns.order(turn), ElementsAre(0));
        }
    }
}

// The first example is nginx's own, in the message of the commit that brought the algorithm.
TEST(Turns, WeightedAreSpreadEvenly) {
    EXPECT_EQ(first_ones(Turns(RouteStrategy::weighted, Weights{5, 1, 1}), 7), "aabacaa");
    EXPECT_EQ(first_ones(Turns(RouteStrategy::weighted, Weights{1, 1, 1}), 6), "abcabc");
    EXPECT_EQ(first_ones(Turns(RouteStrategy::weighted, Weights{1, 2}), 6), "babbab");
    EXPECT_EQ(first_ones(Turns(RouteStrategy::weighted, Weights{4, 3, 2}), 9), "abcabacba");
}

TEST(Turns, WeightedAreRepeatedAfterTheSumOfTheWeights) {
    Turns const turns(RouteStrategy::weighted, Weights{5, 1, 1});
    EXPECT_EQ(first_ones(turns, 21), "aabacaaaabacaaaabacaa");
    // 2^64 - 1 is 1 more than a multiple of 7.
    EXPECT_EQ(turns.order(std::numeric_limits<std::uint64_t>::max()), turns.order(1));
    EXPECT_EQ(turns.order(std::numeric_limits<std::uint64_t>::max() - 4), turns.order(4));
}

TEST(Turns, WeightedTheOthersFollowByWeight) {
    Turns const turns(RouteStrategy::weighted, Weights{1, 3, 2, 3});
    EXPECT_THAT(turns.order(0), ElementsAre(1, 3, 2, 0));
    EXPECT_THAT(turns.order(1), ElementsAre(3, 1, 2, 0));
    EXPECT_THAT(turns.order(2), ElementsAre(2, 1, 3, 0));
    for (std::uint64_t turn = 0; turn < 9; ++turn) {
        auto const order = turns.order(turn);
        if (order[0] == 0) {
            EXPECT_THAT(order, ElementsAre(0, 1, 3, 2)) << turn;
        }
    }
}

TEST(Turns, WeightedAsHeavyAsCanBeDoNotOverflow) {
    Turns const turns(RouteStrategy::weighted, Weights(100, 1000));
    EXPECT_EQ(turns.order(99'999).at(0), 99U);
    EXPECT_EQ(turns.order(100'000).at(0), 0U);
}

TEST(Turns, NameEachCandidateOnce) {
    std::mt19937_64 random(20261127);
    std::uniform_int_distribution<std::uint32_t> any_weight(1, 20);
    for (std::size_t count = 1; count <= 8; ++count) {
        Weights weights(count);
        for (auto& weight : weights) weight = any_weight(random);
        for (auto const strategy :
             {RouteStrategy::in_order, RouteStrategy::round_robin, RouteStrategy::weighted}) {
            Turns const turns(strategy, weights);
            for (int i = 0; i < 100; ++i) {
                auto order = turns.order(random());
                std::sort(order.begin(), order.end());
                Order expected(count);
                std::iota(expected.begin(), expected.end(), std::size_t{0});
                ASSERT_EQ(order, expected);
            }
        }
    }
}

// Never a whole turn ahead of its share: after t turns, somebody of weight w among a sum of s was
// first less than t * w / s + 1 times; and exactly w times whenever a period is over.
TEST(Turns, WeightedNobodyIsAheadOfItsShare) {
    std::mt19937_64 random(20261127);
    for (int round = 0; round < 200; ++round) {
        Weights weights(std::uniform_int_distribution<std::size_t>(1, 7)(random));
        std::uniform_int_distribution<std::uint32_t> any_weight(1, round % 2 == 0 ? 5 : 50);
        for (auto& weight : weights) weight = any_weight(random);
        auto const sum = std::accumulate(weights.begin(), weights.end(), 0U);
        Turns const turns(RouteStrategy::weighted, weights);
        std::vector<std::uint32_t> firsts(weights.size());
        for (std::uint32_t turn = 0; turn < 2 * sum; ++turn) {
            auto const first = turns.order(turn).at(0);
            ++firsts[first];
            ASSERT_LT(firsts[first] * sum, (turn + 1) * weights[first] + sum);
            if (turn + 1 == sum) {
                ASSERT_EQ(firsts, weights);
            }
        }
    }
}

// Of two, neither waits longer than its share says, rounded up.
TEST(Turns, WeightedOfTwoNeitherWaitsLongerThanItsShare) {
    for (std::uint32_t a = 1; a <= 12; ++a) {
        for (std::uint32_t b = 1; b <= 12; ++b) {
            Weights const weights{a, b};
            Turns const turns(RouteStrategy::weighted, weights);
            std::vector<std::uint32_t> last{0, 0};
            std::vector<bool> was_first{false, false};
            for (std::uint32_t turn = 0; turn < 3 * (a + b); ++turn) {
                auto const first = turns.order(turn).at(0);
                auto const longest = (a + b + weights[first] - 1) / weights[first];
                if (was_first[first]) {
                    ASSERT_LE(turn - last[first], longest) << a << ' ' << b;
                }
                last[first] = turn;
                was_first[first] = true;
            }
        }
    }
}

}  // namespace
}  // namespace otp::delivery
