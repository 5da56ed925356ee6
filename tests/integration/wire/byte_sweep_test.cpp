// A connection that is cut after every single byte of a request and of its response, and what the
// SDK then says about the send.

#include "delivery/decide/classify.hpp"
#include "integration/wire/cutting_relay.hpp"
#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <openssl/ssl.h>

#include <cstdio>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

constexpr auto patient = 10s;
constexpr auto impatient = 60ms;
// Offsets are so far apart where each costs a time limit.
constexpr std::size_t stall_stride = 29;

void trust_the_test_authority(InstanceConfig& instance) {
    instance.tls.ca_file = test_authority().ca_file();
}

ServerTls tls_of(int version) {
    ServerTls tls{
        test_authority().certificate(), test_authority().key(), {}, {}, version, version, 2, {}};
    // The relay takes whatever the server says after the handshake for a response.
    tls.adjust = [](SSL_CTX* context) { SSL_CTX_set_num_tickets(context, 0); };
    return tls;
}

/// A response and where its parts end.
struct Response {
    char const* name;
    std::string header;
    std::string body;
    /// What the body comes to.
    std::string content;
    int status;
    /// Whether the end of the connection is the end of the body.
    bool to_the_end{false};

    [[nodiscard]] std::string text() const { return header + body; }
};

std::vector<Response> responses() {
    return {
        {"accepted",
         "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n",
         R"({"ok":true})",
         R"({"ok":true})",
         200},
        {"chunked",
         "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n",
         "4\r\n{\"ok\r\n7;x=y\r\n\":true}\r\n0\r\nTrailer: t\r\n\r\n",
         R"({"ok":true})",
         201},
        {"to_the_end", "HTTP/1.1 200 OK\r\n\r\n", R"({"ok":true})", R"({"ok":true})", 200, true},
        {"refused",
         "HTTP/1.1 422 Unprocessable\r\nContent-Length: 14\r\n\r\n",
         R"({"detail":"x"})",
         R"({"detail":"x"})",
         422},
        {"redirected",
         "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 2\r\n\r\n",
         "{}",
         "{}",
         302},
        {"failed", "HTTP/1.1 503 Unavailable\r\nContent-Length: 2\r\n\r\n", "{}", "{}", 503},
        {"after_interim",
         "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
         "HTTP/1.1 429 Too Many\r\nContent-Length: 2\r\n\r\n",
         "{}",
         "{}",
         429},
    };
}

/// How a connection ends after `sent` bytes of a response.
enum class End { finish, cut, reset, stall };

/// The table of certainty (docs/errors-and-delivery.md), for a request that left this machine.
Delivery expected_delivery(Response const& response, std::size_t sent) {
    if (sent < response.header.size()) return Delivery::unknown;
    return delivery_of_refusal(response.status);
}

bool is_complete(Response const& response, std::size_t sent, End end, bool tls) {
    if (!response.to_the_end) return sent == response.text().size();
    // RFC 9112 9.8: only a close_notify tells the end of such a body from a cut; plain HTTP has
    // none.
    return sent >= response.header.size() && (end == End::finish || (end == End::cut && !tls));
}

void judge(
    HttpExchange const& exchange, Response const& response, std::size_t sent, bool complete
) {
    EXPECT_GT(exchange.bytes_taken, 0U);
    bool const refusal_known = response.status >= 300 && sent >= response.header.size();
    EXPECT_EQ(exchange.outcome.has_value(), complete || refusal_known)
        << (exchange.outcome ? std::string("a response") : exchange.outcome.error().message);
    if (exchange.outcome.has_value()) {
        EXPECT_EQ(exchange.outcome->status, response.status);
        auto const read = response.to_the_end ? sent - response.header.size() : std::string::npos;
        EXPECT_EQ(exchange.outcome->body, complete ? response.content.substr(0, read) : "");
        EXPECT_EQ(exchange.outcome->body_problem.empty(), complete);
        EXPECT_EQ(exchange.phase, complete ? ExchangePhase::done : ExchangePhase::reading);
        return;
    }
    EXPECT_EQ(exchange.phase, sent == 0 ? ExchangePhase::waiting : ExchangePhase::reading);
    auto const& error = exchange.outcome.error();
    EXPECT_EQ(delivery::classify_failure(exchange), expected_delivery(response, sent))
        << error.message;
    EXPECT_EQ(error.http_status, sent < response.header.size() ? 0 : response.status)
        << error.message;
}

