#include "delivery/decide/backoff.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace otp::delivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr double highest_draw = 1 - std::numeric_limits<double>::epsilon() / 2;

RetryConfig config(milliseconds base_delay, double factor, milliseconds max_delay) {
    RetryConfig made;
    made.base_delay = base_delay;
    made.factor = factor;
    made.max_delay = max_delay;
    return made;
}

TEST(Backoff, IsTheDrawnShareOfALengthThatGrows) {
    auto const grows = config(80ms, 3, 60s);
    EXPECT_EQ(backoff_delay(grows, 1, 0.5), 40ms);
    EXPECT_EQ(backoff_delay(grows, 2, 0.5), 120ms);
    EXPECT_EQ(backoff_delay(grows, 3, 0.5), 360ms);
    EXPECT_EQ(backoff_delay(grows, 3, 0.25), 180ms);
}

TEST(Backoff, GrowsUpToTheLongest) {
    RetryConfig const standard;
    EXPECT_EQ(backoff_delay(standard, 6, 0.5), 800ms);
    EXPECT_EQ(backoff_delay(standard, 7, 0.5), 1000ms);
    EXPECT_EQ(backoff_delay(standard, 8, 0.5), 1000ms);
}

TEST(Backoff, IsDrawnFromZeroToBelowTheLongest) {
    auto const one_second = config(1000ms, 1, 2000ms);
    EXPECT_EQ(backoff_delay(one_second, 1, 0), 0ms);
    EXPECT_EQ(backoff_delay(one_second, 1, highest_draw), 999ms);
    EXPECT_EQ(backoff_delay(one_second, 9, highest_draw), 999ms);
}

TEST(Backoff, IsNeverLongerThanTheLongestThoughItBeginsThere) {
    EXPECT_EQ(backoff_delay(config(5000ms, 2, 1000ms), 1, 0.5), 500ms);
}

TEST(Backoff, DoesNotOverflow) {
    constexpr auto most = std::numeric_limits<std::size_t>::max();
    EXPECT_EQ(backoff_delay(config(1h, 10, 1h), most, 0.5), 30min);
    EXPECT_EQ(backoff_delay(config(1ms, 1, 1h), most, highest_draw), 0ms);
    auto const longest = backoff_delay(
        config(milliseconds::max(), std::numeric_limits<double>::max(), milliseconds::max()),
        most,
        highest_draw
    );
    EXPECT_GT(longest, milliseconds::max() / 2);
    EXPECT_EQ(backoff_delay(config(0ms, 10, 1h), most, 0.5), 30min) << "0 times infinity";
}

TEST(Backoff, IsWithinItsBoundsForAnyConfiguration) {
    std::mt19937_64 random(20261127);
    std::uniform_int_distribution<milliseconds::rep> any_delay(1, 3'600'000);
    std::uniform_real_distribution<double> any_factor(1, 10);
    std::uniform_real_distribution<double> any_draw(0, 1);
    for (int round = 0; round < 10'000; ++round) {
        auto const any = config(
            milliseconds(any_delay(random)), any_factor(random), milliseconds(any_delay(random))
        );
        auto longest = std::chrono::duration<double, std::milli>(any.base_delay);
        for (std::size_t repetition = 1; repetition <= 9; ++repetition) {
            auto const bound = std::min<decltype(longest)>(longest, any.max_delay);
            auto const draw = any_draw(random);
            auto const delay = backoff_delay(any, repetition, draw);
            // A whole number of milliseconds, and not longer than drawn.
            EXPECT_LE(delay, bound * draw + 1us);
            EXPECT_GT(delay + 1ms, bound * draw - 1us);
            longest *= any.factor;
        }
    }
}

}  // namespace
}  // namespace otp::delivery
