#include "delivery/decide/rest.hpp"

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <optional>
#include <random>

namespace otp::delivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using TimePoint = Rest::TimePoint;

constexpr TimePoint start{1h};

RetryConfig config(milliseconds rest, milliseconds max_rest, milliseconds max_retry_after) {
    RetryConfig made;
    made.rest = rest;
    made.max_rest = max_rest;
    made.max_retry_after = max_retry_after;
    return made;
}

TEST(Rest, IsOverBeforeItEverBegan) {
    Rest const rest{RetryConfig()};
    EXPECT_TRUE(rest.is_over(TimePoint()));
    EXPECT_TRUE(rest.is_over(TimePoint::min()));
    EXPECT_EQ(rest.until(), TimePoint::min());
}

TEST(Rest, LastsAsLongAsTheFirstOne) {
    Rest rest{RetryConfig()};
    EXPECT_EQ(rest.begin(start, std::nullopt), 1s);
    EXPECT_EQ(rest.until(), start + 1s);
    EXPECT_FALSE(rest.is_over(start));
    EXPECT_FALSE(rest.is_over(start + 1s - 1ns));
    EXPECT_TRUE(rest.is_over(start + 1s));
}

TEST(Rest, LastsAsLongAsTheInstanceSays) {
    Rest rest{RetryConfig()};
    EXPECT_EQ(rest.begin(start, 17s), 17s);
    EXPECT_EQ(rest.until(), start + 17s);
    EXPECT_EQ(rest.begin(rest.until(), 250ms), 250ms);
    EXPECT_EQ(rest.until(), start + 17s + 250ms);
}

