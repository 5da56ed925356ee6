// What becomes of connections when the process forks: they stay the parent's.

#include "integration/wire/loopback_resolver.hpp"
#include "support/certificate_authority.hpp"
#include "support/gate.hpp"
#include "support/other_process.hpp"
#include "support/said_counts.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using boost::asio::execution_context;
using testing::HasSubstr;

std::string describe(HttpExchange const& exchange) {
    std::string text = exchange.reused_connection ? "reused, " : "fresh, ";
    if (exchange.outcome) return text + std::to_string(exchange.outcome->status);
    auto const& error = exchange.outcome.error();
    text += std::string(to_string(error.category)) + ", ";
    text += exchange.bytes_taken == 0 ? "nothing taken: " : "something taken: ";
    return text + error.message;
}

class Fork : public testing::TestWithParam<bool> {
protected:
    /// Held by the test, after what its script uses: the server ends with its threads first.
    [[nodiscard]] static ScriptedServer serve(Script script) {
        auto const& authority = test_authority();
        ServerTls const tls{authority.certificate(), authority.key(), {}, {}, 0, 0, 2, {}};
        return ScriptedServer(std::move(script), GetParam() ? std::optional(tls) : std::nullopt);
    }

    void connect(ScriptedServer const& server, std::size_t max_connections = 64) {
        harness_.emplace(
            server.base_url(),
            [max_connections](InstanceConfig& instance) {
                instance.tls.ca_file = test_authority().ca_file();
                instance.limits.max_connections = max_connections;
                instance.limits.idle_timeout = 1h;
            },
            std::make_shared<LoopbackResolver>()
        );
    }

    std::string send() { return describe(harness_->exchange(send_request())); }

    /// A fork of which Asio is told on both sides.
    template <class Report>
    OtherProcess fork(Report const& report) {
        harness_->context.notify_fork(execution_context::fork_prepare);
        return OtherProcess([&] {
            harness_->context.notify_fork(execution_context::fork_child);
            return report();
        });
    }
    void go_on() { harness_->context.notify_fork(execution_context::fork_parent); }

    std::optional<TransportHarness> harness_;
};

INSTANTIATE_TEST_SUITE_P(OverBoth, Fork, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

Script answer_everything() {
    return [](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response("{}"));
    };
}

TEST_P(Fork, LeavesKeptConnectionsToTheParent) {
    ScriptedServer const server = serve(answer_everything());
    connect(server);
    ASSERT_EQ(send(), "fresh, 200");
    auto child = fork([&] {
        auto const first = send();
        return first + "; " + send();
    });
    go_on();
    EXPECT_EQ(child.said(), "fresh, 200; reused, 200");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(send(), "reused, 200");
    EXPECT_EQ(server.connections(), 2U);
    // A ticket is used once, and the parent may want it.
    EXPECT_EQ(server.resumptions(), 0U);
}

TEST_P(Fork, CountsNothingOfTheParentsInTheChild) {
    ScriptedServer const server = serve(answer_everything());
    connect(server, 2);
    auto const told = [this] { return say(harness_->transport->connections()); };
    ASSERT_EQ(send(), "fresh, 200");
    // One on the kept connection, one for which another is being opened, one that waits behind it.
    auto const first = harness_->start(send_request());
    auto const second = harness_->start(send_request());
    auto const third = harness_->start(send_request());
    ASSERT_EQ(told(), "1 open, 0 idle, 1 opening, 2 waiting");
    auto child = fork([&] {
        auto said = told();
        said += "; " + send();
        said += ": " + told();
        return said;
    });
    go_on();
    EXPECT_EQ(
        child.said(),
        "0 open, 0 idle, 0 opening, 0 waiting; fresh, 200: 1 open, 1 idle, 0 opening, 0 waiting"
    );
    EXPECT_EQ(told(), "1 open, 0 idle, 1 opening, 2 waiting");
    EXPECT_TRUE(harness_->run_until([&] {
        return first->exchange && second->exchange && third->exchange;
    }));
}

