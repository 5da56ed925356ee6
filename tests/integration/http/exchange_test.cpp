#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using testing::HasSubstr;

TransportHarness::Customize trusting_the_test_authority() {
    return [](InstanceConfig& instance) { instance.tls.ca_file = test_authority().ca_file(); };
}

ServerTls test_tls() {
    return {test_authority().certificate(), test_authority().key(), {}, {}, 0, 0, 2, {}};
}

/// Plain and TLS alike.
class Exchange : public testing::TestWithParam<bool> {
protected:
    /// Held by the test, after what its script uses: the server ends with its threads first.
    [[nodiscard]] static ScriptedServer serve(Script script) {
        return ScriptedServer(
            std::move(script), GetParam() ? std::optional(test_tls()) : std::nullopt
        );
    }
};

INSTANTIATE_TEST_SUITE_P(OverBoth, Exchange, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

// A proxy is for what leaves this machine, and plain http does not.
TEST(PlainExchange, GoesToNoProxy) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        peer.read_request();
        peer.write(ok_response("{}"));
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url(), [](InstanceConfig& instance) {
        instance.proxy.emplace(ProxyConfig{"proxy.invalid", 3128, "", Secret()});
    });
    auto const exchange = harness.exchange(send_request());
    EXPECT_TRUE(exchange.outcome) << exchange.outcome.error();
}

TEST_P(Exchange, CarriesARequestAndItsResponse) {
    std::string seen;
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        seen = peer.read_request().value_or("");
        peer.write(ok_response(R"({"a":1})"));
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    EXPECT_EQ(exchange.outcome->status, 200);
    EXPECT_EQ(exchange.outcome->body, R"({"a":1})");
    EXPECT_EQ(exchange.outcome->headers.find("content-type"), "application/json");
    EXPECT_GT(exchange.bytes_taken, 0U);
    EXPECT_FALSE(exchange.reused_connection);
    EXPECT_THAT(seen, HasSubstr("POST /send HTTP/1.1\r\nHost: localhost:"));
    EXPECT_THAT(seen, HasSubstr("\r\n\r\n{\"phone_number\":\"+12025550162\"}"));
}

TEST_P(Exchange, ReadsAResponseThatComesInPieces) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        (void)peer.read_request();
        for (char const c : ok_response("0123456789")) peer.write(std::string(1, c));
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    EXPECT_EQ(exchange.outcome->body, "0123456789");
}

TEST_P(Exchange, WritesARequestThatDoesNotFitIntoTheSocket) {
    std::size_t received = 0;
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        received = peer.read_request().value_or("").size();
        peer.write(ok_response("{}"));
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const exchange = harness.exchange(send_request(std::string(8'000'000, 'x')));
    ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    EXPECT_GT(received, 8'000'000U);
}

TEST_P(Exchange, ReadsAnAnswerThatCameBeforeTheEndOfTheRequest) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        (void)peer.read_some();
        peer.write(ok_response("early"));
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const exchange = harness.exchange(send_request(std::string(8'000'000, 'x')));
    ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    EXPECT_EQ(exchange.outcome->body, "early");
    EXPECT_GT(exchange.bytes_taken, 8'000'000U);
}

// A socket that leaks into a program that the application starts keeps the connection open there.
TEST_P(Exchange, LeavesNoSocketOpenInOtherPrograms) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.write(ok_response("{}"));
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    ASSERT_TRUE(harness.exchange(send_request()).outcome);
    std::size_t connected = 0;
    for (int socket = 0; socket < 1024; ++socket) {
        sockaddr_in peer{};
        socklen_t size = sizeof(peer);
        if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
        if (peer.sin_family != AF_INET || ntohs(peer.sin_port) != server.port()) continue;
        ++connected;
        EXPECT_NE(::fcntl(socket, F_GETFD) & FD_CLOEXEC, 0);
    }
    EXPECT_EQ(connected, 1U);
}

TEST_P(Exchange, ReportsALostConnectionWithTheBytesThatLeft) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.cut();
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::connection_lost);
    EXPECT_GT(exchange.bytes_taken, 100U);
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("before a response came"));
}

