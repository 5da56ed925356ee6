// A refusal whose body cannot be read is one all the same: status line and header are evidence.

#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

enum class Then { wait, finish, cut, reset };

struct Case {
    char const* name;
    std::string header;
    std::string body;
    Then then;
    /// What is wrong with the body.
    char const* problem;
};

std::vector<Case> cases() {
    std::string const length = "Content-Length: 100\r\n";
    std::string const chunked = "Transfer-Encoding: chunked\r\n";
    return {
        {"Gzipped",
         "Content-Encoding: gzip\r\nContent-Length: 4\r\n",
         "\x1f\x8b\x08",
         Then::wait,
         "its body is encoded (gzip), though only identity was asked for"},
        {"Finished", length, "{\"par", Then::finish, "closed the connection"},
        {"FinishedBeforeTheBody", length, "", Then::finish, "closed the connection"},
        {"Reset", length, "{\"par", Then::reset, "in the middle of the response"},
        {"CutInAChunk", chunked, "5\r\nab", Then::finish, "closed the connection"},
        {"Slow", length, "{\"par", Then::wait, "no complete response came in time"},
        {"TooLarge", "Content-Length: 65537\r\n", "", Then::wait, "body is larger than 65536"},
        {"TooLargeInChunks", chunked, "fffffff\r\n", Then::wait, "body is larger than 65536"},
        {"MalformedChunk", chunked, "5 x\r\nabcde\r\n", Then::wait, "malformed"},
    };
}

class UnreadableRefusal : public testing::TestWithParam<std::tuple<bool, Case>> {
protected:
    void serve(int status) {
        auto const& [tls, how] = GetParam();
        auto script = [status, &answer = how](Peer& peer, std::size_t) {
            (void)peer.read_request();
            peer.write(
                "HTTP/1.1 " + std::to_string(status) + " Status\r\nRetry-After: 30\r\n" +
                answer.header + "\r\n" + answer.body
            );
            if (answer.then == Then::finish) return peer.finish();
            if (answer.then == Then::cut) return peer.cut();
            if (answer.then == Then::reset) return peer.reset();
            peer.read_to_end();
        };
        auto const certificate =
            ServerTls{test_authority().certificate(), test_authority().key(), {}, {}, 0, 0, 2, {}};
        server_.emplace(script, tls ? std::optional(certificate) : std::nullopt);
        harness_.emplace(server_->base_url(), [](InstanceConfig& instance) {
            instance.tls.ca_file = test_authority().ca_file();
        });
    }
    HttpExchange exchange() {
        bool const slow = std::get<1>(GetParam()).then == Then::wait;
        return harness_->exchange(send_request(), slow ? 300ms : 10'000ms);
    }

    std::optional<ScriptedServer> server_;
    std::optional<TransportHarness> harness_;
};

INSTANTIATE_TEST_SUITE_P(
    All,
    UnreadableRefusal,
    testing::Combine(testing::Bool(), testing::ValuesIn(cases())),
    [](auto const& tested) {
        return std::get<1>(tested.param).name +
               std::string(std::get<0>(tested.param) ? "OverTls" : "Plain");
    }
);

TEST_P(UnreadableRefusal, IsHandedOnWithStatusAndHeader) {
    for (int const status : {300, 307, 401, 429, 500, 503}) {
        serve(status);
        for (std::size_t request = 1; request <= 2; ++request) {
            auto const answered = exchange();
            ASSERT_TRUE(answered.outcome) << status << answered.outcome.error();
            EXPECT_EQ(answered.outcome->status, status);
            EXPECT_EQ(answered.outcome->headers.find("retry-after"), "30");
            EXPECT_EQ(answered.outcome->body, "");
            EXPECT_THAT(answered.outcome->body_problem, HasSubstr(std::get<1>(GetParam()).problem));
            EXPECT_EQ(answered.phase, ExchangePhase::reading);
            EXPECT_GT(answered.bytes_taken, 0U);
            // Nobody knows where on that connection the next response would begin.
            EXPECT_FALSE(answered.reused_connection);
            EXPECT_EQ(server_->connections(), request);
        }
    }
}

TEST_P(UnreadableRefusal, AsASuccessStaysAnErrorWithItsStatus) {
    serve(201);
    auto const answered = exchange();
    ASSERT_TRUE(answered.outcome.has_error());
    auto const error = answered.outcome.error();
    EXPECT_EQ(error.http_status, 201);
    EXPECT_THAT(error.message, HasSubstr(std::get<1>(GetParam()).problem));
    EXPECT_TRUE(
        error.category == ErrorCategory::bad_response ||
        error.category == ErrorCategory::connection_lost || error.category == ErrorCategory::timeout
    ) << error;
    EXPECT_EQ(answered.phase, ExchangePhase::reading);
    EXPECT_EQ(error.phase, ExchangePhase::reading);
}

TEST(Refusal, IsNotHandedOnToWhoeverCancelled) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.write("HTTP/1.1 429 Slow\r\nContent-Length: 100\r\n\r\n{");
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url());
    boost::asio::cancellation_signal signal;
    std::optional<HttpExchange> outcome;
    harness.transport->async_exchange(
        send_request(),
        Clock::TimePoint::max(),
        boost::asio::bind_cancellation_slot(
            signal.slot(), [&](HttpExchange exchange) { outcome.emplace(std::move(exchange)); }
        )
    );
    // The header comes in one event, behind the connection's opening and the request.
    ASSERT_TRUE(harness.run_until([&] { return server.application_bytes() > 0; }));
    for (int i = 0; i < 10; ++i) harness.context.run_one_for(20ms);
    signal.emit(boost::asio::cancellation_type::terminal);
    ASSERT_TRUE(harness.run_until([&] { return outcome.has_value(); }));
    ASSERT_TRUE(outcome->outcome.has_error());
    EXPECT_EQ(outcome->outcome.error().category, ErrorCategory::cancelled);
    EXPECT_EQ(outcome->outcome.error().http_status, 429);
    EXPECT_EQ(outcome->phase, ExchangePhase::reading);
}

TEST(Refusal, KeepsAConnectionThatWasReadToItsEnd) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        while (peer.read_request()) {
            peer.write("HTTP/1.1 429\r\nContent-Encoding: UTF-8\r\nContent-Length: 2\r\n\r\n{}");
        }
    });
    TransportHarness harness(server.base_url());
    for (int i = 0; i < 2; ++i) {
        auto const exchange = harness.exchange(send_request());
        ASSERT_TRUE(exchange.outcome);
        EXPECT_EQ(exchange.outcome->body, "{}");
        EXPECT_EQ(exchange.outcome->body_problem, "");
        EXPECT_EQ(exchange.phase, ExchangePhase::done);
    }
    EXPECT_EQ(server.connections(), 1U);
}

}  // namespace
}  // namespace otp::test
