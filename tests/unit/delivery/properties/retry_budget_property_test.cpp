// What all operations at an instance may repeat, in any order of repetitions and successes.

#include "delivery/decide/retry_budget.hpp"
#include "unit/delivery/properties/generators.hpp"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <vector>

namespace otp::test {
namespace {

using delivery::RetryBudget;
using Kind = RetryBudget::Kind;

enum class Event { success, retry, after_rest };

void showValue(Event event, std::ostream& out) {
    switch (event) {
        case Event::success:
            out << "success";
            return;
        case Event::retry:
            out << "retry";
            return;
        case Event::after_rest:
            out << "after_rest";
            return;
    }
}

rc::Gen<std::vector<Event>> any_history() {
    return rc::gen::container<std::vector<Event>>(
        rc::gen::element(Event::success, Event::retry, Event::after_rest)
    );
}

/// Numbers of which some repetitions are as many as there are.
rc::Gen<RetryConfig> small_bucket() {
    return rc::gen::build<RetryConfig>(
        rc::gen::set(&RetryConfig::budget, rc::gen::inRange<std::uint32_t>(0, 200)),
        rc::gen::set(&RetryConfig::retry_cost, rc::gen::inRange<std::uint32_t>(0, 30)),
        rc::gen::set(&RetryConfig::throttle_cost, rc::gen::inRange<std::uint32_t>(0, 30)),
        rc::gen::set(&RetryConfig::success_gain, rc::gen::inRange<std::uint32_t>(0, 10))
    );
}

rc::Gen<RetryConfig> any_bucket() {
    return rc::gen::oneOf(small_bucket(), any_retry_config());
}

std::uint64_t cost_of(RetryConfig const& config, Kind kind) {
    return kind == Kind::retry ? config.retry_cost : config.throttle_cost;
}

/// What is paid for repetitions, put into the bucket by successes at most, and refused.
struct Account {
    std::uint64_t paid{0};
    std::uint64_t earned{0};
};

void happen(Event event, RetryConfig const& config, RetryBudget& bucket, Account& account) {
    if (event == Event::success) {
        bucket.succeeded();
        account.earned += config.success_gain;
        return;
    }
    auto const kind = event == Event::retry ? Kind::retry : Kind::after_rest;
    auto const before = bucket.left();
    bool const is_enough = cost_of(config, kind) <= before;
    RC_ASSERT(bucket.may_take(kind) == is_enough);
    RC_ASSERT(bucket.take(kind) == is_enough);
    auto const paid = is_enough ? cost_of(config, kind) : 0;
    RC_ASSERT(bucket.left() == before - paid);
    account.paid += paid;
}

RC_GTEST_PROP(RetryBudgetProperty, PaysOutNoMoreThanItHeldAndWasGiven, ()) {
    auto const config = *any_bucket();
    RetryBudget bucket(config);
    Account account;
    for (auto const event : *any_history()) {
        happen(event, config, bucket, account);
        RC_ASSERT(bucket.left() <= config.budget);
        RC_ASSERT(account.paid + bucket.left() <= config.budget + account.earned);
    }
}

// 35 of the default's 500, whoever asks and how many they are.
RC_GTEST_PROP(RetryBudgetProperty, WithoutASuccessRepetitionsAreAsManyAsTheBucketHolds, ()) {
    auto const config = *rc::gen::oneOf(small_bucket(), rc::gen::just(RetryConfig()));
    RC_PRE(config.retry_cost > 0);
    auto const asked = *rc::gen::inRange<std::uint32_t>(0, 300);
    RetryBudget bucket(config);
    std::uint32_t repeated = 0;
    for (std::uint32_t i = 0; i < asked; ++i) {
        if (bucket.take(Kind::retry)) ++repeated;
    }
    RC_ASSERT(repeated == std::min(asked, config.budget / config.retry_cost));
}

RC_GTEST_PROP(RetryBudgetProperty, SuccessesFillItAgainWhateverHasHappened, ()) {
    auto const config = *small_bucket();
    RC_PRE(config.success_gain > 0);
    RetryBudget bucket(config);
    Account account;
    for (auto const event : *any_history()) happen(event, config, bucket, account);
    auto const missing = config.budget - bucket.left();
    auto const needed = (missing + config.success_gain - 1) / config.success_gain;
    for (std::uint32_t i = 0; i < needed; ++i) {
        RC_ASSERT(bucket.left() < config.budget);
        bucket.succeeded();
    }
    RC_ASSERT(bucket.left() == config.budget);
}

}  // namespace
}  // namespace otp::test
