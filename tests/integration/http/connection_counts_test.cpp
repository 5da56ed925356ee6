// What a transport tells of its connections, as they are opened, used, kept and closed.

#include "support/certificate_authority.hpp"
#include "support/gate.hpp"
#include "support/said_counts.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

class ConnectionCounting : public testing::TestWithParam<bool> {
protected:
    void TearDown() override { gate.open(); }

    [[nodiscard]] static std::optional<ServerTls> tls() {
        if (!GetParam()) return std::nullopt;
        auto const& authority = test_authority();
        return ServerTls{authority.certificate(), authority.key(), {}, {}, 0, 0, 2, {}};
    }
    /// Answers nothing before the gate is open, and everything then.
    [[nodiscard]] Script answer_behind_gate() {
        return [this](Peer& peer, std::size_t) {
            while (peer.read_request()) {
                gate.wait();
                peer.write(ok_response("{}"));
            }
        };
    }
    void connect(std::string const& base_url, HttpLimits const& limits = {}) {
        harness.emplace(base_url, [&limits](InstanceConfig& instance) {
            instance.tls.ca_file = test_authority().ca_file();
            instance.limits = limits;
        });
    }
    [[nodiscard]] static HttpLimits at_most(std::size_t max_connections) {
        HttpLimits limits;
        limits.max_connections = max_connections;
        return limits;
    }

    [[nodiscard]] std::string told() const { return say(harness->transport->connections()); }
    /// What it tells at last, if that is not `expected` before.
    [[nodiscard]] std::string told_after(std::string const& expected) {
        static_cast<void>(harness->run_until([&] { return told() == expected; }));
        return told();
    }
    [[nodiscard]] bool finish(std::shared_ptr<TransportHarness::Pending> const& pending) {
        return harness->run_until([&] { return pending->exchange.has_value(); });
    }

    Gate gate;
    std::optional<TransportHarness> harness;
};

INSTANTIATE_TEST_SUITE_P(OverBoth, ConnectionCounting, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

TEST_P(ConnectionCounting, FollowsARequest) {
    ScriptedServer const server(answer_behind_gate(), tls());
    connect(server.base_url());
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
    auto const sent = harness->start(send_request());
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 1 waiting");
    std::string const under_way = "1 open, 0 idle, 0 opening, 0 waiting";
    EXPECT_EQ(told_after(under_way), under_way);
    gate.open();
    ASSERT_TRUE(finish(sent));
    EXPECT_EQ(told(), "1 open, 1 idle, 0 opening, 0 waiting");

    auto const again = harness->start(send_request());
    EXPECT_EQ(told(), "1 open, 0 idle, 0 opening, 0 waiting") << "the kept one has it at once";
    ASSERT_TRUE(finish(again));
    EXPECT_EQ(told(), "1 open, 1 idle, 0 opening, 0 waiting");
}

TEST_P(ConnectionCounting, FollowsThoseWhoWaitForTheOnlyConnection) {
    ScriptedServer const server(answer_behind_gate(), tls());
    connect(server.base_url(), at_most(1));
    std::vector<std::shared_ptr<TransportHarness::Pending>> all;
    for (int i = 0; i < 3; ++i) all.push_back(harness->start(send_request()));
    auto const impatient = harness->start(send_request(), 50ms);
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 4 waiting");
    ASSERT_TRUE(finish(impatient));
    std::string const under_way = "1 open, 0 idle, 0 opening, 2 waiting";
    EXPECT_EQ(told_after(under_way), under_way);
    gate.open();
    for (auto const& one : all) ASSERT_TRUE(finish(one));
    EXPECT_EQ(told(), "1 open, 1 idle, 0 opening, 0 waiting");
}

TEST_P(ConnectionCounting, CountsWhatIsOpenedAheadOfNeed) {
    ScriptedServer const server(answer_behind_gate(), tls());
    connect(server.base_url(), at_most(3));
    harness->transport->warm_up(5);
    EXPECT_EQ(told(), "0 open, 0 idle, 3 opening, 0 waiting");
    std::string const ready = "3 open, 3 idle, 0 opening, 0 waiting";
    EXPECT_EQ(told_after(ready), ready);
    harness->transport->close();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_P(ConnectionCounting, ForgetsAConnectionThatTheServerEndsWhileItIsIdle) {
    ScriptedServer const server(
        [this](Peer& peer, std::size_t) {
            (void)peer.read_request();
            peer.write(ok_response("{}"));
            gate.wait();
            peer.finish();
            peer.read_to_end();
        },
        tls()
    );
    connect(server.base_url());
    ASSERT_TRUE(harness->exchange(send_request()).outcome);
    EXPECT_EQ(told(), "1 open, 1 idle, 0 opening, 0 waiting");
    gate.open();
    std::string const none = "0 open, 0 idle, 0 opening, 0 waiting";
    EXPECT_EQ(told_after(none), none);
}

TEST_P(ConnectionCounting, ForgetsAConnectionThatHasBeenIdleForTooLong) {
    gate.open();
    ScriptedServer const server(answer_behind_gate(), tls());
    HttpLimits limits;
    limits.idle_timeout = 100ms;
    connect(server.base_url(), limits);
    ASSERT_TRUE(harness->exchange(send_request()).outcome);
    std::string const none = "0 open, 0 idle, 0 opening, 0 waiting";
    EXPECT_EQ(told_after(none), none);
}

TEST_P(ConnectionCounting, ForgetsAConnectionThatIsNotToBeUsedAgain) {
    ScriptedServer const server(
        [](Peer& peer, std::size_t) {
            (void)peer.read_request();
            peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
            peer.read_to_end();
        },
        tls()
    );
    connect(server.base_url());
    ASSERT_TRUE(harness->exchange(send_request()).outcome);
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_P(ConnectionCounting, ForgetsAConnectionWhoseRequestRanOutOfTime) {
    ScriptedServer const server(answer_behind_gate(), tls());
    connect(server.base_url());
    auto const late = harness->start(send_request(), 200ms);
    ASSERT_TRUE(finish(late));
    std::string const none = "0 open, 0 idle, 0 opening, 0 waiting";
    EXPECT_EQ(told_after(none), none);
}

TEST_P(ConnectionCounting, CountsNoConnectionThatCouldNotBeOpened) {
    std::optional<ScriptedServer> server(std::in_place, answer_behind_gate(), tls());
    connect(server->base_url());
    server.reset();
    auto const refused = harness->start(send_request());
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 1 waiting");
    ASSERT_TRUE(finish(refused));
    EXPECT_FALSE(refused->exchange->outcome);
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_P(ConnectionCounting, EndsWhenTheTransportIsClosed) {
    ScriptedServer const server(answer_behind_gate(), tls());
    connect(server.base_url(), at_most(1));
    auto const sent = harness->start(send_request());
    auto const waits = harness->start(send_request());
    std::string const under_way = "1 open, 0 idle, 0 opening, 1 waiting";
    ASSERT_EQ(told_after(under_way), under_way);
    harness->transport->close();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
    EXPECT_TRUE(finish(sent));
    EXPECT_TRUE(finish(waits));
}

TEST_P(ConnectionCounting, EndsWithAnOpeningThatTheClosingCutsShort) {
    ScriptedServer const server(answer_behind_gate(), tls());
    connect(server.base_url());
    auto const sent = harness->start(send_request());
    harness->transport->close();
    ASSERT_TRUE(finish(sent));
    std::string const none = "0 open, 0 idle, 0 opening, 0 waiting";
    EXPECT_EQ(told_after(none), none);
}

}  // namespace
}  // namespace otp::test
