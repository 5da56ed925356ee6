// Which instances can be reached, and which routes are served, by what was found.

#include "health_report.hpp"

#include <gtest/gtest.h>

namespace otp::cli {
namespace {

[[nodiscard]] ConnectionReport connection(std::string instance, bool is_open) {
    ConnectionReport report;
    report.instance = std::move(instance);
    if (!is_open) report.failure = Error(ErrorCategory::connect_failed);
    return report;
}

TEST(HealthReport, NeedsTheTokenEndpointToo) {
    HealthReport report;
    report.connections = {connection("a", true), connection("b", true), connection("b", false)};
    EXPECT_TRUE(report.is_reachable("a"));
    EXPECT_FALSE(report.is_reachable("b"));
    EXPECT_FALSE(report.is_reachable("nobody"));
}

TEST(HealthReport, NeedsOneInstanceForEachRuleAndForTheRest) {
    HealthReport report;
    report.connections = {connection("a", true), connection("b", false)};
    RouteConfig route;
    route.name = "login";
    route.use = {"b", "a"};
    EXPECT_TRUE(report.is_usable(route));
    route.rules.resize(1);
    route.rules[0].use = {"b"};
    EXPECT_FALSE(report.is_usable(route));
    route.rules[0].use = {"a"};
    EXPECT_TRUE(report.is_usable(route));
    route.use = {"b"};
    EXPECT_FALSE(report.is_usable(route));
}

TEST(HealthReport, IsNotSpoiltByAnInstanceThatNoRouteNeeds) {
    HealthReport report;
    report.connections = {connection("a", true), connection("b", false)};
    EXPECT_FALSE(report.ok());
    RouteConfig route;
    route.use = {"a"};
    report.routes = {route};
    EXPECT_TRUE(report.ok());
}

}  // namespace
}  // namespace otp::cli
