// What is asked again at the same instance, when, and how often.

#include "unit/delivery/delivery_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

using OperationRetry = DeliveryTest;

TEST_F(OperationRetry, ARequestThatDidNotLeaveIsMadeAgainAfterABackoff) {
    auto& only = add_patient("only");
    begin();
    refuse_connection(only);
    EXPECT_EQ(requests_at(only), 1U);
    // Half of 50 ms, rounded.
    pass(24ms);
    EXPECT_EQ(requests_at(only), 1U);
    pass(2ms);
    EXPECT_EQ(requests_at(only), 2U);
    refuse_connection(only);
    // Half of 100 ms.
    pass(48ms);
    EXPECT_EQ(requests_at(only), 2U);
    pass(4ms);
    EXPECT_EQ(requests_at(only), 3U);
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(decisions(), ElementsAre(Decision::retry, Decision::retry, Decision::finish));
    EXPECT_THAT(
        reasons(),
        ElementsAre(DecisionReason::not_sent, DecisionReason::not_sent, DecisionReason::succeeded)
    );
    EXPECT_EQ(attempts()[0].waited_before, 0ms);
    EXPECT_NEAR(static_cast<double>(attempts()[1].waited_before.count()), 25, 1);
    EXPECT_NEAR(static_cast<double>(attempts()[2].waited_before.count()), 50, 1);
    EXPECT_EQ(attempts()[0].latency, 0us);
    EXPECT_FALSE(script.may_have_sent_more);
}

TEST_F(OperationRetry, EachAttemptHasANewIdAndTheSameDeadline) {
    auto& only = add_patient("only");
    environment_.random = std::make_shared<HalfRandom>();
    auto const deadline = clock->now() + 10s;
    begin();
    refuse_connection(only);
    pass(30ms);
    ASSERT_EQ(script.encoded.size(), 2U);
    EXPECT_NE(script.encoded[0].reference, script.encoded[1].reference);
    EXPECT_EQ(only.transport->requests[1].deadline, deadline);
    answer(only, 200);
}

TEST_F(OperationRetry, EndsAfterAsManyAttemptsAsAreAllowed) {
    auto& only = add_patient("only");
    begin();
    for (int attempt = 0; attempt < 3; ++attempt) {
        refuse_connection(only);
        pass(200ms);
    }
    EXPECT_EQ(requests_at(only), 3U);
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().stop, DecisionReason::attempts_used_up);
    EXPECT_THAT(decisions(), ElementsAre(Decision::retry, Decision::retry, Decision::finish));
    EXPECT_EQ(attempts()[2].reason, DecisionReason::attempts_used_up);
}

TEST_F(OperationRetry, NothingIsRepeatedThatMayHaveBeenSent) {
    auto& only = add_patient("only");
    script.has_handle = true;
    begin();
    lose_answer(only);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(error().stop, DecisionReason::may_have_been_sent);
    EXPECT_TRUE(error().handle.has_value());
    EXPECT_EQ(requests_at(only), 1U);
}

TEST_F(OperationRetry, NoWaitBeginsThatWouldEndAtTheDeadline) {
    auto& only = add_patient("only");
    make(20ms);
    start();
    settle();
    refuse_connection(only);
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().stop, DecisionReason::deadline_too_near);
    EXPECT_EQ(clock->manual.waiting(), 0U);
}

TEST_F(OperationRetry, TheVendorsDocumentsMayAskForIt) {
    auto& only = add_patient("repeating");
    on_unknown = OnUnknown::retry_if_documented;
    script.errors.emplace(500, said(ErrorCategory::provider_error, "oops", Delivery::unknown));
    begin();
    answer(only, 500);
    EXPECT_EQ(requests_at(only), 1U);
    pass(30ms);
    EXPECT_EQ(requests_at(only), 2U);
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(
        reasons(), ElementsAre(DecisionReason::retry_documented, DecisionReason::succeeded)
    );
    EXPECT_TRUE(script.may_have_sent_more);
}

TEST_F(OperationRetry, DocumentsAskForTheirOwnAnswersOnly) {
    on_unknown = OnUnknown::retry_if_documented;
    for (int const status : {499, 504}) {
        candidates.clear();
        script = {};
        auto& only = add_patient("repeating");
        add_patient("other");
        script.errors.emplace(
            status, said(ErrorCategory::provider_error, "oops", Delivery::unknown)
        );
        begin();
        answer(only, status);
        EXPECT_EQ(error().stop, DecisionReason::may_have_been_sent) << status;
    }
    // Nor for an answer that was lost.
    candidates.clear();
    script = {};
    auto& only = add_patient("repeating");
    begin();
    lose_answer(only);
    EXPECT_EQ(error().stop, DecisionReason::may_have_been_sent);
}

