// Servers that send what never ends, too much, or very slowly. What single malformed responses lead
// to is tested on the reader itself (tests/unit/http/response_reader_test.cpp).

#include "delivery/decide/classify.hpp"
#include "integration/wire/allocation_meter.hpp"
#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <poll.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::size_t memory_limit = 256 * 1024;
constexpr auto deadline = 300ms;
// A loaded machine may be late, but never by as much as a server that decides for itself.
constexpr auto latest_end = 3s;

/// Writes `begin`, and then `unit` for as long as the client takes it.
Script endless(std::string begin, std::string const& unit) {
    std::string block;
    while (block.size() < 4096) block += unit;
    return [begin = std::move(begin), block](Peer& peer, std::size_t) {
        if (!peer.read_request() || !peer.write(begin)) return;
        while (peer.write(block)) {
        }
    };
}

/// Writes `text` byte by byte, one each millisecond, and begins again at `loop_from`.
Script drip(std::string text, std::size_t loop_from) {
    return [text = std::move(text), loop_from](Peer& peer, std::size_t) {
        if (!peer.read_request()) return;
        for (std::size_t i = 0; peer.write(text.substr(i, 1));) {
            // The pace is what is tested; nothing waits for it.
            ::poll(nullptr, 0, 1);
            if (++i == text.size()) i = loop_from;
        }
    };
}

struct Hostility {
    char const* name;
    Script script;
    ErrorCategory category;
    char const* message;
    int status;
};

