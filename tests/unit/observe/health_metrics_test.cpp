#include "unit/observe/events.hpp"
#include "unit/observe/exposition_reader.hpp"

#include <otp/observe/health_metrics.hpp>
#include <otp/observe/prometheus_observer.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

InstanceHealth health_of(std::string instance) {
    InstanceHealth health;
    health.instance = std::move(instance);
    health.vendor = "acme";
    health.budget_left = 500;
    return health;
}

TEST(HealthMetrics, OfASmallSnapshot) {
    auto spare = health_of("spare");
    spare.breaker = BreakerState::open;
    spare.budget_left = 14;
    auto main = health_of("main");
    main.rests_for = 1250ms;
    main.connections = ConnectionCounts{7, 3, 2, 11};
    std::string text = "# HELP x_total y\n# TYPE x_total counter\nx_total 1\n";
    append_health(text, std::vector{spare, main});
    EXPECT_EQ(
        text,
        R"(# HELP x_total y
# TYPE x_total counter
x_total 1
# HELP otp_breaker_state 1 for the state that the breaker is in.
# TYPE otp_breaker_state gauge
otp_breaker_state{instance="main",state="closed"} 1
otp_breaker_state{instance="main",state="half_open"} 0
otp_breaker_state{instance="main",state="isolated"} 0
otp_breaker_state{instance="main",state="open"} 0
otp_breaker_state{instance="spare",state="closed"} 0
otp_breaker_state{instance="spare",state="half_open"} 0
otp_breaker_state{instance="spare",state="isolated"} 0
otp_breaker_state{instance="spare",state="open"} 1
# HELP otp_instance_usable Whether a request would be let through to the instance.
# TYPE otp_instance_usable gauge
otp_instance_usable{instance="main"} 0
otp_instance_usable{instance="spare"} 0
# HELP otp_pool_idle_connections Open connections that have no request.
# TYPE otp_pool_idle_connections gauge
otp_pool_idle_connections{instance="main"} 3
# HELP otp_pool_open_connections Connections, with a request or without.
# TYPE otp_pool_open_connections gauge
otp_pool_open_connections{instance="main"} 7
# HELP otp_pool_opening_connections Connections that are being opened.
# TYPE otp_pool_opening_connections gauge
otp_pool_opening_connections{instance="main"} 2
# HELP otp_pool_waiting_requests Requests that wait for a connection.
# TYPE otp_pool_waiting_requests gauge
otp_pool_waiting_requests{instance="main"} 11
# HELP otp_resting_seconds For how long the instance is left alone yet.
# TYPE otp_resting_seconds gauge
otp_resting_seconds{instance="main"} 1.25
otp_resting_seconds{instance="spare"} 0
# HELP otp_retry_budget_left What is left for retries.
# TYPE otp_retry_budget_left gauge
otp_retry_budget_left{instance="main"} 500
otp_retry_budget_left{instance="spare"} 14
)"
    );
    EXPECT_NO_THROW((void)read_exposition(text));
}

TEST(HealthMetrics, EachStateIsShownAsItself) {
    for (auto const state :
         {BreakerState::closed,
          BreakerState::half_open,
          BreakerState::isolated,
          BreakerState::open}) {
        auto health = health_of("main");
        health.breaker = state;
        std::string text;
        append_health(text, std::vector{health});
        for (auto const* const name : {"closed", "half_open", "isolated", "open"}) {
            EXPECT_EQ(
                value_of(text, "otp_breaker_state", {{"instance", "main"}, {"state", name}}),
                to_string(state) == name ? 1 : 0
            );
        }
        EXPECT_EQ(
            value_of(text, "otp_instance_usable", {{"instance", "main"}}), health.usable() ? 1 : 0
        );
    }
}

TEST(HealthMetrics, ShareNoFamilyWithTheObservers) {
    PrometheusObserver observer;
    tell(observer, failed_attempt());
    tell(observer, skipped_attempt());
    observer.on_operation_ended(succeeded_operation());
    observer.on_wait({operation(), "main", 1s, DecisionReason::not_sent});
    observer.on_breaker_change({"main", "acme", BreakerState::closed, BreakerState::open, 5s});
    observer.on_rest({"main", "acme", 1s});
    auto text = observer.text();
    auto health = health_of("main");
    health.connections.emplace();
    append_health(text, std::vector{health});
    EXPECT_NO_THROW((void)read_exposition(text));
}

TEST(HealthMetrics, NothingIsSaidOfAPoolThatNobodyHas) {
    std::string text;
    append_health(text, std::vector{health_of("main"), health_of("spare")});
    EXPECT_EQ(text.find("pool"), text.npos) << text;
    EXPECT_NO_THROW((void)read_exposition(text));
}

TEST(HealthMetrics, APoolWithoutConnectionsIsShownWithNone) {
    auto second = health_of("second");
    second.connections.emplace();
    std::string text;
    append_health(text, std::vector{health_of("first"), second});
    for (auto const* const family :
         {"otp_pool_idle_connections",
          "otp_pool_open_connections",
          "otp_pool_opening_connections",
          "otp_pool_waiting_requests"}) {
        EXPECT_EQ(value_of(text, family, {{"instance", "second"}}), 0) << family;
        EXPECT_EQ(text.find(std::string(family) + "{instance=\"first\"}"), text.npos) << text;
    }
}

TEST(HealthMetrics, NothingIsSaidOfNoInstance) {
    std::string text;
    append_health(text, {});
    EXPECT_EQ(text, "");
}

TEST(HealthMetrics, OfTwoWithOneNameTheFirstIsShown) {
    auto second = health_of("main");
    second.budget_left = 1;
    std::string text;
    append_health(text, std::vector{health_of("main"), health_of("a"), second});
    EXPECT_NO_THROW((void)read_exposition(text));
    EXPECT_EQ(value_of(text, "otp_retry_budget_left", {{"instance", "main"}}), 500);
    EXPECT_EQ(value_of(text, "otp_retry_budget_left", {{"instance", "a"}}), 500);
}

TEST(HealthMetrics, ARestThatIsOverIsNone) {
    auto health = health_of("main");
    health.rests_for = -5ms;
    std::string text;
    append_health(text, std::vector{health});
    EXPECT_EQ(value_of(text, "otp_resting_seconds", {{"instance", "main"}}), 0);
}

TEST(HealthMetrics, NamesAreEscaped) {
    std::string text;
    append_health(text, std::vector{health_of("a\"\xFF")});
    EXPECT_EQ(value_of(text, "otp_retry_budget_left", {{"instance", "a\"\xEF\xBF\xBD"}}), 500);
}

}  // namespace
}  // namespace otp::test
