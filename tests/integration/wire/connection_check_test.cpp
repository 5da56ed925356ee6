// The way to a server is tried and told of, and no request goes out on it.

#include "integration/wire/loopback_resolver.hpp"
#include "integration/wire/tinyproxy.hpp"
#include "integration/wire/tls_visit.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using enum ExchangePhase;

/// Knows no name.
class EmptyResolver final : public NameResolver {
public:
    void async_resolve(
        boost::asio::any_io_executor const& executor, std::string, std::uint16_t, Handler handler
    ) override {
        boost::asio::post(executor, [handler = std::move(handler)]() mutable {
            std::move(handler
            )(make_error_code(boost::asio::error::host_not_found), NameResolver::Endpoints());
        });
    }
};

ConnectionReport check(TransportHarness& harness) {
    std::optional<ConnectionReport> report;
    bool inside = true;
    harness.transport->async_check_connection([&](ConnectionReport made) {
        EXPECT_FALSE(inside) << "completed inside the call";
        EXPECT_FALSE(report) << "completed twice";
        report.emplace(std::move(made));
    });
    inside = false;
    EXPECT_TRUE(harness.run_until([&] { return report.has_value(); }));
    harness.poll();
    return report.value_or(ConnectionReport());
}

std::vector<ExchangePhase> phases(ConnectionReport const& report) {
    std::vector<ExchangePhase> all;
    for (auto const& step : report.steps) all.push_back(step.phase);
    return all;
}

/// The one step that failed, the last, is the failure's own.
void expect_failed_in(ExchangePhase phase, ConnectionReport const& report, char const* reason) {
    ASSERT_TRUE(report.failure);
    EXPECT_EQ(report.failure->phase, phase);
    EXPECT_EQ(report.failure->delivery, Delivery::not_sent);
    EXPECT_THAT(report.failure->message, HasSubstr(reason));
    ASSERT_FALSE(report.steps.empty());
    EXPECT_EQ(report.steps.back().phase, phase);
    for (auto const& step : report.steps) EXPECT_EQ(step.failed, &step == &report.steps.back());
}

/// A server that keeps what it is sent, and says nothing by itself.
std::unique_ptr<ScriptedServer> listening_server(std::optional<ServerTls> tls = {}) {
    return std::make_unique<ScriptedServer>(
        [](Peer& peer, std::size_t) { peer.read_to_end(); }, std::move(tls)
    );
}

ConnectionReport check_visit(Visit const& visit) {
    auto const server = listening_server(visit.server);
    TransportHarness harness(
        "https://" + visit.host + ":" + std::to_string(server->port()) + "/v1",
        [&](InstanceConfig& instance) { instance.tls = visit.client; },
        std::make_shared<LoopbackResolver>()
    );
    auto report = check(harness);
    EXPECT_TRUE(harness.run_until([&] { return server->finished_connections() == 1; }));
    EXPECT_EQ(server->application_bytes(), 0U);
    EXPECT_EQ(report.origin, "https://" + visit.host + ":" + std::to_string(server->port()));
    return report;
}

TEST(ConnectionCheck, TellsOfEachStepAndOfTheCertificate) {
    CertificateLab::Recipe recipe;
    recipe.subject = "/O=Example/CN=localhost";
    recipe.not_after = "20300102030405Z";
    auto const report = check_visit(visit_leaf(recipe));
    ASSERT_FALSE(report.failure) << *report.failure;
    EXPECT_THAT(phases(report), ElementsAre(resolving, connecting, handshaking));
    for (auto const& step : report.steps) EXPECT_FALSE(step.failed);
    EXPECT_GT(report.steps.back().elapsed, 0us);
    EXPECT_THAT(report.addresses, ElementsAre("127.0.0.1"));
    EXPECT_THAT(report.connected_to, HasSubstr("127.0.0.1:"));
    EXPECT_EQ(report.proxy, "");
    ASSERT_TRUE(report.tls);
    EXPECT_EQ(report.tls->version, "TLSv1.3");
    EXPECT_EQ(report.tls->subject, "CN=localhost");
    EXPECT_NE(report.tls->issuer, "");
    EXPECT_NE(report.tls->issuer, report.tls->subject);
    using namespace std::chrono;
    EXPECT_EQ(report.tls->not_before, sys_days(year(2020) / 1 / 1));
    EXPECT_EQ(report.tls->not_after, sys_days(year(2030) / 1 / 2) + 3h + 4min + 5s);
}