std::vector<Hostility> hostilities() {
    static constexpr char ok[] = "HTTP/1.1 200 OK\r\n";
    static constexpr char chunked[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    std::string const a_kilobyte(1024, 'a');
    using enum ErrorCategory;
    return {
        {"endless status line", endless("HTTP/1.1 200 ", "a"), bad_response, "header is larger", 0},
        {"endless header line",
         endless(std::string(ok) + "X: ", "a"),
         bad_response,
         "header is larger",
         0},
        {"endless header name", endless(ok, "a"), bad_response, "header is larger", 0},
        {"endless header fields",
         endless(ok, "X: y\r\n"),
         bad_response,
         "more than 100 header fields",
         0},
        {"too many header fields",
         [](Peer& peer, std::size_t) {
             if (!peer.read_request()) return;
             std::string fields;
             for (int i = 0; i < 101; ++i) fields += "X: y\r\n";
             peer.write(ok + fields + "Content-Length: 0\r\n\r\n");
             peer.read_to_end();
         },
         bad_response,
         "more than 100 header fields",
         0},
        {"endless interim responses",
         endless("", "HTTP/1.1 100 Continue\r\n\r\n"),
         bad_response,
         "interim responses",
         0},
        {"endless interim fields",
         endless("HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n"),
         bad_response,
         "more than 100 header fields",
         0},
        {"ten megabytes announced",
         endless(std::string(ok) + "Content-Length: 10485760\r\n\r\n", "a"),
         bad_response,
         "body is larger",
         200},
        {"ten megabytes in one chunk",
         endless(std::string(chunked) + "a00000\r\n", "a"),
         bad_response,
         "body is larger",
         200},
        {"endless chunks",
         endless(chunked, "400\r\n" + a_kilobyte + "\r\n"),
         bad_response,
         "body is larger",
         200},
        {"endless chunks of one byte",
         endless(chunked, "1\r\na\r\n"),
         bad_response,
         "body is larger",
         200},
        {"endless chunk extension",
         endless(std::string(chunked) + "1;", "a"),
         bad_response,
         "chunk extension",
         200},
        {"endless trailers",
         endless(std::string(chunked) + "0\r\n", "X: y\r\n"),
         bad_response,
         "trailers",
         200},
        {"endless body",
         endless(std::string(ok) + "\r\n", "a"),
         bad_response,
         "body is larger",
         200},
        {"endless body of a refusal",
         endless("HTTP/1.1 422 Unprocessable\r\n\r\n", "a"),
         bad_response,
         "body is larger",
         422},
        {"endless garbage", endless("", std::string("\x00\xff\r\n", 4)), bad_response, "", 0},
        {"dripping header", drip(std::string(ok) + "X: aaaa", 20), timeout, "", 0},
        {"dripping header fields", drip(std::string(ok) + "X: aaaa\r\n", 17), timeout, "", 0},
        {"dripping body", drip(std::string(ok) + "\r\na", 19), timeout, "", 200},
        {"dripping chunks",
         drip(std::string(chunked) + "1\r\na\r\n", sizeof chunked - 1),
         timeout,
         "",
         200},
        {"dripping body of a refusal",
         drip("HTTP/1.1 429 Too Many\r\n\r\na", 25),
         timeout,
         "",
         429},
        {"silence", [](Peer& peer, std::size_t) { peer.read_to_end(); }, timeout, "", 0},
    };
}

class HostileServer : public testing::TestWithParam<bool> {
protected:
    /// Held by the test, after what its script uses: the server ends with its threads first.
    [[nodiscard]] static ScriptedServer serve(Script script) {
        auto const& authority = test_authority();
        ServerTls const tls{authority.certificate(), authority.key(), {}, {}, 0, 0, 2, {}};
        return ScriptedServer(std::move(script), GetParam() ? std::optional(tls) : std::nullopt);
    }
    static TransportHarness::Customize settings() {
        return [](InstanceConfig& instance) { instance.tls.ca_file = test_authority().ca_file(); };
    }
};

INSTANTIATE_TEST_SUITE_P(OverBoth, HostileServer, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

void expect_failure(HttpExchange const& exchange, Hostility const& hostility) {
    ASSERT_TRUE(exchange.outcome.has_error());
    auto const& error = exchange.outcome.error();
    EXPECT_EQ(error.category, hostility.category) << error.message;
    EXPECT_THAT(error.message, HasSubstr(hostility.message));
    EXPECT_EQ(error.http_status, hostility.status) << error.message;
    EXPECT_EQ(delivery::classify_failure(exchange), Delivery::unknown);
}

/// A refusal whose body does not end is one all the same.
void expect_refusal(HttpExchange const& exchange, Hostility const& hostility) {
    ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    EXPECT_EQ(exchange.outcome->status, hostility.status);
    EXPECT_EQ(exchange.outcome->body, "");
    EXPECT_THAT(exchange.outcome->body_problem, HasSubstr(hostility.message));
    EXPECT_NE(exchange.outcome->body_problem, "");
}

TEST_P(HostileServer, IsEndedInTimeAndInBoundedMemory) {
    std::size_t most_memory = 0;
    for (auto const& hostility : hostilities()) {
        SCOPED_TRACE(hostility.name);
        ScriptedServer const server = serve(hostility.script);
        TransportHarness harness(server.base_url(), settings());
        auto const begun = std::chrono::steady_clock::now();
        AllocationMeter const meter;
        auto const exchange = harness.exchange(send_request(), deadline);
        auto const memory = meter.peak();
        EXPECT_LT(std::chrono::steady_clock::now() - begun, latest_end);
        if (hostility.status >= 300) {
            expect_refusal(exchange, hostility);
        } else {
            expect_failure(exchange, hostility);
        }
        EXPECT_LE(memory, memory_limit);
        EXPECT_GT(memory, 0U);
        most_memory = std::max(most_memory, memory);
    }
    std::printf("at most %zu bytes for a request\n", most_memory);
}

TEST_P(HostileServer, CannotPrepareTheNextAnswer) {
    ScriptedServer const server = serve([](Peer& peer, std::size_t) {
        while (peer.read_request()) {
            peer.write(ok_response("{}") + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
        }
    });
    TransportHarness harness(server.base_url(), settings());
    for (int i = 0; i < 50; ++i) {
        auto const exchange = harness.exchange(send_request());
        ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
        EXPECT_EQ(exchange.outcome->body, "{}");
        EXPECT_FALSE(exchange.reused_connection);
    }
    EXPECT_EQ(server.connections(), 50U);
}

TEST_P(HostileServer, CannotFillTheMemoryOfAnIdleClient) {
    ScriptedServer const server = serve([](Peer& peer, std::size_t) {
        if (!peer.read_request()) return;
        peer.write(ok_response("{}"));
        std::string const noise(4096, 'a');
        while (peer.write(noise)) {
        }
    });
    TransportHarness harness(server.base_url(), settings());
    AllocationMeter const meter;
    int answered = 0;
    for (int i = 0; i < 20; ++i) {
        auto const exchange = harness.exchange(send_request());
        // The noise may cross a request on a kept connection, and is a bad answer to it then.
        if (exchange.outcome.has_error()) {
            EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::bad_response);
            EXPECT_EQ(delivery::classify_failure(exchange), Delivery::unknown);
        } else {
            ++answered;
        }
        for (int events = 0; events < 5; ++events) harness.poll();
    }
    EXPECT_GT(answered, 0);
    EXPECT_LE(meter.peak(), memory_limit);
}

}  // namespace
}  // namespace otp::test
