// How `otp check --connect` tells of connections.
#include "connection_output.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

namespace otp::cli::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::chrono::sys_days today{std::chrono::year(2026) / 11 / 26};
constexpr Clock::UtcTime now{today + 12h};

ConnectionReport open_connection() {
    ConnectionReport report;
    report.instance = "eko";
    report.vendor = "eko";
    report.origin = "https://staging.eko.in:443";
    report.proxy = "proxy.example.com:3128";
    report.steps = {
        {ExchangePhase::resolving, 12345us},
        {ExchangePhase::connecting, 600us},
        {ExchangePhase::tunnelling, 499us},
        {ExchangePhase::handshaking, 71000us}};
    report.addresses = {"192.0.2.10", "192.0.2.11"};
    report.connected_to = "192.0.2.10:3128";
    report.tls = TlsReport{
        "TLSv1.3", "CN=staging.eko.in", "CN=Example CA", today - 300 * 24h, today + 55 * 24h};
    return report;
}

std::string text(ConnectionReport report) {
    std::vector<ConnectionReport> const reports{std::move(report)};
    std::ostringstream out;
    print_connections(out, reports, now);
    return std::move(out).str();
}

boost::json::object json(ConnectionReport report) {
    std::vector<ConnectionReport> const reports{std::move(report)};
    return connections_json(reports, now).at(0).as_object();
}

TEST(ConnectionOutput, tells_of_each_step_for_people) {
    EXPECT_EQ(
        text(open_connection()),
        "connection eko\n"
        "  origin        https://staging.eko.in:443\n"
        "  proxy         proxy.example.com:3128\n"
        "  name          192.0.2.10, 192.0.2.11, 12 ms\n"
        "  TCP           192.0.2.10:3128, 1 ms\n"
        "  tunnel        through the proxy, 0 ms\n"
        "  TLS           TLSv1.3, 71 ms\n"
        "  certificate   CN=staging.eko.in\n"
        "  issued by     CN=Example CA\n"
        "  validity      expires on 2027-01-20 (54 days)\n"
    );
}

TEST(ConnectionOutput, tells_why_a_step_failed) {
    auto report = open_connection();
    report.is_token_endpoint = true;
    report.steps.back().failed = true;
    report.tls->subject.clear();
    report.tls->not_after = today;
    report.failure = Error(ErrorCategory::tls_failed, "the certificate is refused");
    auto const shown = text(report);
    EXPECT_THAT(shown, HasSubstr("connection eko, tokens\n"));
    EXPECT_THAT(shown, HasSubstr("  TLS           failed, 71 ms\n"));
    EXPECT_THAT(shown, HasSubstr("  certificate   without a subject\n"));
    EXPECT_THAT(shown, HasSubstr("  validity      expired on 2026-11-26 (1 day ago)\n"));
    EXPECT_THAT(shown, HasSubstr("  failed        the certificate is refused\n"));
}

TEST(ConnectionOutput, tells_the_same_to_programs) {
    auto const object = json(open_connection());
    EXPECT_EQ(object.at("instance"), "eko");
    EXPECT_EQ(object.at("ok"), true);
    EXPECT_EQ(object.at("is_token_endpoint"), false);
    EXPECT_EQ(object.at("error"), nullptr);
    EXPECT_EQ(object.at("proxy"), "proxy.example.com:3128");
    EXPECT_EQ(object.at("addresses"), (boost::json::array{"192.0.2.10", "192.0.2.11"}));
    auto const& step = object.at("steps").at(0);
    EXPECT_EQ(step.at("phase"), "resolving");
    EXPECT_EQ(step.at("ok"), true);
    EXPECT_EQ(step.at("elapsed_ms"), 12);
    EXPECT_EQ(object.at("tls").at("version"), "TLSv1.3");
    EXPECT_EQ(object.at("tls").at("not_after"), "2027-01-20T00:00:00.000Z");
    EXPECT_EQ(object.at("tls").at("days_left"), 54);
}

TEST(ConnectionOutput, has_null_where_there_is_nothing) {
    ConnectionReport report;
    report.steps = {{ExchangePhase::resolving, 1us, true}};
    report.failure = Error(ErrorCategory::connect_failed, "cannot be resolved");
    auto const object = json(report);
    EXPECT_EQ(object.at("ok"), false);
    EXPECT_EQ(object.at("steps").at(0).at("ok"), false);
    for (auto const* member : {"tls", "proxy", "connected_to", "origin"}) {
        EXPECT_EQ(object.at(member), nullptr) << member;
    }
    EXPECT_EQ(object.at("error").at("category"), "connect_failed");
    EXPECT_EQ(object.at("error").at("message"), "cannot be resolved");
}

TEST(ConnectionOutput, counts_what_cannot_be_opened) {
    std::vector<ConnectionReport> reports(1);
    EXPECT_EQ(verdict_on_connections(reports), "The connection can be opened");
    reports.emplace_back();
    EXPECT_EQ(verdict_on_connections(reports), "All connections can be opened");
    reports.back().failure = Error(ErrorCategory::connect_failed);
    EXPECT_EQ(failed_connections(reports), 1U);
    EXPECT_EQ(verdict_on_connections(reports), "1 of 2 connections cannot be opened");
}

}  // namespace
}  // namespace otp::cli::test