TEST_F(OperationRetry, WhatWasRepeatedGoesNowhereElse) {
    auto& first = add_patient("repeating");
    auto& second = add_patient("second");
    on_unknown = OnUnknown::retry_if_documented;
    script.has_handle = true;
    script.errors.emplace(500, said(ErrorCategory::provider_error, "oops", Delivery::unknown));
    begin();
    answer(first, 500);
    pass(30ms);
    // The repetition does not get there, and is made once more.
    refuse_connection(first);
    EXPECT_EQ(requests_at(second), 0U);
    pass(100ms);
    ASSERT_EQ(requests_at(first), 3U);
    refuse_connection(first);
    EXPECT_EQ(requests_at(second), 0U);
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(error().stop, DecisionReason::may_have_been_sent);
    EXPECT_TRUE(error().handle.has_value());
}

TEST_F(OperationRetry, ARestOfNoTimeIsNoReasonToAskAtOnce) {
    auto& only = add_patient("only");
    auto throttled = said(ErrorCategory::rate_limited, "slow down");
    throttled.retry_after = 0s;
    script.errors.emplace(429, throttled);
    begin();
    answer(only, 429);
    EXPECT_EQ(requests_at(only), 1U);
    pass(25ms);
    EXPECT_EQ(requests_at(only), 2U);
    answer(only, 200);
}

TEST_F(OperationRetry, OneFailedFetchOfATokenIsOneFailure) {
    auto& only = add_with_token("only");
    only.instance.config.delivery.breaker.connection_failures = 2;
    begin();
    auto const lost = said(ErrorCategory::connect_failed, "no");
    EXPECT_EQ(only.token_endpoint->requests.size(), 1U);
    only.token_endpoint->fail(lost, ExchangePhase::connecting, 0);
    settle();
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(
        only.instance.condition->health(clock->now()).last_failure, ErrorCategory::connect_failed
    );
    EXPECT_FALSE(only.instance.tokens->take_failure_news());
}

TEST_F(OperationRetry, AStalledTokenEndpointCounts) {
    auto& first = add_with_token("first");
    auto& second = add("second");
    first.instance.config.delivery.breaker.minimum_calls = 2;
    for (int sends = 0; sends < 2; ++sends) {
        script = {};
        begin();
        pass(1s);
        answer(second, 200);
        ASSERT_TRUE(succeeded());
    }
    auto const health = first.instance.condition->health(clock->now());
    EXPECT_EQ(health.last_failure, ErrorCategory::timeout);
    EXPECT_EQ(health.breaker, BreakerState::open);
}

TEST_F(OperationRetry, NoWaitBeginsForWhoWasCancelled) {
    auto& only = add_patient("only");
    begin();
    // While the answer is on its way here.
    cancel();
    refuse_connection(only);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().instance, "only");
    EXPECT_EQ(clock->manual.waiting(), 0U);
}

TEST_F(OperationRetry, NoWaitBeginsForAClosedClient) {
    auto& only = add_patient("only");
    begin();
    environment_.closed = true;
    refuse_connection(only);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().message, "the client was closed");
    EXPECT_EQ(clock->manual.waiting(), 0U);
}

TEST_F(OperationRetry, WhateverIsThrownEndsIt) {
    auto& only = add_patient("only");
    only.transport->at_request = [] { throw 42; };  // NOLINT(hicpp-exception-baseclass)
    make();
    EXPECT_NO_THROW(start());
    settle();
    only.transport->at_request = nullptr;
    EXPECT_EQ(error().category, ErrorCategory::internal);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(script.ends, 1);
}

TEST_F(OperationRetry, EndsWithTheClient) {
    auto& only = add_patient("only");
    begin();
    refuse_connection(only);
    ASSERT_FALSE(ended());
    ASSERT_FALSE(environment_.waits.empty());
    environment_.closed = true;
    for (auto& operation : environment_.waits) operation.end_wait();
    EXPECT_FALSE(ended()) << "inside of the call";
    settle();
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().message, "the client was closed");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_TRUE(environment_.waits.empty());
    EXPECT_EQ(clock->manual.waiting(), 0U);
}

TEST_F(OperationRetry, IsPaidForOutOfTheInstancesBudget) {
    auto& only = add("only");
    auto& retry = only.instance.config.delivery.retry;
    retry.attempts = 10;
    retry.budget = 28;
    // As many as may fail in a row otherwise.
    only.instance.config.delivery.breaker.connection_failures = 1000;
    begin();
    for (int attempt = 0; attempt < 3; ++attempt) {
        refuse_connection(only);
        pass(2s);
    }
    EXPECT_EQ(requests_at(only), 3U);
    EXPECT_EQ(error().stop, DecisionReason::budget_empty);
    // A success gives back less than a repetition takes.
    begin_another();
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    begin_another();
    refuse_connection(only);
    EXPECT_EQ(error().stop, DecisionReason::budget_empty);
}

