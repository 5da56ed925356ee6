// How far a request had come, for each phase with sockets that stall there.

#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr auto time_limit = 150ms;

/// A resolver that never answers.
class SilentResolver final : public NameResolver {
public:
    void async_resolve(
        boost::asio::any_io_executor const&, std::string, std::uint16_t, Handler handler
    ) override {
        kept_.emplace_back(std::move(handler));
    }

private:
    std::vector<Handler> kept_;
};

/// A port of the loopback interface whose queue of connections is full: the kernel lets further
/// ones wait without an answer.
class FullPort {
public:
    FullPort() {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address_;
        if (::bind(listener_, as_address(), size) != 0 || ::listen(listener_, 0) != 0 ||
            ::getsockname(listener_, as_address(), &size) != 0) {
            throw std::runtime_error("no port to fill");
        }
        while (connects()) {
        }
    }
    FullPort(FullPort const&) = delete;
    FullPort& operator=(FullPort const&) = delete;
    ~FullPort() {
        ::close(listener_);
        for (int const waiting : waiting_) ::close(waiting);
    }

    [[nodiscard]] std::string port() const { return std::to_string(ntohs(address_.sin_port)); }

private:
    sockaddr* as_address() { return reinterpret_cast<sockaddr*>(&address_); }

    /// Whether one more connection is established within a moment.
    bool connects() {
        int const one = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        waiting_.push_back(one);
        if (::connect(one, as_address(), sizeof address_) == 0) return true;
        pollfd ready{one, POLLOUT, 0};
        return ::poll(&ready, 1, 100) == 1;
    }

    int listener_;
    sockaddr_in address_{};
    std::vector<int> waiting_;
};

TransportHarness::Customize with(HttpLimits const& limits) {
    return [limits](InstanceConfig& instance) {
        instance.limits = limits;
        instance.tls.ca_file = test_authority().ca_file();
    };
}

/// Reads what comes and never answers.
void stay_silent(Peer& peer, std::size_t /*connection*/) {
    peer.read_to_end();
}

/// One request that nothing but its deadline ends, and one that the transport's own limit ends.
void expect_phase(HttpExchange const& exchange, ExchangePhase phase, std::string const& message) {
    ASSERT_TRUE(exchange.outcome.has_error());
    auto const error = exchange.outcome.error();
    EXPECT_EQ(error.category, ErrorCategory::timeout);
    EXPECT_EQ(to_string(exchange.phase), to_string(phase)) << error.message;
    ASSERT_TRUE(error.phase);
    EXPECT_EQ(to_string(*error.phase), to_string(phase));
    EXPECT_THAT(error.message, HasSubstr(message));
    EXPECT_EQ(exchange.bytes_taken > 0, phase >= ExchangePhase::writing);
}

TEST(Phase, QueuedWhileAllConnectionsAreInUse) {
    ScriptedServer const server(stay_silent);
    HttpLimits limits;
    limits.max_connections = 1;
    TransportHarness harness(server.base_url(), with(limits));
    auto const first = harness.start(send_request());
    ASSERT_TRUE(harness.run_until([&] { return server.application_bytes() > 0; }));
    expect_phase(
        harness.exchange(send_request(), time_limit),
        ExchangePhase::queued,
        "no connection was free in time"
    );
}

TEST(Phase, QueuedBehindWhoeverGetsTheOnlyConnection) {
    ScriptedServer const server(stay_silent);
    HttpLimits limits;
    limits.max_connections = 1;
    TransportHarness harness("https://localhost:" + std::to_string(server.port()), with(limits));
    auto const first = harness.start(send_request());
    expect_phase(
        harness.exchange(send_request(), time_limit),
        ExchangePhase::queued,
        "no connection was free in time"
    );
}

TEST(Phase, ResolvingTheName) {
    auto const url = "https://silent.example.com";
    {
        TransportHarness harness(url, with({}), std::make_shared<SilentResolver>());
        expect_phase(
            harness.exchange(send_request(), time_limit),
            ExchangePhase::resolving,
            "no connection was ready in time, but still looking up the name silent.example.com"
        );
    }
    HttpLimits limits;
    limits.connect_timeout = time_limit;
    TransportHarness harness(url, with(limits), std::make_shared<SilentResolver>());
    expect_phase(
        harness.exchange(send_request()),
        ExchangePhase::resolving,
        "looking up the name silent.example.com took too long"
    );
}

TEST(Phase, ConnectingToTheAddress) {
    FullPort const full;
    auto const url = "http://127.0.0.1:" + full.port();
    {
        TransportHarness harness(url, with({}));
        expect_phase(
            harness.exchange(send_request(), time_limit),
            ExchangePhase::connecting,
            "still connecting to 127.0.0.1:" + full.port()
        );
    }
    HttpLimits limits;
    limits.connect_timeout = time_limit;
    TransportHarness harness(url, with(limits));
    expect_phase(
        harness.exchange(send_request()),
        ExchangePhase::connecting,
        "connecting to 127.0.0.1:" + full.port() + " took too long"
    );
}

TEST(Phase, TunnellingThroughTheProxy) {
    ScriptedServer const proxy(stay_silent);
    HttpLimits limits;
    auto const through_proxy = [&](InstanceConfig& instance) {
        instance.limits = limits;
        instance.proxy.emplace();
        instance.proxy->host = "127.0.0.1";
        instance.proxy->port = proxy.port();
    };
    {
        TransportHarness harness("https://vendor.example.com", through_proxy);
        expect_phase(
            harness.exchange(send_request(), time_limit),
            ExchangePhase::tunnelling,
            "still asking the proxy 127.0.0.1"
        );
    }
    limits.connect_timeout = time_limit;
    TransportHarness harness("https://vendor.example.com", through_proxy);
    expect_phase(
        harness.exchange(send_request()), ExchangePhase::tunnelling, "for a tunnel to vendor"
    );
}

