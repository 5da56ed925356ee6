#include "support/certificate_authority.hpp"
#include "support/gate.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <otp/seam/name_resolver.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <openssl/err.h>

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

class ConnectionReuse : public testing::TestWithParam<bool> {
protected:
    /// Held by the test, after what its script uses: the server ends with its threads first.
    [[nodiscard]] static ScriptedServer serve(Script script) {
        auto const& authority = test_authority();
        ServerTls const tls{authority.certificate(), authority.key(), {}, {}, 0, 0, 2, {}};
        return ScriptedServer(std::move(script), GetParam() ? std::optional(tls) : std::nullopt);
    }
    static TransportHarness::Customize settings(HttpLimits limits = {}) {
        return [limits](InstanceConfig& instance) {
            instance.tls.ca_file = test_authority().ca_file();
            instance.limits = limits;
        };
    }
};

INSTANTIATE_TEST_SUITE_P(OverBoth, ConnectionReuse, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

Script answer_everything() {
    return [](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response("{}"));
    };
}

TEST_P(ConnectionReuse, UsesOneConnectionForRequestsInTurn) {
    ScriptedServer const server = serve(answer_everything());
    TransportHarness harness(server.base_url(), settings());
    for (int i = 0; i < 20; ++i) {
        auto const exchange = harness.exchange(send_request());
        ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
        EXPECT_EQ(exchange.reused_connection, i > 0);
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST_P(ConnectionReuse, OpensNoMoreThanTheLimitAndServesInOrder) {
    for (std::size_t const limit : {1U, 3U}) {
        ScriptedServer const server = serve(answer_everything());
        HttpLimits limits;
        limits.max_connections = limit;
        TransportHarness harness(server.base_url(), settings(limits));
        std::vector<int> finished;
        for (int i = 0; i < 20; ++i) {
            harness.transport->async_exchange(
                send_request(),
                std::chrono::steady_clock::now() + 10s,
                [&finished, i](HttpExchange exchange) {
                    EXPECT_TRUE(exchange.outcome);
                    finished.push_back(i);
                }
            );
        }
        ASSERT_TRUE(harness.run_until([&] { return finished.size() == 20; }));
        EXPECT_EQ(server.connections(), limit);
        // With several connections, the order of the answers is the servers' affair.
        if (limit == 1) {
            EXPECT_TRUE(std::is_sorted(finished.begin(), finished.end()));
        }
    }
}

TEST_P(ConnectionReuse, IsNotMisledByErrorsThatOthersLeaveInOpenSslsQueue) {
    ScriptedServer const server = serve(answer_everything());
    TransportHarness harness(server.base_url(), settings());
    for (int i = 0; i < 3; ++i) {
        ERR_raise(ERR_LIB_USER, ERR_R_INTERNAL_ERROR);
        auto const exchange = harness.exchange(send_request());
        ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
        EXPECT_EQ(exchange.reused_connection, i > 0);
    }
    ERR_clear_error();
}

TEST_P(ConnectionReuse, RefusesAtOnceWhatIsMoreThanMayBeInFlight) {
    Gate gate;
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        while (peer.read_request()) {
            gate.wait();
            peer.write(ok_response("{}"));
        }
    });
    HttpLimits limits;
    limits.max_connections = 1;
    limits.max_in_flight = 2;
    TransportHarness harness(server.base_url(), settings(limits));
    auto const running = harness.start(send_request());
    auto const waiting = harness.start(send_request());
    auto const refused = harness.start(send_request());
    ASSERT_TRUE(harness.run_until([&] { return refused->exchange.has_value(); }));
    EXPECT_EQ(refused->exchange->outcome.error().category, ErrorCategory::unavailable);
    EXPECT_EQ(refused->exchange->bytes_taken, 0U);
    EXPECT_FALSE(running->exchange || waiting->exchange);
    gate.open();
    ASSERT_TRUE(harness.run_until([&] { return running->exchange && waiting->exchange; }));
    EXPECT_TRUE(harness.exchange(send_request()).outcome);
}

TEST_P(ConnectionReuse, ClosesAConnectionWhenItHasBeenIdleForTooLong) {
    std::atomic<bool> ended{false};
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response("{}"));
        ended = true;
    });
    HttpLimits limits;
    limits.idle_timeout = 100ms;
    TransportHarness harness(server.base_url(), settings(limits));
    ASSERT_TRUE(harness.exchange(send_request()).outcome);
    EXPECT_TRUE(harness.run_until([&] { return ended.load(); }));
}