TEST_F(OperationRetry, WaitsWhileTheInstanceRests) {
    auto& only = add_patient("only");
    auto throttled = said(ErrorCategory::rate_limited, "slow down");
    throttled.retry_after = 3s;
    script.errors.emplace(429, throttled);
    begin();
    answer(only, 429);
    // The rest, and half of 50 ms, so that not all come back at once.
    pass(3024ms);
    EXPECT_EQ(requests_at(only), 1U);
    pass(1ms);
    EXPECT_EQ(requests_at(only), 2U);
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_EQ(attempts()[1].waited_before, 3025ms);
    EXPECT_THAT(
        diary->lines,
        ElementsAre(
            "begin only 1",
            "only rests 3000",
            "end only retry throttled",
            "wait 3025 for only throttled",
            "begin only 2",
            "end only finish succeeded",
            "over accepted accepted succeeded 2"
        )
    );
}

TEST_F(OperationRetry, ARestIsKeptByAllOperations) {
    auto& only = add_patient("only");
    script.errors.emplace(429, said(ErrorCategory::rate_limited, "slow down"));
    only.instance.config.delivery.retry.attempts = 1;
    begin();
    answer(only, 429);
    EXPECT_EQ(error().category, ErrorCategory::rate_limited);
    EXPECT_EQ(error().stop, DecisionReason::attempts_used_up);
    begin_another();
    EXPECT_EQ(requests_at(only), 1U);
    pass(999ms);
    EXPECT_EQ(requests_at(only), 1U);
    pass(1ms);
    EXPECT_EQ(requests_at(only), 2U);
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_EQ(attempts()[0].waited_before, 1s);
}

TEST_F(OperationRetry, IsNotBegunWhereTheRestOutlastsTheDeadline) {
    auto& only = add("only");
    auto throttled = said(ErrorCategory::rate_limited, "slow down");
    throttled.retry_after = 60s;
    script.errors.emplace(429, throttled);
    begin();
    answer(only, 429);
    begin_another();
    EXPECT_EQ(error().category, ErrorCategory::circuit_open);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().stop, DecisionReason::deadline_too_near);
    EXPECT_EQ(error().retry_after, 60s);
    EXPECT_EQ(
        error().message,
        "no instance may be asked now: only asked to be left alone for another 60 s"
    );
    EXPECT_THAT(decisions(), ElementsAre(Decision::skip));
    EXPECT_THAT(reasons(), ElementsAre(DecisionReason::resting));
    EXPECT_EQ(requests_at(only), 1U);
}

TEST_F(OperationRetry, IsCancelledWhileItWaits) {
    auto& only = add_patient("only");
    begin();
    refuse_connection(only);
    EXPECT_FALSE(ended());
    cancel();
    settle();
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().stop, DecisionReason::cancelled);
    EXPECT_THAT(decisions(), ElementsAre(Decision::retry));
    pass(10s);
    EXPECT_EQ(requests_at(only), 1U);
    EXPECT_EQ(script.ends, 1);
}

TEST_F(OperationRetry, FailsOnceIfTheWaitCannotBegin) {
    auto& only = add_patient("only");
    begin();
    clock->at_timer = [] { throw_it(); };
    refuse_connection(only);
    clock->at_timer = nullptr;
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().stop, DecisionReason::failed_here);
    EXPECT_EQ(script.ends, 1);
}

TEST_F(OperationRetry, NoNewTokenIsTriedAtWhoWasIsolatedMeanwhile) {
    auto& only = add_with_token("only");
    keep_token(only, "old");
    script.errors.emplace(401, said(ErrorCategory::unauthenticated, "expired"));
    begin();
    only.instance.condition->isolate(clock->now());
    answer(only, 401);
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    EXPECT_EQ(requests_at(only), 1U);
}

TEST_F(OperationRetry, AttemptsWithANewTokenAreNoRepetitions) {
    auto& only = add_with_token("only");
    only.instance.config.delivery.retry.budget = 0;
    keep_token(only, "old");
    script.errors.emplace(401, said(ErrorCategory::unauthenticated, "expired"));
    begin();
    answer(only, 401);
    only.token_endpoint->answer(200, "new");
    settle();
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(reasons(), ElementsAre(DecisionReason::token_refused, DecisionReason::succeeded));
    // It is no fault of the account's, either.
    EXPECT_EQ(only.instance.condition->health(clock->now()).last_failure, std::nullopt);
}

}  // namespace
}  // namespace otp::test
