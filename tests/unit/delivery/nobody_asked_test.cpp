// What an operation says that asked nobody.

#include "delivery/run/nobody_asked.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace otp::delivery {
namespace {

using namespace std::chrono_literals;

constexpr Clock::TimePoint now{100s};

Availability isolated() {
    Availability availability;
    availability.breaker = BreakerState::isolated;
    availability.lets_through = false;
    return availability;
}

Availability open_until(Clock::TimePoint when) {
    Availability availability;
    availability.breaker = BreakerState::open;
    availability.lets_through = false;
    availability.reopens_at = when;
    return availability;
}

Availability half_open() {
    Availability availability;
    availability.breaker = BreakerState::half_open;
    availability.lets_through = false;
    return availability;
}

Availability resting_until(Clock::TimePoint when, Availability availability = {}) {
    availability.rests_until = when;
    return availability;
}

/// Of instances called `a`, `b` and so on, as the decision has found them. None has a condition
/// that could be asked.
Error error_of(std::vector<Availability> const& found) {
    std::vector<std::shared_ptr<Instance>> instances;
    std::vector<Candidate> candidates;
    for (auto const& availability : found) {
        auto const instance = std::make_shared<Instance>();
        instance->config.name = std::string(1, static_cast<char>('a' + instances.size()));
        instance->config.vendor = instance->config.name + "-vendor";
        instances.push_back(instance);
        candidates.emplace_back().availability = availability;
    }
    Plan const plan("route", instances);
    Situation situation{candidates};
    situation.now = now;
    return error_of_nobody_asked(plan, situation);
}

TEST(NobodyAsked, IsAnOpenCircuitAtTheFirst) {
    auto const error = error_of({isolated(), isolated()});
    EXPECT_EQ(error.category, ErrorCategory::circuit_open);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.instance, "a");
    EXPECT_EQ(error.vendor, "a-vendor");
}

TEST(NobodyAsked, SaysOfEachWhy) {
    EXPECT_EQ(
        error_of({isolated(), resting_until(now + 1500ms), open_until(now + 7s), half_open(), {}}
        ).message,
        "no instance may be asked now: a was taken out of service by hand; b asked to be left "
        "alone for another 2 s; c failed too often, and is left alone for another 7 s; d is being "
        "tried by another request after it failed too often; e cannot be asked before the deadline"
    );
}

TEST(NobodyAsked, SaysWhenTheFirstMayBeAsked) {
    EXPECT_EQ(
        error_of({isolated(), open_until(now + 7s), resting_until(now + 5s)}).retry_after, 5s
    );
    EXPECT_EQ(error_of({open_until(now + 4s), resting_until(now + 5s)}).retry_after, 4s);
    // Both have to be over.
    EXPECT_EQ(error_of({resting_until(now + 9s, open_until(now + 7s))}).retry_after, 9s);
    EXPECT_EQ(error_of({resting_until(now + 1ns)}).retry_after, 1ms);
}

TEST(NobodyAsked, SaysNothingOfATimeThatNobodyKnows) {
    EXPECT_EQ(error_of({isolated()}).retry_after, std::nullopt);
    EXPECT_EQ(error_of({resting_until(now + 5s, isolated())}).retry_after, std::nullopt);
    EXPECT_EQ(error_of({resting_until(now)}).retry_after, std::nullopt);
}

}  // namespace
}  // namespace otp::delivery
