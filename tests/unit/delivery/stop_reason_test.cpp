// Why an operation ends, and whether others were a part of it.

#include "delivery/decide/stop_reason.hpp"

#include <gtest/gtest.h>
#include <set>

namespace otp::delivery {
namespace {

constexpr auto last_category = ErrorCategory::internal;
constexpr auto last_reason = DecisionReason::failed_here;

TEST(ReasonOfEnd, IsThatOfTheCategory) {
    for (int value = 0; value <= static_cast<int>(last_category); ++value) {
        auto const category = static_cast<ErrorCategory>(value);
        auto expected = DecisionReason::failed_here;
        if (category == ErrorCategory::cancelled) expected = DecisionReason::cancelled;
        if (category == ErrorCategory::deadline_exceeded) {
            expected = DecisionReason::deadline_exceeded;
        }
        EXPECT_EQ(reason_of_end(Error(category)), expected) << to_string(category);
    }
}

TEST(ReasonOfEnd, IsACodeOnItsWayBeforeAnyOther) {
    for (int value = 0; value <= static_cast<int>(last_category); ++value) {
        auto const category = static_cast<ErrorCategory>(value);
        EXPECT_EQ(
            reason_of_end(Error(category, "", Delivery::unknown)),
            DecisionReason::may_have_been_sent
        ) << to_string(category);
    }
}

TEST(IsAboutOthers, WhereNobodyElseCouldBeAsked) {
    std::set<DecisionReason> const about_others{
        DecisionReason::no_instance_left,
        DecisionReason::isolated,
        DecisionReason::deadline_too_near,
        DecisionReason::budget_empty,
        DecisionReason::attempts_used_up};
    for (int value = 0; value <= static_cast<int>(last_reason); ++value) {
        auto const reason = static_cast<DecisionReason>(value);
        EXPECT_EQ(is_about_others(reason), about_others.contains(reason)) << to_string(reason);
    }
}

}  // namespace
}  // namespace otp::delivery