TEST(ConnectionCheck, LeavesNoConnectionBehind) {
    auto const visit = good_visit();
    auto const server = listening_server(visit.server);
    TransportHarness harness(
        "https://localhost:" + std::to_string(server->port()),
        [&](InstanceConfig& instance) { instance.tls = visit.client; }
    );
    EXPECT_FALSE(check(harness).failure);
    EXPECT_FALSE(check(harness).failure);
    EXPECT_TRUE(harness.run_until([&] { return server->finished_connections() == 2; }));
}

TEST(ConnectionCheck, OfPlainHttpEndsWithTcp) {
    auto const server = listening_server();
    TransportHarness harness("http://127.0.0.1:" + std::to_string(server->port()));
    auto const report = check(harness);
    EXPECT_FALSE(report.failure);
    EXPECT_THAT(phases(report), ElementsAre(resolving, connecting));
    EXPECT_EQ(report.origin, "http://127.0.0.1:" + std::to_string(server->port()));
    EXPECT_FALSE(report.tls);
    EXPECT_TRUE(harness.run_until([&] { return server->finished_connections() == 1; }));
    EXPECT_EQ(server->application_bytes(), 0U);
}

TEST(ConnectionCheck, TellsOfANameThatIsNotKnown) {
    TransportHarness harness("https://api.example.com", {}, std::make_shared<EmptyResolver>());
    auto const report = check(harness);
    expect_failed_in(resolving, report, "the name api.example.com cannot be resolved");
    EXPECT_THAT(report.addresses, IsEmpty());
    EXPECT_EQ(report.origin, "https://api.example.com:443");
}

TEST(ConnectionCheck, TellsOfAPortThatRefuses) {
    TransportHarness harness(
        "https://localhost:" + std::to_string(free_port()), {}, std::make_shared<LoopbackResolver>()
    );
    auto const report = check(harness);
    expect_failed_in(connecting, report, "refused");
    EXPECT_THAT(report.addresses, ElementsAre("127.0.0.1"));
    EXPECT_EQ(report.connected_to, "");
}

TEST(ConnectionCheck, TellsOfACertificateOfAnotherName) {
    auto visit = good_visit();
    visit.host = "api.example.com";
    auto const report = check_visit(visit);
    expect_failed_in(handshaking, report, "the certificate is refused");
    ASSERT_TRUE(report.tls);
    EXPECT_EQ(report.tls->subject, "CN=localhost");
}

TEST(ConnectionCheck, TellsOfACertificateThatHasExpired) {
    CertificateLab::Recipe recipe;
    recipe.not_after = "20240101000000Z";
    auto const report = check_visit(visit_leaf(recipe));
    expect_failed_in(handshaking, report, "expired");
    ASSERT_TRUE(report.tls);
    EXPECT_EQ(report.tls->not_after, std::chrono::sys_days(std::chrono::year(2024) / 1 / 1));
}

TEST(ConnectionCheck, TellsOfAnAuthorityThatIsNotKnown) {
    auto visit = good_visit();
    lab().make_self_signed("other", "/CN=Other Root", CertificateLab::authority_extensions);
    visit.client.ca_file = lab().file("other.pem");
    auto const report = check_visit(visit);
    expect_failed_in(handshaking, report, "its authority is not among those in tls.ca_file");
    ASSERT_TRUE(report.tls);
}

TEST(ConnectionCheck, TellsOfAServerWithoutTls) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        (void)peer.read_some();
        peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        peer.finish();
        peer.read_to_end();
    });
    TransportHarness harness("https://localhost:" + std::to_string(server.port()));
    auto const report = check(harness);
    expect_failed_in(handshaking, report, "TLS handshake with localhost failed");
    EXPECT_FALSE(report.tls);
}

