// When a route's next instance is asked, and when never.

#include "unit/delivery/delivery_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OperationFailover : public DeliveryTest {
protected:
    /// Two operations' worth of failures in a row open the breaker.
    void open_breaker_of(Candidate& candidate) {
        for (int failure = 0; failure < 5; ++failure) {
            auto begun = candidate.instance.condition->begin();
            delivery::Condition::Failure failed;
            failed.category = ErrorCategory::connect_failed;
            failed.verdict = delivery::Breaker::Verdict::could_not_connect;
            candidate.instance.condition->fail(std::move(begun.attempt), failed, clock->now(), 0.5);
        }
    }
};

TEST_F(OperationFailover, WhatDidNotLeaveGoesToTheNextInstanceAtOnce) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    begin();
    refuse_connection(first);
    ASSERT_EQ(requests_at(second), 1U);
    answer(second, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(decisions(), ElementsAre(Decision::next_instance, Decision::finish));
    EXPECT_THAT(reasons(), ElementsAre(DecisionReason::not_sent, DecisionReason::succeeded));
    EXPECT_EQ(attempts()[1].waited_before, 0ms);
    EXPECT_FALSE(script.may_have_sent_more);
    EXPECT_THAT(
        diary->lines,
        ElementsAre(
            "begin first 1",
            "end first next_instance not_sent",
            "begin second 2",
            "end second finish succeeded",
            "over accepted accepted succeeded 2"
        )
    );
}

TEST_F(OperationFailover, TheOperatorsFaultAtOneVendorIsNoneAtTheNext) {
    for (auto const category :
         {ErrorCategory::unauthenticated,
          ErrorCategory::permission_denied,
          ErrorCategory::quota_exhausted,
          ErrorCategory::config_invalid,
          ErrorCategory::provider_error,
          ErrorCategory::bad_response,
          ErrorCategory::destination_blocked,
          ErrorCategory::rate_limited}) {
        candidates.clear();
        script = {};
        auto& first = add_patient("first");
        auto& second = add_patient("second");
        script.errors.emplace(400, said(category, "no"));
        begin();
        answer(first, 400);
        ASSERT_EQ(requests_at(second), 1U) << to_string(category);
        answer(second, 200);
        ASSERT_TRUE(succeeded()) << to_string(category);
        EXPECT_EQ(attempts()[0].decision, Decision::next_instance);
    }
}

TEST_F(OperationFailover, ARefusedRecipientIsNeverTriedElsewhere) {
    for (auto const category :
         {ErrorCategory::invalid_request,
          ErrorCategory::invalid_recipient,
          ErrorCategory::recipient_not_found,
          ErrorCategory::recipient_conflict,
          ErrorCategory::recipient_throttled,
          ErrorCategory::blocked_by_fraud_guard}) {
        candidates.clear();
        script = {};
        auto& first = add_patient("first");
        auto& second = add_patient("second");
        on_unknown = OnUnknown::failover;
        script.errors.emplace(429, said(category, "no"));
        begin();
        answer(first, 429);
        EXPECT_EQ(error().category, category);
        EXPECT_EQ(error().stop, DecisionReason::refused) << to_string(category);
        EXPECT_EQ(requests_at(second), 0U) << to_string(category);
    }
}

TEST_F(OperationFailover, NorWhatMayHaveBeenSent) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    begin();
    lose_answer(first);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(error().stop, DecisionReason::may_have_been_sent);
    EXPECT_EQ(requests_at(second), 0U);
}

TEST_F(OperationFailover, UnlessTheRouteOptsIn) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    on_unknown = OnUnknown::failover;
    begin();
    lose_answer(first);
    ASSERT_EQ(requests_at(second), 1U);
    answer(second, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_TRUE(script.may_have_sent_more);
    EXPECT_EQ(attempts()[0].delivery, Delivery::unknown);
    EXPECT_EQ(attempts()[0].reason, DecisionReason::failover_allowed);
}

TEST_F(OperationFailover, AFailureBehindALostAnswerLeavesItOpen) {
    auto& first = add_patient("first");
    auto& second = add("second");
    on_unknown = OnUnknown::failover;
    script.has_handle = true;
    begin();
    auto const reference = script.encoded.at(0).reference;
    lose_answer(first);
    refuse_connection(second);
    // The code of the first may arrive, and is checked with the first one's handle.
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(error().stop, DecisionReason::may_have_been_sent);
    ASSERT_TRUE(error().handle.has_value());
    EXPECT_EQ(error().handle->instance(), "first");
    EXPECT_EQ(error().handle->reference("reference"), reference);
    EXPECT_EQ(attempts()[1].delivery, Delivery::not_sent);
}