/// A failure of the request itself: some byte has left, no answer came.
void expect_unknown(HttpExchange const& exchange) {
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_GT(exchange.bytes_taken, 0U);
    EXPECT_EQ(exchange.outcome.error().http_status, 0);
    EXPECT_EQ(delivery::classify_failure(exchange), Delivery::unknown)
        << exchange.outcome.error().message;
}

class ByteSweep : public testing::TestWithParam<bool> {
protected:
    [[nodiscard]] static bool tls() { return GetParam(); }

    /// `script` for each connection in turn. Held by the test, after what the script uses: the
    /// server ends with its threads first.
    [[nodiscard]] static ScriptedServer serve(Script script) {
        return ScriptedServer(std::move(script), tls() ? std::optional(tls_of(0)) : std::nullopt);
    }
};

INSTANTIATE_TEST_SUITE_P(OverBoth, ByteSweep, testing::Bool(), [](auto const& tested) {
    return tested.param ? "Tls" : "Plain";
});

void end_connection(Peer& peer, End end) {
    switch (end) {
        case End::finish:
            peer.finish();
            return peer.read_to_end();
        case End::cut:
            peer.cut();
            return peer.read_to_end();
        case End::reset:
            return peer.reset();
        case End::stall:
            return peer.read_to_end();
    }
}

TEST_P(ByteSweep, OfEachResponse) {
    std::size_t cases = 0;
    for (auto const& response : responses()) {
        std::string const text = response.text();
        std::size_t sent = 0;
        End end = End::finish;
        ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
            if (!peer.read_request()) return;
            // Once the bytes are out, the test may go on to the next case.
            End const this_end = end;
            peer.write(text.substr(0, sent));
            end_connection(peer, this_end);
        });
        // Each on a connection of its own: the race for a kept one is another test's subject.
        TransportHarness harness(server.base_url(), [](InstanceConfig& instance) {
            trust_the_test_authority(instance);
            instance.limits.idle_timeout = 0ms;
        });
        for (sent = 0; sent <= text.size(); ++sent) {
            for (auto const way : {End::finish, End::cut, End::reset, End::stall}) {
                if (way == End::stall && sent % stall_stride != 0) continue;
                end = way;
                SCOPED_TRACE(
                    std::string(response.name) + ", " + std::to_string(sent) + " bytes, end " +
                    std::to_string(static_cast<int>(way))
                );
                auto const exchange =
                    harness.exchange(send_request(), way == End::stall ? impatient : patient);
                judge(exchange, response, sent, is_complete(response, sent, way, tls()));
                if (way == End::stall && exchange.outcome.has_error()) {
                    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::timeout);
                }
                ++cases;
                if (HasFailure()) return;
            }
        }
    }
    std::printf("%zu cases\n", cases);
}