TEST_P(ConnectionReuse, GivesTheConnectionOfACancelledWaiterToTheNext) {
    Gate gate;
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        bool first = true;
        while (peer.read_request()) {
            if (std::exchange(first, false)) gate.wait();
            peer.write(ok_response("{}"));
        }
    });
    HttpLimits limits;
    limits.max_connections = 1;
    TransportHarness harness(server.base_url(), settings(limits));
    auto const running = harness.start(send_request());
    auto const impatient = harness.start(send_request(), 50ms);
    auto const patient = harness.start(send_request());
    ASSERT_TRUE(harness.run_until([&] { return impatient->exchange.has_value(); }));
    EXPECT_EQ(impatient->exchange->outcome.error().category, ErrorCategory::timeout);
    EXPECT_EQ(impatient->exchange->bytes_taken, 0U);
    gate.open();
    ASSERT_TRUE(harness.run_until([&] { return running->exchange && patient->exchange; }));
    EXPECT_TRUE(patient->exchange->outcome);
    EXPECT_EQ(server.connections(), 1U);
}

class NotReusable : public ConnectionReuse {
protected:
    void expect_two_connections(std::string const& first_response) {
        ScriptedServer const server = serve([first_response](Peer& peer, std::size_t connection) {
            while (peer.read_request()) {
                peer.write(connection == 0 ? first_response : ok_response("{}"));
            }
        });
        TransportHarness harness(server.base_url(), settings());
        (void)harness.exchange(send_request());
        auto const second = harness.exchange(send_request());
        ASSERT_TRUE(second.outcome) << second.outcome.error();
        EXPECT_FALSE(second.reused_connection);
        EXPECT_EQ(second.outcome->body, "{}");
        EXPECT_EQ(server.connections(), 2U);
    }
};