TEST(Rest, IsNotLongerThanTheLongestThatMayBeAskedFor) {
    Rest rest{RetryConfig()};
    EXPECT_EQ(rest.begin(start, 300'000ms), 300s);
    Rest other{RetryConfig()};
    EXPECT_EQ(other.begin(start, 300'001ms), 300s);
    EXPECT_EQ(other.until(), start + 300s);
    Rest last{RetryConfig()};
    EXPECT_EQ(last.begin(start, milliseconds::max()), 300s);
}

TEST(Rest, OfNoTimeOrLessIsOverAtOnce) {
    for (auto const retry_after : {0ms, -5000ms, milliseconds::min()}) {
        Rest rest{RetryConfig()};
        EXPECT_EQ(rest.begin(start, retry_after), 0ms);
        EXPECT_TRUE(rest.is_over(start));
        EXPECT_EQ(rest.until(), start);
    }
}

TEST(Rest, DoublesWithEachFurtherAnswerUpToTheLongest) {
    Rest rest{config(300ms, 1000ms, 1h)};
    auto now = start;
    for (auto const expected : {300ms, 600ms, 1000ms, 1000ms, 1000ms}) {
        EXPECT_EQ(rest.begin(now, std::nullopt), expected);
        now = rest.until();
    }
}

TEST(Rest, IsNeverLongerThanTheLongestThoughItBeginsThere) {
    Rest rest{config(5s, 2s, 1h)};
    EXPECT_EQ(rest.begin(start, std::nullopt), 2s);
    EXPECT_EQ(rest.begin(start + 2s, std::nullopt), 2s);
}

TEST(Rest, ASuccessMakesTheNextOneAsShortAsTheFirst) {
    Rest rest{RetryConfig()};
    rest.begin(start, std::nullopt);
    EXPECT_EQ(rest.begin(start + 1s, std::nullopt), 2s);
    rest.succeeded();
    EXPECT_EQ(rest.until(), start + 3s) << "a rest under way goes on";
    EXPECT_EQ(rest.begin(start + 3s, std::nullopt), 1s);
    EXPECT_EQ(rest.begin(start + 4s, std::nullopt), 2s) << "and doubles again";
}

TEST(Rest, WhatTheInstanceSaysDoesNotDouble) {
    Rest rest{RetryConfig()};
    rest.begin(start, 4s);
    rest.begin(start + 4s, 4s);
    EXPECT_EQ(rest.begin(start + 8s, std::nullopt), 1s);
    EXPECT_EQ(rest.begin(start + 9s, 4s), 4s);
    EXPECT_EQ(rest.begin(start + 13s, std::nullopt), 2s);
}

TEST(Rest, AnswersToRequestsThatWereUnderWayDoNotDouble) {
    Rest rest{RetryConfig()};
    rest.begin(start, std::nullopt);
    EXPECT_EQ(rest.begin(start, std::nullopt), 1s);
    EXPECT_EQ(rest.begin(start + 999ms, std::nullopt), 1s);
    EXPECT_EQ(rest.until(), start + 1999ms);
    EXPECT_EQ(rest.begin(start + 1999ms, std::nullopt), 2s) << "this one came afterwards";
    EXPECT_EQ(rest.begin(start + 2s, std::nullopt), 2s);
    EXPECT_EQ(rest.begin(start + 4s, std::nullopt), 4s);
}

TEST(Rest, IsNotShortened) {
    Rest rest{RetryConfig()};
    rest.begin(start, 60s);
    EXPECT_EQ(rest.begin(start + 10s, std::nullopt), 50s);
    EXPECT_EQ(rest.begin(start + 20s, 5s), 40s);
    EXPECT_EQ(rest.begin(start + 30s, 0s), 30s);
    EXPECT_EQ(rest.until(), start + 60s);
    EXPECT_EQ(rest.begin(start + 40s, 21s), 21s) << "but may become longer";
}

TEST(Rest, WhatIsLeftIsRoundedUp) {
    Rest rest{RetryConfig()};
    rest.begin(start, 10s);
    EXPECT_EQ(rest.begin(start + 1ns, 1s), 10s);
    EXPECT_EQ(rest.begin(start + 1ms, 1s), 9999ms);
}

/// What the rules say, word by word.
struct RestByTheBook {
    RetryConfig config;
    TimePoint until{TimePoint::min()};
    int doublings{0};
    bool has_rested{false};

    void begin(TimePoint now, std::optional<milliseconds> retry_after) {
        if (!retry_after && has_rested && now >= until) ++doublings;
        auto length = std::min(config.rest, config.max_rest);
        for (int i = 0; i < doublings; ++i) length = std::min(2 * length, config.max_rest);
        if (retry_after) length = std::min(*retry_after, config.max_retry_after);
        if (!retry_after) has_rested = true;
        if (now + length > until) until = now + length;
    }
    void succeeded() {
        doublings = 0;
        has_rested = false;
    }
};

TEST(Rest, GoesByTheBookInAnyHistory) {
    std::mt19937_64 random(20261127);
    auto const below = [&random](int end) {
        return std::uniform_int_distribution<>(0, end - 1)(random);
    };
    for (int history = 0; history < 500; ++history) {
        auto const any =
            config(milliseconds(1 + below(50)), milliseconds(1 + below(400)), milliseconds(200));
        Rest rest(any);
        RestByTheBook book{any};
        auto now = start;
        for (int step = 0; step < 200; ++step) {
            bool const to_the_end = below(3) == 0;
            now = to_the_end ? std::max(now, book.until) : now + milliseconds(below(60));
            auto const before = book.until;
            switch (below(5)) {
                case 0:
                    rest.succeeded();
                    book.succeeded();
                    break;
                case 1: {
                    milliseconds const retry_after(below(300));
                    book.begin(now, retry_after);
                    EXPECT_EQ(rest.begin(now, retry_after), book.until - now);
                    break;
                }
                default:
                    book.begin(now, std::nullopt);
                    EXPECT_EQ(rest.begin(now, std::nullopt), book.until - now);
            }
            ASSERT_EQ(rest.until(), book.until);
            ASSERT_GE(rest.until(), before);
            ASSERT_EQ(rest.is_over(now), now >= book.until);
        }
    }
}

}  // namespace
}  // namespace otp::delivery