TEST_P(Exchange, KeepsTheStatusOfAResponseWhoseBodyWasCut) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.write("HTTP/1.1 422 Unprocessable\r\nContent-Length: 10\r\n\r\nhalf");
        peer.finish();
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    EXPECT_EQ(exchange.outcome->status, 422);
    EXPECT_EQ(exchange.outcome->body, "");
    EXPECT_THAT(exchange.outcome->body_problem, HasSubstr("in the middle of the response"));
}

TEST_P(Exchange, RefusesHostileHeadersBeforeTheFirstByte) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) { peer.read_to_end(); });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto request = send_request();
    request.headers.push_back({"x", "a\r\nX-Evil: 1"});
    auto const exchange = harness.exchange(std::move(request));
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::invalid_request);
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_EQ(server.connections(), 0U);
}

TEST_P(Exchange, FollowsNoRedirect) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        while (peer.read_request()) {
            peer.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
        }
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome);
    EXPECT_EQ(exchange.outcome->status, 302);
    EXPECT_EQ(server.connections(), 1U);
}

TEST_P(Exchange, CompletesOnceWithCancelledWhereverItIsCancelled) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) { peer.read_to_end(); });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    // After every number of events up to where the request has been written and waits.
    for (int events = 0; events < 12; ++events) {
        asio::cancellation_signal signal;
        int completions = 0;
        std::optional<HttpExchange> outcome;
        harness.transport->async_exchange(
            send_request(),
            std::chrono::steady_clock::now() + std::chrono::seconds(10),
            asio::bind_cancellation_slot(
                signal.slot(),
                [&](HttpExchange exchange) {
                    ++completions;
                    outcome.emplace(std::move(exchange));
                }
            )
        );
        harness.context.restart();
        for (int i = 0; i < events; ++i) harness.context.run_one_for(std::chrono::milliseconds(20));
        EXPECT_EQ(completions, 0);
        signal.emit(asio::cancellation_type::partial);
        EXPECT_EQ(completions, 0) << "the handler ran inside emit";
        ASSERT_TRUE(harness.run_until([&] { return completions > 0; }));
        harness.poll();
        EXPECT_EQ(completions, 1);
        EXPECT_EQ(outcome->outcome.error().category, ErrorCategory::cancelled);
    }
}

TEST_P(Exchange, CompletesWithCancelledWhenTheTransportIsClosed) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) { peer.read_to_end(); });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    auto const first = harness.start(send_request());
    auto const second = harness.start(send_request());
    for (int i = 0; i < 6; ++i) harness.context.run_one_for(std::chrono::milliseconds(20));
    harness.transport->close();
    auto const late = harness.start(send_request());
    EXPECT_EQ(late->completions, 0);
    ASSERT_TRUE(harness.run_until([&] {
        return first->exchange && second->exchange && late->exchange;
    }));
    for (auto const& pending : {first, second, late}) {
        EXPECT_EQ(pending->completions, 1);
        EXPECT_EQ(pending->exchange->outcome.error().category, ErrorCategory::cancelled);
    }
    EXPECT_EQ(late->exchange->bytes_taken, 0U);
}

TEST_P(Exchange, LetsTheContextFinishWithAnIdleConnection) {
    ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response("{}"));
    });
    TransportHarness harness(server.base_url(), trusting_the_test_authority());
    for (int i = 0; i < 3; ++i) {
        auto const pending = harness.start(send_request());
        harness.context.restart();
        auto const begun = std::chrono::steady_clock::now();
        harness.context.run();
        EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
        ASSERT_TRUE(pending->exchange && pending->exchange->outcome);
        EXPECT_EQ(pending->exchange->reused_connection, i > 0);
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST(ExchangeFailure, NamesWhatCannotBeConnected) {
    std::uint16_t port = 0;
    {
        ScriptedServer const server([](Peer&, std::size_t) {});
        port = server.port();
    }
    TransportHarness harness("http://127.0.0.1:" + std::to_string(port));
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("127.0.0.1"));
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("refused"));
}

TEST(ExchangeFailure, RefusesAServerOfAnUnknownAuthority) {
    ScriptedServer const server([](Peer& peer, std::size_t) { peer.read_to_end(); }, test_tls());
    TransportHarness harness(server.base_url());
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::tls_failed);
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("tls.ca_file"));
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_EQ(server.application_bytes(), 0U);
}

}  // namespace
}  // namespace otp::test
