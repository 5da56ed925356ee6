// A real proxy between the transport and its server.

#include "integration/wire/loopback_resolver.hpp"
#include "integration/wire/tinyproxy.hpp"
#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <chrono>
#include <condition_variable>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

std::string asking_for_credentials() {
    return std::string("BasicAuth ") + Tinyproxy::username + " " + Tinyproxy::password;
}

class Proxy : public testing::Test {
protected:
    static ServerTls tls() {
        return {test_authority().certificate(), test_authority().key(), {}, {}, 0, 0, 2, {}};
    }
    static Script answers() {
        return [](Peer& peer, std::size_t) {
            while (peer.read_request()) peer.write(ok_response("{}"));
        };
    }

    /// `proxy.vendor.test` is this machine.
    static TransportHarness::Customize through(
        std::uint16_t port, std::string const& username, std::string const& password
    ) {
        return [=](InstanceConfig& instance) {
            instance.tls.ca_file = test_authority().ca_file();
            instance.proxy.emplace(ProxyConfig{
                "proxy.vendor.test", port, username, Secret(password)});
        };
    }

    static std::unique_ptr<TransportHarness> visit(
        std::uint16_t server, TransportHarness::Customize const& settings
    ) {
        return std::make_unique<TransportHarness>(
            "https://localhost:" + std::to_string(server),
            settings,
            std::make_shared<LoopbackResolver>()
        );
    }

    void expect_no_tunnel(
        TransportHarness::Customize const& settings, std::uint16_t server, char const* reason
    ) {
        auto const exchange = visit(server, settings)->exchange(send_request());
        ASSERT_TRUE(exchange.outcome.has_error());
        EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::connect_failed);
        EXPECT_THAT(exchange.outcome.error().message, HasSubstr(reason));
        EXPECT_THAT(exchange.outcome.error().message, Not(HasSubstr(Tinyproxy::password)));
        EXPECT_EQ(exchange.bytes_taken, 0U);
        EXPECT_EQ(server_.application_bytes(), 0U);
    }

    ScriptedServer server_{answers(), tls()};
};

TEST_F(Proxy, CarriesRequestsThroughATunnel) {
    Tinyproxy const proxy(asking_for_credentials());
    auto const harness =
        visit(server_.port(), through(proxy.port(), Tinyproxy::username, Tinyproxy::password));
    for (int i = 0; i < 5; ++i) {
        auto const exchange = harness->exchange(send_request());
        ASSERT_TRUE(exchange.outcome) << exchange.outcome.error() << proxy.log();
        EXPECT_EQ(exchange.outcome->body, "{}");
        EXPECT_EQ(exchange.reused_connection, i > 0);
    }
    EXPECT_EQ(server_.connections(), 1U);
    EXPECT_THAT(proxy.log(), HasSubstr("CONNECT localhost:" + std::to_string(server_.port())));
    // The tunnel is opaque: the proxy sees neither the path nor the body.
    EXPECT_THAT(proxy.log(), Not(HasSubstr("/send")));
}

TEST_F(Proxy, CarriesSeveralTunnelsAtOnce) {
    constexpr int wanted = 8;
    // No answer before all requests are there, each in a tunnel of its own.
    std::mutex mutex;
    std::condition_variable changed;
    int arrived = 0;
    ScriptedServer const server(
        [&](Peer& peer, std::size_t) {
            if (!peer.read_request()) return;
            std::unique_lock lock(mutex);
            ++arrived;
            changed.notify_all();
            changed.wait_for(lock, 9s, [&] { return arrived == wanted; });
            peer.write(ok_response("{}"));
            lock.unlock();
            peer.read_to_end();
        },
        tls()
    );
    Tinyproxy const proxy;
    auto const harness = visit(server.port(), through(proxy.port(), "", ""));
    std::vector<std::shared_ptr<TransportHarness::Pending>> pending;
    for (int i = 0; i < wanted; ++i) pending.push_back(harness->start(send_request()));
    for (auto const& one : pending) {
        ASSERT_TRUE(harness->run_until([&] { return one->exchange.has_value(); }));
        EXPECT_TRUE(one->exchange->outcome) << one->exchange->outcome.error();
    }
    EXPECT_EQ(arrived, wanted);
    EXPECT_EQ(server.connections(), 8U);
}

TEST_F(Proxy, NamesWrongAndMissingCredentials) {
    Tinyproxy const proxy(asking_for_credentials());
    auto const wrong = through(proxy.port(), Tinyproxy::username, "another-password");
    // tinyproxy has a status of its own for credentials that are there, and wrong.
    expect_no_tunnel(wrong, server_.port(), "refuses the credentials (401)");
    expect_no_tunnel(through(proxy.port(), "", ""), server_.port(), "asks for credentials (407)");
    EXPECT_EQ(server_.connections(), 0U);
}

TEST_F(Proxy, NamesARefusedPort) {
    Tinyproxy const proxy("ConnectPort 443");
    expect_no_tunnel(through(proxy.port(), "", ""), server_.port(), "status 403");
    EXPECT_EQ(server_.connections(), 0U);
}

TEST_F(Proxy, NamesAServerThatItCannotReach) {
    Tinyproxy const proxy;
    expect_no_tunnel(through(proxy.port(), "", ""), free_port(), "status 5");
}

TEST_F(Proxy, IsNamedWhenItIsDown) {
    expect_no_tunnel(through(free_port(), "", ""), server_.port(), "proxy.vendor.test");
}

TEST_F(Proxy, CannotStandInForTheServer) {
    Tinyproxy const proxy;
    auto settings = through(proxy.port(), "", "");
    // The tunnel leads to a server whose authority is unknown: as if the proxy answered itself.
    auto const harness = visit(server_.port(), [&](InstanceConfig& instance) {
        settings(instance);
        instance.tls.ca_file.reset();
    });
    auto const exchange = harness->exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::tls_failed);
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_EQ(server_.application_bytes(), 0U);
}

}  // namespace
}  // namespace otp::test