TEST_P(Fork, LeavesThemAloneWithoutAWordToAsio) {
    ScriptedServer const server = serve(answer_everything());
    connect(server);
    ASSERT_EQ(send(), "fresh, 200");
    // As where `main` returns in the child.
    EXPECT_EQ(
        in_other_process([&] {
            harness_->transport->close();
            harness_->transport.reset();
            return std::string("closed");
        }),
        "closed"
    );
    EXPECT_EQ(send(), "reused, 200");
    EXPECT_EQ(server.connections(), 1U);
}

TEST_P(Fork, KeepsNoConnectionOpenThatTheParentCloses) {
    ScriptedServer const server = serve(answer_everything());
    connect(server);
    ASSERT_EQ(send(), "fresh, 200");
    int hold[2];
    ASSERT_EQ(::pipe(hold), 0);
    auto child = fork([&] {
        ::close(hold[1]);
        char none = 0;
        return ::read(hold[0], &none, 1) == 0 ? std::string("held") : std::string("not held");
    });
    go_on();
    ::close(hold[0]);
    harness_->transport->close();
    EXPECT_TRUE(harness_->run_until([&] { return server.finished_connections() == 1; }));
    ::close(hold[1]);
    EXPECT_EQ(child.said(), "held");
}

TEST_P(Fork, EndsInTheChildWhatIsUnderWayInTheParent) {
    Gate gate;
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        while (peer.read_request()) {
            gate.wait();
            peer.write(ok_response("{}"));
        }
    });
    connect(server, 1);
    auto const running = harness_->start(send_request());
    auto const waiting = harness_->start(send_request());
    ASSERT_TRUE(harness_->run_until([&] { return server.application_bytes() > 0; }));
    auto const both_over = [&] { return running->exchange && waiting->exchange; };
    auto child = fork([&] {
        // Not inside of notify_fork, where nobody expects a completion.
        std::string said = running->exchange || waiting->exchange ? "too early; " : "";
        if (!harness_->run_until(both_over)) return said + "still under way";
        said += describe(*running->exchange) + "; " + describe(*waiting->exchange);
        return said += running->completions == 1 && waiting->completions == 1 ? "" : "; twice";
    });
    go_on();
    // The one that waits may be sent by the parent any time: that nothing was taken would be a lie.
    std::string const forked =
        "fresh, cancelled, something taken: the process was forked, and its parent goes on with "
        "this request";
    EXPECT_EQ(child.said(), forked + "; " + forked);
    gate.open();
    ASSERT_TRUE(harness_->run_until(both_over));
    EXPECT_EQ(describe(*running->exchange), "fresh, 200");
    EXPECT_EQ(describe(*waiting->exchange), "reused, 200");
    EXPECT_EQ(server.connections(), 1U);
}

TEST_P(Fork, EndsInTheChildWhatWaitsForAConnection) {
    // TLS: nobody answers the handshake. Without it there is nothing to wait for but a name.
    if (!GetParam()) {
        GTEST_SKIP() << "a connection without TLS is there at once";
    }
    Gate gate;
    ScriptedServer const silent([&](Peer& peer, std::size_t) {
        gate.wait();
        peer.reset();
    });
    ScriptedServer const server = serve(answer_everything());
    harness_.emplace(
        "https://localhost:" + std::to_string(silent.port()),
        TransportHarness::Customize(),
        std::make_shared<LoopbackResolver>()
    );
    auto const pending = harness_->start(send_request());
    ASSERT_TRUE(harness_->run_until([&] { return silent.connections() == 1; }));
    auto child = fork([&] {
        if (!harness_->run_until([&] { return pending->exchange.has_value(); })) {
            return std::string("still under way");
        }
        return describe(*pending->exchange);
    });
    go_on();
    EXPECT_THAT(
        child.said(), HasSubstr("fresh, cancelled, something taken: the process was forked")
    );
    EXPECT_FALSE(pending->exchange);
    gate.open();
    ASSERT_TRUE(harness_->run_until([&] { return pending->exchange.has_value(); }));
    EXPECT_NE(pending->exchange->outcome.error().category, ErrorCategory::cancelled);
}

}  // namespace
}  // namespace otp::test
