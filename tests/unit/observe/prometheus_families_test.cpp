// Each family moves with the events that it is about, and with no other.

#include "unit/observe/events.hpp"
#include "unit/observe/exposition_reader.hpp"

#include <otp/observe/prometheus_observer.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// All series but those of histograms' buckets and of dropped events.
std::vector<std::string> series(PrometheusObserver const& observer) {
    auto const text = observer.text();
    (void)read_exposition(text);
    std::vector<std::string> lines;
    for (auto const& line : sample_lines(text)) {
        bool const left_out =
            line.find("_bucket{") != line.npos || line == "otp_observer_dropped_events_total 0";
        if (!left_out) lines.push_back(line);
    }
    return lines;
}

TEST(PrometheusFamilies, NothingIsThereBeforeTheFirstEvent) {
    PrometheusObserver const observer;
    EXPECT_THAT(series(observer), IsEmpty());
    EXPECT_THAT(sample_lines(observer.text()), ElementsAre("otp_observer_dropped_events_total 0"));
}

TEST(PrometheusFamilies, AnAttemptThatBeginsIsInFlight) {
    PrometheusObserver observer;
    observer.on_attempt_begun({operation(), "main", "acme", 1});
    observer.on_attempt_begun({operation(), "main", "acme", 1});
    EXPECT_THAT(series(observer), ElementsAre("otp_attempts_in_flight{instance=\"main\"} 2"));
}

TEST(PrometheusFamilies, AnAcceptedAttempt) {
    PrometheusObserver observer;
    tell(observer, accepted_attempt());
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_attempts_total{instance=\"main\",vendor=\"acme\",kind=\"send\","
            "category=\"accepted\",delivery=\"accepted\"} 1",
            "otp_attempt_duration_seconds_sum{instance=\"main\",kind=\"send\"} 0.12",
            "otp_attempt_duration_seconds_count{instance=\"main\",kind=\"send\"} 1",
            "otp_attempts_in_flight{instance=\"main\"} 0"
        )
    );
}

TEST(PrometheusFamilies, AFailover) {
    PrometheusObserver observer;
    tell(observer, failed_attempt());
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_attempts_total{instance=\"main\",vendor=\"acme\",kind=\"send\","
            "category=\"timeout\",delivery=\"not_sent\"} 1",
            "otp_attempt_duration_seconds_sum{instance=\"main\",kind=\"send\"} 3",
            "otp_attempt_duration_seconds_count{instance=\"main\",kind=\"send\"} 1",
            "otp_attempts_in_flight{instance=\"main\"} 0",
            "otp_failovers_total{instance=\"main\",reason=\"not_sent\"} 1"
        )
    );
}

TEST(PrometheusFamilies, OnlyARetryCountsAsOne) {
    for (auto const decision :
         {Decision::finish, Decision::retry, Decision::renew_token, Decision::confirm}) {
        PrometheusObserver observer;
        auto attempt = failed_attempt();
        attempt.decision = decision;
        attempt.reason = DecisionReason::throttled;
        tell(observer, attempt);
        auto const retry = "otp_retries_total{instance=\"main\",reason=\"throttled\"} 1";
        EXPECT_EQ(testing::Value(series(observer), Contains(retry)), decision == Decision::retry);
        EXPECT_EQ(series(observer).size(), decision == Decision::retry ? 5U : 4U);
    }
}

TEST(PrometheusFamilies, ASkipIsNoAttempt) {
    PrometheusObserver observer;
    tell(observer, skipped_attempt());
    EXPECT_THAT(
        series(observer), ElementsAre("otp_skips_total{instance=\"main\",reason=\"resting\"} 1")
    );
}

TEST(PrometheusFamilies, AnAnsweredCheck) {
    PrometheusObserver observer;
    auto attempt = accepted_attempt();
    attempt.outcome = VerificationOutcome::wrong_code;
    tell(observer, attempt, OperationKind::verify);
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_attempts_total{instance=\"main\",vendor=\"acme\",kind=\"verify\","
            "category=\"accepted\",delivery=\"accepted\"} 1",
            "otp_attempt_duration_seconds_sum{instance=\"main\",kind=\"verify\"} 0.12",
            "otp_attempt_duration_seconds_count{instance=\"main\",kind=\"verify\"} 1",
            "otp_attempts_in_flight{instance=\"main\"} 0",
            "otp_code_checks_total{instance=\"main\",outcome=\"wrong_code\"} 1"
        )
    );
}

