#include "support/certificate_authority.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/post.hpp>

#include <condition_variable>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <optional>
#include <string>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// A resolver that never answers, as getaddrinfo may for a long time.
class SilentResolver final : public NameResolver {
public:
    void async_resolve(
        boost::asio::any_io_executor const&, std::string, std::uint16_t, Handler handler
    ) override {
        kept_.emplace(std::move(handler));
    }

private:
    std::optional<Handler> kept_;
};

/// Answers at once with the given addresses.
class FixedResolver final : public NameResolver {
public:
    explicit FixedResolver(Endpoints endpoints) : endpoints_(std::move(endpoints)) {}
    void async_resolve(
        boost::asio::any_io_executor const& executor, std::string, std::uint16_t, Handler handler
    ) override {
        ++lookups;
        boost::asio::post(
            executor,
            [handler = std::move(handler), endpoints = endpoints_]() mutable {
                std::move(handler)(boost::system::error_code{}, std::move(endpoints));
            }
        );
    }
    int lookups{0};

private:
    Endpoints endpoints_;
};

TransportHarness::Customize limits(HttpLimits const& wanted) {
    return [wanted](InstanceConfig& instance) {
        instance.limits = wanted;
        instance.tls.ca_file = test_authority().ca_file();
    };
}

template <class Action>
std::chrono::milliseconds time_of(Action action) {
    auto const begun = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begun
    );
}

TEST(TimeLimit, AbandonsANameThatIsNotResolved) {
    HttpLimits wanted;
    wanted.connect_timeout = 100ms;
    TransportHarness harness(
        "https://silent.example.com", limits(wanted), std::make_shared<SilentResolver>()
    );
    std::optional<HttpExchange> exchange;
    auto const took = time_of([&] { exchange.emplace(harness.exchange(send_request())); });
    ASSERT_TRUE(exchange->outcome.has_error());
    EXPECT_EQ(exchange->outcome.error().category, ErrorCategory::timeout);
    EXPECT_THAT(exchange->outcome.error().message, HasSubstr("silent.example.com"));
    EXPECT_EQ(exchange->bytes_taken, 0U);
    EXPECT_LT(took, 5s);
}

TEST(TimeLimit, EndsAHandshakeThatDoesNotGoOn) {
    ScriptedServer const server([](Peer& peer, std::size_t) { peer.read_to_end(); });
    HttpLimits wanted;
    wanted.handshake_timeout = 100ms;
    TransportHarness harness("https://localhost:" + std::to_string(server.port()), limits(wanted));
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::timeout);
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("TLS handshake"));
    EXPECT_EQ(exchange.bytes_taken, 0U);
}

TEST(TimeLimit, WaitsForTheFirstByteOnlySoLong) {
    ScriptedServer const server([](Peer& peer, std::size_t) { peer.read_to_end(); });
    HttpLimits wanted;
    wanted.first_byte_timeout = 100ms;
    TransportHarness harness(server.base_url(), limits(wanted));
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::timeout);
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("first_byte_timeout"));
    EXPECT_GT(exchange.bytes_taken, 0U);
}

TEST(TimeLimit, EndsASlowResponseAtTheDeadline) {
    // One byte each 10 ms for ever: no limit but the deadline ends it.
    ScriptedServer const server([](Peer& peer, std::size_t) {
        (void)peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\nX: ");
        std::mutex mutex;
        std::condition_variable never;
        std::unique_lock lock(mutex);
        while (peer.write("a")) never.wait_for(lock, 10ms);
    });
    HttpLimits wanted;
    wanted.attempt_timeout = 200ms;
    TransportHarness harness(server.base_url(), limits(wanted));
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::timeout);
    EXPECT_GT(exchange.bytes_taken, 0U);
}

TEST(TimeLimit, OfAnySizeIsTaken) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response("{}"));
    });
    for (auto const limit :
         {std::chrono::milliseconds::max(),
          std::chrono::milliseconds(std::chrono::hours(24 * 365 * 300))}) {
        HttpLimits wanted;
        wanted.connect_timeout = wanted.handshake_timeout = wanted.first_byte_timeout =
            wanted.attempt_timeout = wanted.idle_timeout = wanted.max_connection_age = limit;
        TransportHarness harness(server.base_url(), limits(wanted));
        for (int i = 0; i < 3; ++i) {
            auto const exchange = harness.exchange(send_request(), limit);
            ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
            EXPECT_EQ(exchange.reused_connection, i > 0);
        }
    }
}

TEST(TimeLimit, OfOneKindDoesNotOverrunTheOthers) {
    ScriptedServer const server([](Peer& peer, std::size_t) { peer.read_to_end(); });
    HttpLimits wanted;
    wanted.connect_timeout = wanted.attempt_timeout = std::chrono::milliseconds::max();
    wanted.first_byte_timeout = 100ms;
    TransportHarness harness(server.base_url(), limits(wanted));
    auto const exchange = harness.exchange(send_request(), std::chrono::milliseconds::max());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("first_byte_timeout"));
}

TEST(SeveralAddresses, TriesTheNextWhenOneRefuses) {
    ScriptedServer const server([](Peer& peer, std::size_t) {
        while (peer.read_request()) peer.write(ok_response("{}"));
    });
    using boost::asio::ip::make_address;
    // Nothing listens on these addresses of the loopback range.
    auto const resolver = std::make_shared<FixedResolver>(NameResolver::Endpoints{
        {make_address("127.0.0.2"), server.port()},
        {make_address("127.0.0.3"), server.port()},
        {make_address("127.0.0.1"), server.port()}});
    TransportHarness harness("http://localhost:" + std::to_string(server.port()), {}, resolver);
    for (int i = 0; i < 2; ++i) {
        auto const exchange = harness.exchange(send_request());
        ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    }
    EXPECT_EQ(resolver->lookups, 1);
}

TEST(SeveralAddresses, NamesTheLastFailureWhenNoneConnects) {
    using boost::asio::ip::make_address;
    std::uint16_t port = 0;
    {
        ScriptedServer const server([](Peer&, std::size_t) {});
        port = server.port();
    }
    auto const resolver = std::make_shared<FixedResolver>(NameResolver::Endpoints{
        {make_address("127.0.0.2"), port}, {make_address("127.0.0.3"), port}});
    TransportHarness harness("http://localhost:" + std::to_string(port), {}, resolver);
    auto const exchange = harness.exchange(send_request());
    ASSERT_TRUE(exchange.outcome.has_error());
    EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::connect_failed);
    EXPECT_THAT(exchange.outcome.error().message, HasSubstr("127.0.0.3"));
}

}  // namespace
}  // namespace otp::test