INSTANTIATE_TEST_SUITE_P(OverBoth, NotReusable, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

TEST_P(NotReusable, AfterConnectionClose) {
    expect_two_connections("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
}
TEST_P(NotReusable, AfterHttp10) {
    expect_two_connections(
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}"
    );
}
TEST_P(NotReusable, AfterLeftoverBytes) {
    expect_two_connections(ok_response("{}") + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad");
}
TEST_P(NotReusable, AfterABodyOnA204) {
    expect_two_connections("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}");
}
TEST_P(NotReusable, AfterAMalformedResponse) {
    expect_two_connections("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
}
TEST_P(NotReusable, AfterABodyOverTheLimit) {
    expect_two_connections(ok_response(std::string(70'000, 'a')));
}

TEST_P(ConnectionReuse, NoticesWhatThePeerDoesWhileIdle) {
    for (std::string const behaviour : {"fin", "cut", "rst", "unsolicited"}) {
        Gate gate;
        ScriptedServer const server = serve([&](Peer& peer, std::size_t connection) {
            (void)peer.read_request();
            peer.write(ok_response("{}"));
            if (connection > 0) return peer.read_to_end();
            gate.wait();
            if (behaviour == "fin") peer.finish();
            if (behaviour == "cut") peer.cut();
            if (behaviour == "rst") peer.reset();
            if (behaviour == "unsolicited") {
                peer.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            }
            if (behaviour != "rst") peer.read_to_end();
        });
        TransportHarness harness(server.base_url(), settings());
        ASSERT_TRUE(harness.exchange(send_request()).outcome) << behaviour;
        gate.open();
        // The server waits for the client to close, except after a reset, which is here by then.
        ASSERT_TRUE(harness.run_until([&] { return server.finished_connections() == 1; }))
            << behaviour;
        harness.poll();
        auto const second = harness.exchange(send_request());
        ASSERT_TRUE(second.outcome) << behaviour << second.outcome.error();
        EXPECT_FALSE(second.reused_connection) << behaviour;
        EXPECT_EQ(server.connections(), 2U) << behaviour;
    }
}

/// How a server ends a kept connection when it has read the next request, which is a question.
struct DeadConnection {
    std::string ending;
    std::string answer_before;
};

class Repetition : public ConnectionReuse {
protected:
    /// The server answers the first request on each of the first `dead` connections and lets the
    /// second one down; on others it answers everything.
    [[nodiscard]] static ScriptedServer serve_with(
        DeadConnection const& dead, std::size_t count = 1
    ) {
        return serve([=](Peer& peer, std::size_t connection) {
            // A fresh connection is no kept one: it lets down the first request.
            if (connection == 0) {
                (void)peer.read_request();
                peer.write(ok_response("{}"));
            }
            while (auto const request = peer.read_request()) {
                if (connection >= count) {
                    peer.write(ok_response("{}"));
                    continue;
                }
                if (!dead.answer_before.empty()) peer.write(dead.answer_before);
                if (dead.ending == "fin") peer.finish();
                if (dead.ending == "cut") peer.cut();
                if (dead.ending == "rst") peer.reset();
                if (dead.ending == "fin") peer.read_to_end();
                return;
            }
        });
    }
    static HttpRequest ask(bool repeatable) {
        HttpRequest question(HttpMethod::get, "/state");
        question.repeatable = repeatable;
        return question;
    }
};

INSTANTIATE_TEST_SUITE_P(OverBoth, Repetition, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

TEST_P(Repetition, OfAQuestionThatAKeptConnectionLost) {
    for (std::string const ending : {"fin", "cut", "rst"}) {
        SCOPED_TRACE(ending);
        ScriptedServer const server = serve_with({ending, ""});
        TransportHarness harness(server.base_url(), settings());
        ASSERT_TRUE(harness.exchange(send_request()).outcome);
        auto const answered = harness.exchange(ask(true));
        ASSERT_TRUE(answered.outcome) << answered.outcome.error();
        EXPECT_FALSE(answered.reused_connection);
        EXPECT_EQ(answered.phase, ExchangePhase::done);
        EXPECT_EQ(server.connections(), 2U);
        // Both count.
        auto const once = harness.exchange(ask(true)).bytes_taken;
        EXPECT_GE(answered.bytes_taken, 2 * once);
    }
}

TEST_P(Repetition, IsForNothingElse) {
    for (std::string const ending : {"fin", "cut", "rst"}) {
        for (bool const by_get : {true, false}) {
            SCOPED_TRACE(ending + (by_get ? " get" : " post"));
            ScriptedServer const server = serve_with({ending, ""});
            TransportHarness harness(server.base_url(), settings());
            ASSERT_TRUE(harness.exchange(send_request()).outcome);
            auto const lost = harness.exchange(by_get ? ask(false) : send_request());
            ASSERT_FALSE(lost.outcome);
            EXPECT_GT(lost.bytes_taken, 0U);
            EXPECT_TRUE(lost.reused_connection);
            EXPECT_EQ(server.connections(), 1U);
        }
    }
}

TEST_P(Repetition, IsNotForAnAnswerThatHasBegun) {
    for (std::string const begun : {"H", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"}) {
        ScriptedServer const server = serve_with({"cut", begun});
        TransportHarness harness(server.base_url(), settings());
        ASSERT_TRUE(harness.exchange(send_request()).outcome);
        EXPECT_FALSE(harness.exchange(ask(true)).outcome);
        EXPECT_EQ(server.connections(), 1U);
    }
}

TEST_P(Repetition, IsMadeOnce) {
    ScriptedServer const server = serve_with({"cut", ""}, 3);
    TransportHarness harness(server.base_url(), settings());
    ASSERT_TRUE(harness.exchange(send_request()).outcome);
    auto const lost = harness.exchange(ask(true));
    ASSERT_FALSE(lost.outcome);
    EXPECT_EQ(lost.outcome.error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(server.connections(), 2U);
    EXPECT_GT(lost.bytes_taken, 0U);
}

TEST_P(Repetition, IsNotForAFreshConnection) {
    ScriptedServer const server = serve_with({"cut", ""}, 3);
    TransportHarness harness(server.base_url(), settings());
    // The server answers the first request of all, on a connection that is used no more.
    ASSERT_TRUE(harness.exchange(send_request()).outcome);
    EXPECT_FALSE(harness.exchange(send_request()).outcome);
    auto const lost = harness.exchange(ask(true));
    ASSERT_FALSE(lost.outcome);
    EXPECT_FALSE(lost.reused_connection);
    EXPECT_EQ(server.connections(), 2U);
}

/// Knows every name once.
class ForgetfulResolver final : public NameResolver {
public:
    void async_resolve(
        boost::asio::any_io_executor const& executor,
        std::string,
        std::uint16_t port,
        Handler handler
    ) override {
        bool const known = !std::exchange(asked_, true);
        boost::asio::post(executor, [handler = std::move(handler), known, port]() mutable {
            if (!known) return std::move(handler)(boost::asio::error::host_not_found, Endpoints());
            Endpoints endpoints{{boost::asio::ip::address_v4::loopback(), port}};
            std::move(handler)(boost::system::error_code(), std::move(endpoints));
        });
    }

private:
    bool asked_{false};
};

/// The system's, set on by a test.
class SettableClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const noexcept override { return Clock::system()->now() + ahead; }
    [[nodiscard]] UtcTime utc_now() const noexcept override { return Clock::system()->utc_now(); }

    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) override {
        return Clock::system()->make_timer(executor);
    }

    std::chrono::minutes ahead{0};
};

TEST_P(Repetition, ThatFindsNoConnectionStillCountsWhatLeft) {
    ScriptedServer const server = serve_with({"cut", ""});
    HttpLimits limits;
    limits.idle_timeout = 2h;
    limits.max_connection_age = 2h;
    auto const clock = std::make_shared<SettableClock>();
    TransportHarness harness(
        server.base_url(), settings(limits), std::make_shared<ForgetfulResolver>(), clock
    );
    ASSERT_TRUE(harness.exchange(send_request()).outcome);
    // The address is too old to be used, and the connection still kept.
    clock->ahead = 1h;
    auto const lost = harness.exchange(ask(true), 2h);
    ASSERT_FALSE(lost.outcome);
    EXPECT_EQ(lost.phase, ExchangePhase::resolving);
    EXPECT_GT(lost.bytes_taken, 0U);
}

TEST_P(ConnectionReuse, NoticesAnEndThatComesTogetherWithTheAnswer) {
    for (std::size_t const at_once : {1U, 2U, 5U}) {
        SCOPED_TRACE(at_once);
        // Whoever is answered before all have a connection of their own may lend it to the next.
        auto const all_asked = std::make_shared<Gate>();
        auto const asked = std::make_shared<std::atomic<std::size_t>>(0);
        ScriptedServer const server = serve([=](Peer& peer, std::size_t) {
            (void)peer.read_request();
            if (++*asked == at_once) all_asked->open();
            all_asked->wait();
            // Without a word of "Connection: close".
            peer.write(ok_response("{}"));
            peer.finish();
            peer.read_to_end();
        });
        TransportHarness harness(server.base_url(), settings());
        std::vector<std::shared_ptr<TransportHarness::Pending>> pending;
        for (std::size_t i = 0; i < at_once; ++i) pending.push_back(harness.start(send_request()));
        // The server waits for the client to close: nothing else makes it do so within the idle
        // limit of four seconds.
        auto const begun = std::chrono::steady_clock::now();
        ASSERT_TRUE(harness.run_until([&] { return server.finished_connections() == at_once; }));
        EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
        for (auto const& one : pending) {
            ASSERT_TRUE(one->exchange);
            ASSERT_TRUE(one->exchange->outcome) << one->exchange->outcome.error();
            EXPECT_EQ(one->completions, 1);
        }
    }
}

TEST_P(ConnectionReuse, ObeysTheServersKeepAliveTimeout) {
    ScriptedServer const server = serve([](Peer& peer, std::size_t) {
        while (peer.read_request()) {
            peer.write("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\n{}");
        }
    });
    TransportHarness harness(server.base_url(), settings());
    ASSERT_TRUE(harness.exchange(send_request()).outcome);
    // timeout=1 minus the second of margin leaves no time at all.
    auto const second = harness.exchange(send_request());
    ASSERT_TRUE(second.outcome);
    EXPECT_FALSE(second.reused_connection);
}

TEST_P(ConnectionReuse, OpensConnectionsAheadOfNeed) {
    ScriptedServer const server = serve(answer_everything());
    TransportHarness harness(server.base_url(), settings());
    harness.transport->warm_up(3);
    ASSERT_TRUE(harness.run_until([&] { return server.connections() == 3; }));
    // The handshakes end in the client's event loop.
    for (int i = 0; i < 30; ++i) harness.context.run_one_for(10ms);
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome);
    EXPECT_TRUE(exchange.reused_connection);
    EXPECT_EQ(server.connections(), 3U);
}

TEST(SessionResumption, ResumesForEveryFurtherConnectionInTurn) {
    auto const& authority = test_authority();
    for (int const version : {0x0303, 0x0304}) {
        ServerTls const tls{
            authority.certificate(), authority.key(), {}, {}, version, version, 2, {}};
        ScriptedServer server(
            [](Peer& peer, std::size_t) {
                (void)peer.read_request();
                peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
                peer.read_to_end();
            },
            tls
        );
        TransportHarness harness(server.base_url(), [](InstanceConfig& instance) {
            instance.tls.ca_file = test_authority().ca_file();
        });
        for (int i = 0; i < 6; ++i) {
            auto const exchange = harness.exchange(send_request());
            ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
        }
        EXPECT_EQ(server.connections(), 6U);
        EXPECT_EQ(server.resumptions(), 5U) << version;
    }
}

}  // namespace
}  // namespace otp::test