/// The number of bytes that a request has on the wire, without TLS.
std::size_t request_size() {
    std::size_t size = 0;
    ScriptedServer const server([&](Peer& peer, std::size_t) {
        size = peer.read_request().value_or("").size();
        peer.write(ok_response("{}"));
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url());
    EXPECT_TRUE(harness.exchange(send_request()).outcome);
    return size;
}

// On a fresh connection, and on one that has served a request before.
TEST_P(ByteSweep, OfTheRequest) {
    std::size_t const size = request_size();
    std::size_t cases = 0;
    for (bool const kept : {false, true}) {
        std::size_t read = 0;
        End end = End::cut;
        ScriptedServer const server = serve([&](Peer& peer, std::size_t) {
            // Once this connection has ended for the client, the test may go on to the next case.
            std::size_t const this_read = read;
            End const this_end = end;
            if (kept) {
                if (!peer.read_request()) return;
                peer.write(ok_response("{}"));
            }
            std::size_t seen = 0;
            while (seen < this_read) {
                auto const bytes = peer.read_up_to(this_read - seen);
                if (bytes.empty()) return;
                seen += bytes.size();
            }
            // Closed at once, with the rest of the request unread: no read_to_end() here.
            if (this_end == End::reset) return peer.reset();
            if (this_end == End::stall) return peer.read_to_end();
            peer.cut();
        });
        // The size of a request depends on the port in `Host`: five digits, as free ports have.
        ASSERT_GE(server.port(), 10'000U);
        TransportHarness harness(server.base_url(), trust_the_test_authority);
        for (read = 1; read <= size; ++read) {
            for (auto const way : {End::cut, End::reset, End::stall}) {
                if (way == End::stall && read % stall_stride != 0) continue;
                end = way;
                SCOPED_TRACE(
                    std::string(kept ? "kept" : "fresh") + " connection, " + std::to_string(read) +
                    " bytes, end " + std::to_string(static_cast<int>(way))
                );
                if (kept) {
                    ASSERT_TRUE(harness.exchange(send_request()).outcome);
                }
                auto const exchange =
                    harness.exchange(send_request(), way == End::stall ? impatient : patient);
                EXPECT_EQ(exchange.reused_connection, kept);
                expect_unknown(exchange);
                ++cases;
                if (HasFailure()) return;
            }
        }
    }
    std::printf("%zu cases\n", cases);
}

/// Every byte of ciphertext: parts of a record, which the server cannot decrypt, count as sent.
class CiphertextSweep : public testing::TestWithParam<int> {
protected:
    CiphertextSweep()
        : response_(responses().at(3)),
          server_(
              [this](Peer& peer, std::size_t) {
                  // Header and body in records of their own, so that a cut may come between.
                  while (peer.read_request()) {
                      peer.write(response_.header);
                      peer.write(response_.body);
                  }
              },
              tls_of(GetParam())
          ) {}

    [[nodiscard]] std::unique_ptr<CuttingRelay> make_relay() const {
        return std::make_unique<CuttingRelay>(server_.port(), GetParam() == TLS1_3_VERSION ? 1 : 0);
    }

    static std::unique_ptr<TransportHarness> visit(CuttingRelay const& relay) {
        return std::make_unique<TransportHarness>(
            "https://localhost:" + std::to_string(relay.port()), trust_the_test_authority
        );
    }

    /// What one exchange is made of when nothing cuts it.
    void measure() {
        auto const relay = make_relay();
        auto const harness = visit(*relay);
        ASSERT_TRUE(harness->exchange(send_request(), patient).outcome);
        // Before the client says goodbye, which is encrypted, too.
        request_size_ = relay->request_bytes();
        response_size_ = relay->response_bytes();
        ASSERT_GT(request_size_, 200U);
        ASSERT_GT(response_size_, response_.text().size());
    }

    Response response_;
    ScriptedServer server_;
    std::size_t request_size_{0};
    std::size_t response_size_{0};
};

INSTANTIATE_TEST_SUITE_P(
    OverBoth,
    CiphertextSweep,
    testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
    [](auto const& tested) { return tested.param == TLS1_3_VERSION ? "Tls13" : "Tls12"; }
);

TEST_P(CiphertextSweep, OfTheRequest) {
    ASSERT_NO_FATAL_FAILURE(measure());
    auto const relay = make_relay();
    std::size_t cases = 0;
    for (std::size_t sent = 0; sent <= request_size_; ++sent) {
        for (auto const cut : {Cut::close, Cut::reset, Cut::stall}) {
            if (cut == Cut::stall && sent % stall_stride != 0) continue;
            SCOPED_TRACE(
                std::to_string(sent) + " bytes, cut " + std::to_string(static_cast<int>(cut))
            );
            relay->follow({cut, Cut::none, sent});
            auto const ended =
                visit(*relay)->exchange(send_request(), cut == Cut::stall ? impatient : patient);
            expect_unknown(ended);
            ++cases;
            if (HasFailure()) return;
        }
    }
    EXPECT_EQ(relay->response_bytes(), 0U);
    std::printf("%zu cases\n", cases);
}

TEST_P(CiphertextSweep, OfTheResponse) {
    ASSERT_NO_FATAL_FAILURE(measure());
    auto const relay = make_relay();
    // Record overhead: 5 bytes of header, 16 of tag, 1 of type (TLS 1.3) or 8 of nonce (TLS 1.2).
    std::size_t const overhead = GetParam() == TLS1_3_VERSION ? 22 : 29;
    std::size_t const header_record = response_.header.size() + overhead;
    ASSERT_EQ(response_size_, header_record + response_.body.size() + overhead);
    std::size_t cases = 0;
    for (std::size_t sent = 0; sent <= response_size_; ++sent) {
        for (auto const cut : {Cut::close, Cut::reset, Cut::stall}) {
            if (cut == Cut::stall && sent % stall_stride != 0) continue;
            SCOPED_TRACE(
                std::to_string(sent) + " bytes, cut " + std::to_string(static_cast<int>(cut))
            );
            relay->follow({Cut::none, cut, sent});
            auto const ended =
                visit(*relay)->exchange(send_request(), cut == Cut::stall ? impatient : patient);
            std::size_t const decrypted = sent < header_record ? 0 : response_.header.size();
            judge(ended, response_, decrypted, sent == response_size_);
            ++cases;
            if (HasFailure()) return;
        }
    }
    std::printf("%zu cases\n", cases);
}

}  // namespace
}  // namespace otp::test