TEST(PrometheusFamilies, AnApprovalThatIsConfirmedIsOneCheck) {
    PrometheusObserver observer;
    auto attempt = accepted_attempt();
    attempt.outcome = VerificationOutcome::approved;
    attempt.decision = Decision::confirm;
    attempt.reason = DecisionReason::needs_confirmation;
    tell(observer, attempt, OperationKind::verify);
    EXPECT_EQ(series(observer).size(), 4U);

    attempt.decision = Decision::finish;
    tell(observer, attempt, OperationKind::verify);
    EXPECT_THAT(
        series(observer),
        Contains("otp_code_checks_total{instance=\"main\",outcome=\"approved\"} 1")
    );
}

TEST(PrometheusFamilies, AWait) {
    PrometheusObserver observer;
    observer.on_wait({operation(), "main", 1500ms, DecisionReason::throttled});
    observer.on_wait({operation(), "main", 250ms, DecisionReason::throttled});
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_waits_total{instance=\"main\",reason=\"throttled\"} 2",
            "otp_wait_seconds_total{instance=\"main\",reason=\"throttled\"} 1.75"
        )
    );
}

TEST(PrometheusFamilies, AnOperationThatSucceeded) {
    PrometheusObserver observer;
    observer.on_operation_ended(succeeded_operation());
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_operations_total{kind=\"send\",target=\"login\",outcome=\"succeeded\","
            "stop=\"succeeded\"} 1",
            "otp_operation_duration_seconds_sum{kind=\"send\"} 0.25",
            "otp_operation_duration_seconds_count{kind=\"send\"} 1"
        )
    );
}

TEST(PrometheusFamilies, AnOperationThatFailed) {
    PrometheusObserver observer;
    auto event = succeeded_operation();
    event.operation = operation(OperationKind::verify);
    event.failure = ErrorCategory::timeout;
    event.delivery = Delivery::unknown;
    event.stop = DecisionReason::may_have_been_sent;
    observer.on_operation_ended(event);
    EXPECT_THAT(
        series(observer),
        Contains("otp_operations_total{kind=\"verify\",target=\"login\",outcome=\"timeout\","
                 "stop=\"may_have_been_sent\"} 1")
    );
}

TEST(PrometheusFamilies, ABreakerChange) {
    PrometheusObserver observer;
    observer.on_breaker_change({"main", "acme", BreakerState::closed, BreakerState::open, 5s});
    EXPECT_THAT(
        series(observer), ElementsAre("otp_breaker_changes_total{instance=\"main\",to=\"open\"} 1")
    );
}

TEST(PrometheusFamilies, ARest) {
    PrometheusObserver observer;
    observer.on_rest({"main", "acme", 30s});
    observer.on_rest({"main", "acme", 1ms});
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_rests_total{instance=\"main\"} 2",
            "otp_rest_seconds_total{instance=\"main\"} 30.001"
        )
    );
}

TEST(PrometheusFamilies, AReload) {
    PrometheusObserver observer;
    Reloaded event;
    observer.on_reload(event);
    event.failure = ErrorCategory::config_invalid;
    observer.on_reload(event);
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_reloads_total{outcome=\"succeeded\"} 1",
            "otp_reloads_total{outcome=\"config_invalid\"} 1"
        )
    );
}

TEST(PrometheusFamilies, AnAttemptThatWasNotBegunIsNotUnderWay) {
    PrometheusObserver observer;
    observer.on_attempt_begun({operation(), "main", "acme", 1});
    auto refused = failed_attempt();
    observer.on_attempt_ended({operation(), refused, 0});
    EXPECT_THAT(
        series(observer), ::testing::Contains("otp_attempts_in_flight{instance=\"main\"} 1")
    );
}

TEST(PrometheusFamilies, AToken) {
    PrometheusObserver observer;
    observer.on_token_fetched({"main", "acme", std::nullopt, 80ms});
    observer.on_token_fetched({"main", "acme", ErrorCategory::unauthenticated, 80ms});
    EXPECT_THAT(
        series(observer),
        UnorderedElementsAre(
            "otp_token_fetches_total{instance=\"main\",category=\"accepted\"} 1",
            "otp_token_fetches_total{instance=\"main\",category=\"unauthenticated\"} 1"
        )
    );
}

TEST(PrometheusFamilies, AWarning) {
    PrometheusObserver observer;
    observer.on_warning({"main", "acme", "the certificate ends in 3 days"});
    EXPECT_THAT(series(observer), ElementsAre("otp_warnings_total{instance=\"main\"} 1"));
}

TEST(PrometheusFamilies, AnEndWithoutABeginningLeavesNoneInFlight) {
    PrometheusObserver observer;
    observer.on_attempt_ended({operation(), accepted_attempt(), 1});
    EXPECT_THAT(series(observer), Contains("otp_attempts_in_flight{instance=\"main\"} 0"));
}

}  // namespace
}  // namespace otp::test
