// What becomes of requests whose execution context is destroyed: as with Asio's own operations,
// their handlers are destroyed with it and never called.

#include "integration/wire/loopback_resolver.hpp"
#include "support/certificate_authority.hpp"
#include "support/gate.hpp"
#include "support/scripted_server.hpp"
#include "support/transport_harness.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

class EndOfContext : public testing::Test {
protected:
    void TearDown() override { silence_ends.open(); }

    void connect(std::string const& scheme) {
        InstanceConfig instance;
        instance.name = "test";
        instance.vendor = "test";
        instance.limits.max_connections = 1;
        instance.tls.ca_file = test_authority().ca_file();
        transport = make_http_transport({context->get_executor(),
                                         scheme + "://localhost:" + std::to_string(server.port()),
                                         instance,
                                         Clock::system(),
                                         std::make_shared<LoopbackResolver>()})
                        .value();
    }
    void begin_exchange() {
        transport->async_exchange(
            send_request(),
            Clock::TimePoint::max(),
            [token = token](HttpExchange const&) { FAIL() << "completed by nobody"; }
        );
    }
    void run_until(std::function<bool()> const& done) {
        auto const work = asio::make_work_guard(*context);
        auto const give_up = std::chrono::steady_clock::now() + 10s;
        while (!done() && std::chrono::steady_clock::now() < give_up) context->run_one_for(10ms);
        ASSERT_TRUE(done());
    }
    void end_context() {
        std::weak_ptr<Transport> const last = transport;
        // Like all that has timers and sockets there, it does not outlive its context.
        transport.reset();
        EXPECT_FALSE(last.expired()) << "what is under way needs it";
        context.reset();
        EXPECT_EQ(token.use_count(), 1) << "a handler is left";
        EXPECT_TRUE(last.expired()) << "somebody holds the transport";
    }

    Gate silence_ends;
    ScriptedServer server{[this](Peer& peer, std::size_t) {
        // Not even a handshake is answered.
        if (!answers_handshakes) {
            silence_ends.wait();
            return peer.reset();
        }
        (void)peer.read_request();
        silence_ends.wait();
    }};
    bool answers_handshakes{true};
    std::shared_ptr<int> token{std::make_shared<int>()};
    std::unique_ptr<asio::io_context> context{std::make_unique<asio::io_context>(1)};
    std::shared_ptr<Transport> transport;
};

TEST_F(EndOfContext, LetsGoOfRequestsWithAndWithoutAConnection) {
    connect("http");
    for (int i = 0; i < 3; ++i) begin_exchange();
    run_until([this] { return server.application_bytes() > 0; });
    EXPECT_EQ(token.use_count(), 4);
    end_context();
}

TEST_F(EndOfContext, LetsGoOfRequestsThatWaitForAHandshake) {
    answers_handshakes = false;
    connect("https");
    for (int i = 0; i < 2; ++i) begin_exchange();
    run_until([this] { return server.connections() == 1; });
    end_context();
}

TEST_F(EndOfContext, LetsGoOfRequestsThatNobodyHasBegun) {
    connect("https");
    begin_exchange();
    end_context();
}

TEST_F(EndOfContext, LetsGoOfChecks) {
    answers_handshakes = false;
    connect("https");
    transport->async_check_connection([token = token](ConnectionReport const&) {
        FAIL() << "completed by nobody";
    });
    run_until([this] { return server.connections() == 1; });
    end_context();
}

}  // namespace
}  // namespace otp::test