TEST_F(OperationFailover, OfSeveralLostAnswersTheLastHandleIsKept) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    on_unknown = OnUnknown::failover;
    script.has_handle = true;
    begin();
    lose_answer(first);
    // Of this one a code cannot be checked without its answer.
    script.has_handle = false;
    lose_answer(second);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    ASSERT_TRUE(error().handle.has_value());
    EXPECT_EQ(error().handle->instance(), "first");
}

TEST_F(OperationFailover, ACancelledWaitBehindALostAnswerLeavesItOpen) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    on_unknown = OnUnknown::failover;
    script.has_handle = true;
    begin();
    lose_answer(first);
    refuse_connection(second);
    cancel();
    settle();
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    ASSERT_TRUE(error().handle.has_value());
    EXPECT_EQ(error().handle->instance(), "first");
}

TEST_F(OperationFailover, NamesWhoWasPassedOverBeforeTheEnd) {
    auto& first = add("first");
    auto& second = add("second");
    make();
    second.instance.condition->isolate(clock->now());
    start();
    settle();
    refuse_connection(first);
    EXPECT_THAT(decisions(), ElementsAre(Decision::skip, Decision::finish));
    EXPECT_EQ(attempts()[0].instance, "second");
    EXPECT_EQ(attempts()[1].instance, "first");
    EXPECT_EQ(error().instance, "first");
}

TEST_F(OperationFailover, NamesNobodyWhoWasNotConsidered) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    script.errors.emplace(400, said(ErrorCategory::invalid_recipient, "no"));
    make();
    second.instance.condition->isolate(clock->now());
    start();
    settle();
    answer(first, 400);
    EXPECT_THAT(decisions(), ElementsAre(Decision::finish));
}

TEST_F(OperationFailover, NoRepetitionIsCutForWhoWillNotBeAsked) {
    auto& first = add_patient("repeating");
    add_patient("second");
    on_unknown = OnUnknown::retry_if_documented;
    script.errors.emplace(500, said(ErrorCategory::provider_error, "oops", Delivery::unknown));
    begin();
    EXPECT_TRUE(first.transport->requests[0].request.commit_deadline.has_value());
    answer(first, 500);
    pass(30ms);
    ASSERT_EQ(requests_at(first), 2U);
    EXPECT_EQ(first.transport->requests[1].request.commit_deadline, std::nullopt);
    answer(first, 200);
}

TEST_F(OperationFailover, MakesNoMoreAttemptsThanTheRouteAllows) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    auto& third = add_patient("third");
    max_attempts = 2;
    begin();
    refuse_connection(first);
    refuse_connection(second);
    EXPECT_EQ(error().stop, DecisionReason::attempts_used_up);
    EXPECT_EQ(requests_at(third), 0U);
}

TEST_F(OperationFailover, BeginsAgainWithTheFirstWhenAllHaveFailed) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    begin();
    refuse_connection(first);
    refuse_connection(second);
    pass(100ms);
    EXPECT_EQ(requests_at(first), 2U);
    EXPECT_EQ(requests_at(second), 1U);
    answer(first, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(
        decisions(), ElementsAre(Decision::next_instance, Decision::next_instance, Decision::finish)
    );
}

TEST_F(OperationFailover, PassesOverWhoRests) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    script.errors.emplace(429, said(ErrorCategory::rate_limited, "slow down"));
    begin();
    answer(first, 429);
    answer(second, 200);
    ASSERT_TRUE(succeeded());
    begin_another();
    EXPECT_EQ(requests_at(first), 1U);
    answer(second, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(decisions(), ElementsAre(Decision::skip, Decision::finish));
    EXPECT_THAT(reasons(), ElementsAre(DecisionReason::resting, DecisionReason::succeeded));
    EXPECT_EQ(attempts()[0].instance, "first");
    EXPECT_EQ(attempts()[0].vendor, "first-vendor");
    pass(1s);
    begin_another();
    EXPECT_EQ(requests_at(first), 2U);
    answer(first, 200);
}

TEST_F(OperationFailover, PassesOverAnOpenBreakerAndProbesItLater) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    make();
    open_breaker_of(first);
    start();
    settle();
    EXPECT_EQ(requests_at(first), 0U);
    answer(second, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(reasons(), ElementsAre(DecisionReason::breaker_open, DecisionReason::succeeded));
    EXPECT_EQ(attempts()[0].failure, ErrorCategory::circuit_open);
    pass(6s);
    // The probe; another operation meanwhile goes to the second.
    diary->lines.clear();
    begin_another();
    EXPECT_EQ(requests_at(first), 1U);
    answer(first, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_EQ(diary->lines.front(), "first open to half_open");
}

TEST_F(OperationFailover, TriesAnOpenOneIfThereIsNoOther) {
    auto& only = add_patient("only");
    make();
    open_breaker_of(only);
    start();
    settle();
    ASSERT_EQ(requests_at(only), 1U);
    refuse_connection(only);
    // That was the probe.
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().stop, DecisionReason::no_instance_left);
}

