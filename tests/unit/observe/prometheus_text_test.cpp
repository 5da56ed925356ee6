#include "unit/observe/events.hpp"
#include "unit/observe/exposition_reader.hpp"

#include <otp/observe/prometheus_observer.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// A send on `login`: `main` times out, the operation waits, `spare` accepts.
void tell_of_a_failover(Observer& observer) {
    tell(observer, failed_attempt());
    observer.on_wait({operation(), "spare", 40ms, DecisionReason::not_sent});
    auto accepted = accepted_attempt();
    accepted.instance = "spare";
    tell(observer, accepted);
    auto ended = succeeded_operation();
    ended.instance = "spare";
    ended.attempts = 2;
    ended.latency = 3160ms;
    observer.on_operation_ended(ended);
}

// The text as a whole: order of families and series, heads, buckets, numbers.
TEST(PrometheusText, OfASmallHistory) {
    PrometheusObserver observer;
    tell_of_a_failover(observer);
    EXPECT_EQ(
        observer.text(),
        R"(# HELP otp_operations_total Operations that are over.
# TYPE otp_operations_total counter
otp_operations_total{kind="send",target="login",outcome="succeeded",stop="succeeded"} 1
# HELP otp_operation_duration_seconds How long operations took, waits included.
# TYPE otp_operation_duration_seconds histogram
otp_operation_duration_seconds_bucket{kind="send",le="0.01"} 0
otp_operation_duration_seconds_bucket{kind="send",le="0.025"} 0
otp_operation_duration_seconds_bucket{kind="send",le="0.05"} 0
otp_operation_duration_seconds_bucket{kind="send",le="0.1"} 0
otp_operation_duration_seconds_bucket{kind="send",le="0.25"} 0
otp_operation_duration_seconds_bucket{kind="send",le="0.5"} 0
otp_operation_duration_seconds_bucket{kind="send",le="1"} 0
otp_operation_duration_seconds_bucket{kind="send",le="2.5"} 0
otp_operation_duration_seconds_bucket{kind="send",le="5"} 1
otp_operation_duration_seconds_bucket{kind="send",le="10"} 1
otp_operation_duration_seconds_bucket{kind="send",le="30"} 1
otp_operation_duration_seconds_bucket{kind="send",le="+Inf"} 1
otp_operation_duration_seconds_sum{kind="send"} 3.16
otp_operation_duration_seconds_count{kind="send"} 1
# HELP otp_attempts_total Attempts that are over.
# TYPE otp_attempts_total counter
otp_attempts_total{instance="main",vendor="acme",kind="send",category="timeout",delivery="not_sent"} 1
otp_attempts_total{instance="spare",vendor="acme",kind="send",category="accepted",delivery="accepted"} 1
# HELP otp_attempt_duration_seconds How long attempts took.
# TYPE otp_attempt_duration_seconds histogram
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="0.01"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="0.025"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="0.05"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="0.1"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="0.25"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="0.5"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="1"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="2.5"} 0
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="5"} 1
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="10"} 1
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="30"} 1
otp_attempt_duration_seconds_bucket{instance="main",kind="send",le="+Inf"} 1
otp_attempt_duration_seconds_sum{instance="main",kind="send"} 3
otp_attempt_duration_seconds_count{instance="main",kind="send"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="0.01"} 0
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="0.025"} 0
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="0.05"} 0
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="0.1"} 0
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="0.25"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="0.5"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="1"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="2.5"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="5"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="10"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="30"} 1
otp_attempt_duration_seconds_bucket{instance="spare",kind="send",le="+Inf"} 1
otp_attempt_duration_seconds_sum{instance="spare",kind="send"} 0.12
otp_attempt_duration_seconds_count{instance="spare",kind="send"} 1
# HELP otp_attempts_in_flight Attempts under way.
# TYPE otp_attempts_in_flight gauge
otp_attempts_in_flight{instance="main"} 0
otp_attempts_in_flight{instance="spare"} 0
# HELP otp_failovers_total Attempts after which another instance was asked.
# TYPE otp_failovers_total counter
otp_failovers_total{instance="main",reason="not_sent"} 1
# HELP otp_waits_total Waits before an attempt at the instance.
# TYPE otp_waits_total counter
otp_waits_total{instance="spare",reason="not_sent"} 1
# HELP otp_wait_seconds_total How long operations were to wait before an attempt at the instance.
# TYPE otp_wait_seconds_total counter
otp_wait_seconds_total{instance="spare",reason="not_sent"} 0.04
# HELP otp_observer_dropped_events_total Events that could not be counted.
# TYPE otp_observer_dropped_events_total counter
otp_observer_dropped_events_total 0
)"
    );
    EXPECT_NO_THROW((void)read_exposition(observer.text()));
}

TEST(PrometheusText, DoesNotDependOnTheOrderOfEvents) {
    PrometheusObserver one;
    PrometheusObserver other;
    one.on_rest({"main", "acme", 1s});
    one.on_rest({"spare", "acme", 1s});
    other.on_rest({"spare", "acme", 1s});
    other.on_rest({"main", "acme", 1s});
    EXPECT_EQ(one.text(), other.text());
}

TEST(PrometheusText, IsReadableWhateverATargetIs) {
    struct Case {
        std::string target;
        std::string read_as;
    };
    for (auto const& [target, read_as] : {
             Case{"a\"b\\c\nd", "a\"b\\c\nd"},
             Case{"\\", "\\"},
             Case{"\\n", "\\n"},
             Case{"caf\xC3\xA9", "caf\xC3\xA9"},
             Case{"\xC3", "\xEF\xBF\xBD"},
             Case{"a\xFF\xFEz", "a\xEF\xBF\xBD\xEF\xBF\xBDz"},
             Case{
                 std::string("a\0b", 3),
                 "a\xEF\xBF\xBD"
                 "b"},
             Case{"\t}", "\t}"},
             Case{"", ""},
         }) {
        PrometheusObserver observer;
        auto event = succeeded_operation();
        event.operation.target = target;
        observer.on_operation_ended(event);
        EXPECT_EQ(
            value_of(
                observer.text(),
                "otp_operations_total",
                {{"kind", "send"},
                 {"target", read_as},
                 {"outcome", "succeeded"},
                 {"stop", "succeeded"}}
            ),
            1
        );
    }
}

TEST(PrometheusText, EscapesAsTheFormatSays) {
    PrometheusObserver observer;
    observer.on_warning({"a\"b\\c\nd", "acme", "one"});
    EXPECT_THAT(observer.text(), HasSubstr("otp_warnings_total{instance=\"a\\\"b\\\\c\\nd\"} 1\n"));
}

TEST(PrometheusText, NamesItsVersion) {
    EXPECT_EQ(PrometheusObserver::content_type, "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace
}  // namespace otp::test