TEST(Phase, HandshakingWithTheServer) {
    ScriptedServer const server(stay_silent);
    auto const url = "https://localhost:" + std::to_string(server.port());
    {
        TransportHarness harness(url, with({}));
        expect_phase(
            harness.exchange(send_request(), time_limit),
            ExchangePhase::handshaking,
            "still completing the TLS handshake with localhost"
        );
    }
    HttpLimits limits;
    limits.handshake_timeout = time_limit;
    TransportHarness harness(url, with(limits));
    expect_phase(
        harness.exchange(send_request()),
        ExchangePhase::handshaking,
        "the TLS handshake with localhost took too long"
    );
}

TEST(Phase, EachWaiterIsToldOfItsOwnOpening) {
    FullPort const full;
    TransportHarness harness("http://127.0.0.1:" + full.port(), with({}));
    std::vector<std::shared_ptr<TransportHarness::Pending>> all;
    for (int i = 0; i < 3; ++i) all.push_back(harness.start(send_request(), time_limit));
    ASSERT_TRUE(harness.run_until([&] {
        return all[0]->exchange && all[1]->exchange && all[2]->exchange;
    }));
    for (auto const& pending : all) {
        expect_phase(*pending->exchange, ExchangePhase::connecting, "still connecting to");
    }
}

TEST(Phase, WritingWhatTheServerDoesNotTake) {
    // More than socket buffers hold, to a socket that nobody reads.
    int const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(listener, 1), 0);
    ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
    auto const url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    auto const large = std::string(20'000'000, 'x');
    {
        TransportHarness harness(url, with({}));
        expect_phase(
            harness.exchange(send_request(large), time_limit),
            ExchangePhase::writing,
            "the request could not be written in time"
        );
    }
    HttpLimits limits;
    limits.first_byte_timeout = time_limit;
    TransportHarness harness(url, with(limits));
    expect_phase(
        harness.exchange(send_request(large)),
        ExchangePhase::writing,
        "the request could not be written in time"
    );
    ::close(listener);
}

TEST(Phase, WaitingForTheResponse) {
    ScriptedServer const server(stay_silent);
    {
        TransportHarness harness(server.base_url(), with({}));
        expect_phase(
            harness.exchange(send_request(), time_limit),
            ExchangePhase::waiting,
            "no complete response came in time"
        );
    }
    HttpLimits limits;
    limits.first_byte_timeout = time_limit;
    TransportHarness harness(server.base_url(), with(limits));
    expect_phase(harness.exchange(send_request()), ExchangePhase::waiting, "first_byte_timeout");
}

TEST(Phase, ReadingTheResponse) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.write("HTTP/1.1 200 O");
        peer.read_to_end();
    });
    TransportHarness harness(server.base_url(), with({}));
    expect_phase(
        harness.exchange(send_request(), time_limit),
        ExchangePhase::reading,
        "no complete response came in time"
    );
}

TEST(Phase, DoneWithTheResponse) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response("{}"));
    });
    TransportHarness harness(server.base_url(), with({}));
    for (int i = 0; i < 2; ++i) {
        auto const exchange = harness.exchange(send_request());
        ASSERT_TRUE(exchange.outcome);
        EXPECT_EQ(exchange.phase, ExchangePhase::done);
    }
}

TEST(Phase, OfWhatIsRefusedBeforeItBegins) {
    ScriptedServer const server(stay_silent);
    TransportHarness harness(server.base_url(), with({}));
    auto const late = harness.exchange(send_request(), -1ms);
    EXPECT_EQ(late.phase, ExchangePhase::queued);
    EXPECT_EQ(late.outcome.error().phase, ExchangePhase::queued);
    harness.transport->close();
    auto const closed = harness.exchange(send_request());
    EXPECT_EQ(closed.phase, ExchangePhase::queued);
    EXPECT_EQ(closed.outcome.error().category, ErrorCategory::cancelled);
}

TEST(Phase, OfAFailureAndOfACancellation) {
    ScriptedServer const closing([](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.finish();
    });
    TransportHarness harness(closing.base_url(), with({}));
    auto const lost = harness.exchange(send_request());
    EXPECT_EQ(lost.outcome.error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(lost.phase, ExchangePhase::waiting);
    EXPECT_EQ(lost.outcome.error().phase, ExchangePhase::waiting);

    std::uint16_t dead_port = 0;
    {
        ScriptedServer const dead([](Peer&, std::size_t) {});
        dead_port = dead.port();
    }
    TransportHarness refused("http://127.0.0.1:" + std::to_string(dead_port), with({}));
    auto const failed = refused.exchange(send_request());
    EXPECT_EQ(failed.outcome.error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(failed.phase, ExchangePhase::connecting);

    FullPort const full;
    TransportHarness stalled("http://127.0.0.1:" + full.port(), with({}));
    boost::asio::cancellation_signal signal;
    std::optional<HttpExchange> cancelled;
    stalled.transport->async_exchange(
        send_request(),
        Clock::TimePoint::max(),
        boost::asio::bind_cancellation_slot(
            signal.slot(), [&](HttpExchange exchange) { cancelled.emplace(std::move(exchange)); }
        )
    );
    boost::asio::post(stalled.context, [&] {
        signal.emit(boost::asio::cancellation_type::terminal);
    });
    ASSERT_TRUE(stalled.run_until([&] { return cancelled.has_value(); }));
    EXPECT_EQ(cancelled->outcome.error().category, ErrorCategory::cancelled);
    EXPECT_GE(cancelled->phase, ExchangePhase::resolving);
    EXPECT_LE(cancelled->phase, ExchangePhase::connecting);
}

}  // namespace
}  // namespace otp::test