TEST_F(OperationFailover, AsksNobodyWhoIsIsolated) {
    auto& only = add_patient("only");
    make();
    only.instance.condition->isolate(clock->now());
    start();
    settle();
    EXPECT_EQ(requests_at(only), 0U);
    EXPECT_EQ(error().category, ErrorCategory::circuit_open);
    EXPECT_EQ(error().stop, DecisionReason::isolated);
    EXPECT_EQ(error().retry_after, std::nullopt);
    EXPECT_EQ(
        error().message, "no instance may be asked now: only was taken out of service by hand"
    );
    EXPECT_EQ(error().instance, "only");
}

TEST_F(OperationFailover, SaysWhatItWasDecidedFromWhateverHasChangedSince) {
    /// Somebody who restores an instance as soon as it is told of.
    class Restorer final : public Observer {
    public:
        Restorer(delivery::Condition& condition, Clock const& clock)
            : condition_(condition), clock_(clock) {}
        void on_attempt_ended(AttemptEnded const& /*event*/) noexcept override {
            condition_.restore(clock_.now());
        }

    private:
        delivery::Condition& condition_;
        Clock const& clock_;
    };
    auto& only = add_patient("only");
    make();
    auto& condition = *only.instance.condition;
    condition.isolate(clock->now());
    environment_.observers.push_back(std::make_shared<Restorer>(condition, *clock));
    start();
    settle();
    EXPECT_EQ(error().stop, DecisionReason::isolated);
    EXPECT_EQ(
        error().message, "no instance may be asked now: only was taken out of service by hand"
    );
    EXPECT_TRUE(condition.availability(clock->now()).lets_through);
}

TEST_F(OperationFailover, GivesAnAttemptALimitForItsFirstByteWhileAnotherIsLeft) {
    auto& first = add_patient("first");
    auto& second = add_patient("second");
    first.instance.config.delivery.commit_timeout = 700ms;
    auto const begun = clock->now();
    begin();
    EXPECT_EQ(first.transport->requests[0].request.commit_deadline, begun + 700ms);
    pass(700ms);
    first.transport->fail(said(ErrorCategory::timeout, "late"), ExchangePhase::connecting, 0);
    settle();
    // The last one has all the time that there is.
    ASSERT_EQ(requests_at(second), 1U);
    EXPECT_EQ(second.transport->requests[0].request.commit_deadline, std::nullopt);
    answer(second, 200);
    ASSERT_TRUE(succeeded());
    // Nor has the last attempt that is allowed, or one while nobody else could be asked.
    max_attempts = 1;
    begin_another();
    EXPECT_EQ(first.transport->requests[1].request.commit_deadline, std::nullopt);
    answer(first, 200);
    max_attempts.reset();
    second.instance.condition->isolate(clock->now());
    begin_another();
    EXPECT_EQ(first.transport->requests[2].request.commit_deadline, std::nullopt);
    answer(first, 200);
}

TEST_F(OperationFailover, WaitsForATokenNoLongerThanForTheFirstByte) {
    auto& first = add_with_token("first");
    auto& second = add("second");
    begin();
    EXPECT_EQ(requests_at(second), 0U);
    pass(999ms);
    EXPECT_EQ(requests_at(second), 0U);
    pass(1ms);
    ASSERT_EQ(requests_at(second), 1U);
    answer(second, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_EQ(attempts()[0].delivery, Delivery::not_sent);
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationFailover, PassesTheTraceOn) {
    auto& first = add("first");
    auto& second = add("second");
    script.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    begin();
    refuse_connection(first);
    for (auto* const candidate : {&first, &second}) {
        auto const& headers = candidate->transport->requests[0].request.headers;
        ASSERT_EQ(headers.size(), 1U);
        EXPECT_EQ(headers[0].name, "traceparent");
        EXPECT_EQ(headers[0].value, script.traceparent);
    }
    answer(second, 200);
}

TEST_F(OperationFailover, CountsWhatIsUnderWay) {
    auto& only = add_patient("only");
    begin();
    auto const in_flight = [&] { return only.instance.condition->health(clock->now()).in_flight; };
    EXPECT_EQ(in_flight(), 1U);
    refuse_connection(only);
    EXPECT_EQ(in_flight(), 0U);
    pass(30ms);
    EXPECT_EQ(in_flight(), 1U);
    cancel();
    only.transport->fail(said(ErrorCategory::cancelled, "no"), ExchangePhase::queued, 0);
    settle();
    EXPECT_EQ(in_flight(), 0U);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
}

TEST_F(OperationFailover, TellsNobodyIfNobodyListens) {
    environment_.observers.clear();
    auto& only = add("only");
    begin();
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(diary->lines, IsEmpty());
}

}  // namespace
}  // namespace otp::test