TEST(ConnectionCheck, EndsInTimeAtAServerThatSaysNothing) {
    auto const server = listening_server();
    TransportHarness harness(
        "https://localhost:" + std::to_string(server->port()),
        [](InstanceConfig& instance) { instance.limits.handshake_timeout = 50ms; }
    );
    auto const report = check(harness);
    expect_failed_in(handshaking, report, "took too long");
    EXPECT_EQ(report.failure->category, ErrorCategory::timeout);
    EXPECT_GE(report.steps.back().elapsed, 50ms);
}

TransportHarness::Customize through_proxy(std::uint16_t port, TlsConfig const& tls = {}) {
    return [port, tls](InstanceConfig& instance) {
        instance.tls = tls;
        instance.proxy.emplace(ProxyConfig{"proxy.vendor.test", port, "", Secret()});
    };
}

TEST(ConnectionCheck, GoesThroughTheProxyAsRequestsDo) {
    auto const visit = good_visit();
    auto const server = listening_server(visit.server);
    Tinyproxy const proxy;
    TransportHarness harness(
        "https://localhost:" + std::to_string(server->port()),
        through_proxy(proxy.port(), visit.client),
        std::make_shared<LoopbackResolver>()
    );
    auto const report = check(harness);
    ASSERT_FALSE(report.failure) << *report.failure << proxy.log();
    EXPECT_THAT(phases(report), ElementsAre(resolving, connecting, tunnelling, handshaking));
    EXPECT_EQ(report.proxy, "proxy.vendor.test:" + std::to_string(proxy.port()));
    EXPECT_EQ(report.connected_to, "127.0.0.1:" + std::to_string(proxy.port()));
    EXPECT_TRUE(harness.run_until([&] { return server->finished_connections() == 1; }));
    EXPECT_EQ(server->application_bytes(), 0U);
}

TEST(ConnectionCheck, TellsOfAProxyThatRefuses) {
    auto const server = listening_server();
    Tinyproxy const proxy("ConnectPort 443");
    TransportHarness harness(
        "https://localhost:" + std::to_string(server->port()),
        through_proxy(proxy.port()),
        std::make_shared<LoopbackResolver>()
    );
    auto const report = check(harness);
    expect_failed_in(tunnelling, report, " refused the tunnel with status 403");
    EXPECT_EQ(server->connections(), 0U);
}

class CancelledCheck : public ::testing::Test {
protected:
    void begin() {
        harness.transport->async_check_connection(boost::asio::bind_cancellation_slot(
            signal.slot(),
            [this](ConnectionReport made) {
                EXPECT_FALSE(report) << "completed twice";
                report.emplace(std::move(made));
            }
        ));
        ASSERT_TRUE(harness.run_until([&] { return server->connections() == 1; }));
    }
    void expect_cancelled() {
        ASSERT_TRUE(harness.run_until([&] { return report.has_value(); }));
        ASSERT_TRUE(report->failure);
        EXPECT_EQ(report->failure->category, ErrorCategory::cancelled);
    }

    std::unique_ptr<ScriptedServer> server{listening_server()};
    TransportHarness harness{"https://localhost:" + std::to_string(server->port())};
    boost::asio::cancellation_signal signal;
    std::optional<ConnectionReport> report;
};

TEST_F(CancelledCheck, SaysSo) {
    begin();
    signal.emit(boost::asio::cancellation_type::terminal);
    expect_cancelled();
}

TEST_F(CancelledCheck, IsWhatClosingTheTransportMakesOfIt) {
    begin();
    harness.transport->close();
    expect_cancelled();
}

TEST_F(CancelledCheck, IsWhatAClosedTransportMakesOfIt) {
    harness.transport->close();
    harness.transport->async_check_connection([this](ConnectionReport made) {
        report.emplace(std::move(made));
    });
    expect_cancelled();
    EXPECT_EQ(server->connections(), 0U);
}

}  // namespace
}  // namespace otp::test
