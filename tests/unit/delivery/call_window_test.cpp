#include "delivery/decide/call_window.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace otp::delivery {
namespace {

using namespace std::chrono_literals;
using TimePoint = CallWindow::TimePoint;

// Where a slice begins.
constexpr TimePoint start{1h};

TEST(CallWindow, IsEmptyAtFirst) {
    CallWindow const window(10s);
    EXPECT_EQ(window.calls(), 0U);
    EXPECT_EQ(window.failed(), 0U);
}

TEST(CallWindow, CountsCallsAndThoseThatFailed) {
    CallWindow window(10s);
    window.add(start, true);
    window.add(start, false);
    window.add(start + 5s, true);
    EXPECT_EQ(window.calls(), 3U);
    EXPECT_EQ(window.failed(), 2U);
}

TEST(CallWindow, ForgetsTheSliceThatIsTenSlicesOld) {
    CallWindow window(10s);
    window.add(start, true);
    window.add(start + 999ms, false);
    window.add(start + 1s, true);
    window.add(start + 10s - 1ns, false);
    EXPECT_EQ(window.calls(), 4U);
    window.add(start + 10s, false);
    EXPECT_EQ(window.calls(), 3U);
    EXPECT_EQ(window.failed(), 1U);
    window.add(start + 11s, false);
    EXPECT_EQ(window.calls(), 3U);
    EXPECT_EQ(window.failed(), 0U);
}

TEST(CallWindow, ForgetsAllAfterAWholeWindow) {
    for (auto const pause : {10s, 11s, 19s, 20s, 25s, 36'000s}) {
        CallWindow window(10s);
        for (auto second = 0s; second < 10s; ++second) window.add(start + second, true);
        EXPECT_EQ(window.calls(), 10U);
        window.add(start + 9s + pause, false);
        EXPECT_EQ(window.calls(), 1U) << pause.count();
        EXPECT_EQ(window.failed(), 0U) << pause.count();
    }
}

TEST(CallWindow, ATimeBeforeTheLastOneCountsAsOfTheNewestSlice) {
    CallWindow window(10s);
    window.add(start + 5s, true);
    window.add(start, true);
    window.add(start - 1h, true);
    EXPECT_EQ(window.calls(), 3U);
    window.add(start + 14s, true);
    EXPECT_EQ(window.calls(), 4U);
    window.add(start + 15s, true);
    EXPECT_EQ(window.calls(), 2U);
}

TEST(CallWindow, ClearedItForgetsAll) {
    CallWindow window(10s);
    window.add(start, true);
    window.add(start + 3s, true);
    window.clear();
    EXPECT_EQ(window.calls(), 0U);
    EXPECT_EQ(window.failed(), 0U);
    window.add(start + 3s, true);
    // What was cleared is not taken off later.
    window.add(start + 12s, false);
    EXPECT_EQ(window.calls(), 2U);
    EXPECT_EQ(window.failed(), 1U);
}

TEST(CallWindow, SlicesNeedNotBeWholeMilliseconds) {
    CallWindow window(1001ms);
    TimePoint const slice{100'100us * 1000};
    window.add(slice, true);
    window.add(slice + 1001ms - 1ns, false);
    EXPECT_EQ(window.failed(), 1U);
    window.add(slice + 1001ms, false);
    EXPECT_EQ(window.failed(), 0U);
}

TEST(CallWindow, CountsWhatAListOfAllCallsCounts) {
    struct Call {
        long long slice;
        bool failed;
    };
    std::mt19937_64 random(20261127);
    for (int history = 0; history < 300; ++history) {
        CallWindow window(10s);
        std::vector<Call> calls;
        std::uniform_int_distribution<> pause(
            0, 10 << std::uniform_int_distribution<>(1, 9)(random)
        );
        auto now = start;
        for (int step = 0; step < 200; ++step) {
            now += std::chrono::milliseconds(pause(random));
            bool const failed = std::bernoulli_distribution(0.3)(random);
            window.add(now, failed);
            auto const slice = now.time_since_epoch() / 1s;
            calls.push_back({slice, failed});
            auto const counts = [slice](Call const& call) { return call.slice > slice - 10; };
            auto const counted = std::count_if(calls.begin(), calls.end(), counts);
            auto const bad = std::count_if(calls.begin(), calls.end(), [&](Call const& call) {
                return counts(call) && call.failed;
            });
            ASSERT_EQ(window.calls(), static_cast<std::size_t>(counted));
            ASSERT_EQ(window.failed(), static_cast<std::size_t>(bad));
        }
    }
}

}  // namespace
}  // namespace otp::delivery
