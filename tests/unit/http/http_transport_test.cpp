#include "http/http_transport.hpp"

#include "support/said_counts.hpp"
#include "support/scripted_clock.hpp"
#include "unit/http/held_resolver.hpp"
#include "unit/http/scripted_connection.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Which connection a request gets, and what becomes of it then. No opening gets further than the
/// name; connections come from a script.
namespace otp::http {
namespace {

using namespace std::chrono_literals;

class HttpTransportTest : public ::testing::Test {
protected:
    static constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    void SetUp() override { make(1); }
    ~HttpTransportTest() override {
        transport->close();
        fail_lookup();
    }

    void make(std::size_t max_connections) {
        OpenerSettings settings;
        settings.executor = context.get_executor();
        settings.origin.host = "api.example.com";
        settings.origin.authority = "api.example.com";
        settings.limits.max_connections = max_connections;
        settings.limits.max_in_flight = 3;
        settings.clock = clock;
        settings.addresses = std::make_shared<HostAddresses>(
            context.get_executor(), resolver, clock, "api.example.com", 443
        );
        settings.deadlines =
            std::make_shared<platform::DeadlineQueue>(clock, context.get_executor());
        transport = std::make_shared<HttpTransport>(std::move(settings));
    }

    /// Begins a request; answers which it is.
    std::size_t request() {
        results.emplace_back();
        auto const number = results.size() - 1;
        transport->async_exchange(
            HttpRequest(HttpMethod::post, "/v1/send"),
            clock->now() + 60s,
            [this, number](HttpExchange got) { results[number].emplace(std::move(got)); }
        );
        turn();
        return number;
    }
    [[nodiscard]] bool is_done(std::size_t number) const { return results[number].has_value(); }
    [[nodiscard]] Error error_of(std::size_t number) const {
        return results[number]->outcome.error();
    }

    std::shared_ptr<Connection> connect(FarEnd& other_end) {
        return maker.make_for(*transport, other_end);
    }
    /// As an exchange does that has had its response.
    void give_back(std::shared_ptr<Connection> const& connection) {
        Dispatcher& dispatcher = *transport;
        dispatcher.give_back(connection);
        turn();
    }
    [[nodiscard]] std::string told() const { return test::say(transport->connections()); }
    void fail_lookup() {
        while (resolver->held() > 0) resolver->answer(boost::asio::error::host_not_found);
        turn();
    }
    void turn() {
        context.restart();
        for (int i = 0; i < 1000 && context.poll_one() > 0; ++i) continue;
    }

    boost::asio::io_context context{1};
    std::shared_ptr<ScriptedClock> clock = std::make_shared<ScriptedClock>();
    std::shared_ptr<HeldResolver> resolver = std::make_shared<HeldResolver>();
    ConnectionMaker maker{};
    FarEnd far_end{};
    std::shared_ptr<HttpTransport> transport{};
    std::vector<std::optional<HttpExchange>> results{};
};

TEST_F(HttpTransportTest, AFailedOpeningMakesRoomForTheNext) {
    for (int opening = 1; opening <= 3; ++opening) {
        auto const number = request();
        EXPECT_EQ(resolver->questions, opening);
        EXPECT_FALSE(is_done(number));
        fail_lookup();
        ASSERT_TRUE(is_done(number));
        EXPECT_EQ(error_of(number).category, ErrorCategory::connect_failed);
        EXPECT_EQ(error_of(number).phase, ExchangePhase::resolving);
    }
}

TEST_F(HttpTransportTest, AnOpeningThatCannotBeginMakesRoomForTheNext) {
    clock->fails_to_make_timers = true;
    auto const failed = request();
    ASSERT_TRUE(is_done(failed));
    EXPECT_EQ(error_of(failed).category, ErrorCategory::connect_failed);
    EXPECT_EQ(error_of(failed).phase, ExchangePhase::queued);
    EXPECT_EQ(error_of(failed).message, "connecting to api.example.com failed: out of memory");
    clock->fails_to_make_timers = false;
    request();
    EXPECT_EQ(resolver->questions, 1);
}

TEST_F(HttpTransportTest, WhoFailsForAnOpeningThatCannotBeginWasQueued) {
    make(2);
    auto const first = request();
    clock->fails_to_make_timers = true;
    request();
    ASSERT_TRUE(is_done(first));
    EXPECT_EQ(error_of(first).phase, ExchangePhase::queued) << "although another is resolving";
}

TEST_F(HttpTransportTest, OpensNoMoreThanThereMayBe) {
    make(2);
    auto const before = clock->timers;
    request();
    EXPECT_EQ(clock->timers, before + 1) << "each opening has one";
    request();
    request();
    EXPECT_EQ(clock->timers, before + 2);
}

TEST_F(HttpTransportTest, AFailedOpeningFailsTheFirstWhoWaitsAndNobodyElse) {
    auto const first = request();
    auto const second = request();
    fail_lookup();
    EXPECT_TRUE(is_done(first));
    EXPECT_FALSE(is_done(second));
    EXPECT_EQ(resolver->questions, 2) << "for the second";
}

TEST_F(HttpTransportTest, TooManyRequestsAreRefused) {
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(is_done(request()));
    auto const refused = request();
    ASSERT_TRUE(is_done(refused));
    EXPECT_EQ(error_of(refused).category, ErrorCategory::unavailable);
    fail_lookup();
    EXPECT_FALSE(is_done(request())) << "one has ended";
}

TEST_F(HttpTransportTest, AKeptConnectionServesTheNextRequestAndIsReportedAsReused) {
    auto const connection = connect(far_end);
    give_back(connection);
    auto const number = request();
    EXPECT_EQ(resolver->questions, 0);
    EXPECT_TRUE(far_end.received.starts_with("POST /v1/send HTTP/1.1\r\nHost: api.example.com\r\n")
    );
    far_end.sends(answer);
    tell(*connection);
    ASSERT_TRUE(is_done(number));
    EXPECT_EQ(results[number]->outcome->status, 200);
    EXPECT_TRUE(results[number]->reused_connection);
    EXPECT_FALSE(connection->closed());

    auto const again = request();
    far_end.sends(answer);
    tell(*connection);
    EXPECT_TRUE(is_done(again)) << "it is kept once more";
}

TEST_F(HttpTransportTest, AConnectionThatTheServerEndsWithItsAnswerIsClosed) {
    auto const connection = connect(far_end);
    give_back(connection);
    auto const number = request();
    far_end.sends("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
    tell(*connection);
    ASSERT_TRUE(is_done(number));
    EXPECT_EQ(results[number]->outcome->status, 200);
    EXPECT_TRUE(connection->closed());
}

TEST_F(HttpTransportTest, WhoWaitsGetsAConnectionThatIsGivenBackInOrder) {
    auto const first = request();
    auto const second = request();
    auto const connection = connect(far_end);
    give_back(connection);
    far_end.sends(answer);
    tell(*connection);
    EXPECT_TRUE(is_done(first));
    EXPECT_TRUE(results[first]->reused_connection);
    EXPECT_FALSE(is_done(second));
    far_end.sends(answer);
    tell(*connection);
    EXPECT_TRUE(is_done(second));
}

TEST_F(HttpTransportTest, AConnectionThatCannotBeKeptMakesRoomForANewOne) {
    request();
    request();
    auto const before = clock->timers;
    auto const useless = connect(far_end);
    far_end.ends();
    tell(*useless);
    EXPECT_FALSE(useless->reusable());
    EXPECT_EQ(clock->timers, before);
    give_back(useless);
    EXPECT_TRUE(useless->closed());
    EXPECT_EQ(clock->timers, before + 1);
}

TEST_F(HttpTransportTest, AClosedTransportKeepsNothing) {
    auto const connection = connect(far_end);
    transport->close();
    give_back(connection);
    EXPECT_TRUE(connection->closed());
}

TEST_F(HttpTransportTest, IdleConnectionsAreClosedAtTheEndOfTheirTime) {
    auto const first = connect(far_end);
    give_back(first);
    clock->time.advance(1s);
    FarEnd other;
    auto const second = connect(other);
    give_back(second);
    clock->time.advance(maker.limits.idle_timeout - 1s - 1ms);
    turn();
    EXPECT_FALSE(first->closed());
    clock->time.advance(1ms);
    turn();
    EXPECT_TRUE(first->closed());
    EXPECT_FALSE(second->closed());
    clock->time.advance(1s);
    turn();
    EXPECT_TRUE(second->closed());
}

TEST_F(HttpTransportTest, AnIdleConnectionThatThePeerEndsIsClosedAtOnce) {
    auto const connection = connect(far_end);
    give_back(connection);
    far_end.ends();
    tell(*connection);
    EXPECT_TRUE(connection->closed());
    request();
    EXPECT_EQ(far_end.received, "");
}

TEST_F(HttpTransportTest, AClosedTransportEndsWhatIsUnderWay) {
    auto const waits = request();
    transport->close();
    turn();
    ASSERT_TRUE(is_done(waits));
    EXPECT_EQ(error_of(waits).category, ErrorCategory::cancelled);
    auto const late = request();
    ASSERT_TRUE(is_done(late));
    EXPECT_EQ(error_of(late).category, ErrorCategory::cancelled);
}

TEST_F(HttpTransportTest, TellsWhoWaitsAndWhatIsBeingOpenedForThem) {
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
    request();
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 1 waiting");
    request();
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 2 waiting") << "there may be one connection";
    fail_lookup();
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 1 waiting") << "the next try, for the second";
    fail_lookup();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_F(HttpTransportTest, TellsOfNobodyWhoseConnectionCannotBeOpened) {
    clock->fails_to_make_timers = true;
    request();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_F(HttpTransportTest, TellsOfNobodyWhoWasRefused) {
    for (int i = 0; i < 4; ++i) request();
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 3 waiting");
}

TEST_F(HttpTransportTest, TellsOfNobodyWhoseTimeIsOver) {
    request();
    request();
    clock->time.advance(maker.limits.attempt_timeout);
    turn();
    EXPECT_TRUE(is_done(0));
    EXPECT_TRUE(is_done(1));
    EXPECT_TRUE(told().ends_with("0 waiting")) << told();
}

TEST_F(HttpTransportTest, TellsOfNobodyWhoWasCancelled) {
    boost::asio::cancellation_signal signal;
    bool was_told = false;
    transport->async_exchange(
        HttpRequest(HttpMethod::post, "/v1/send"),
        clock->now() + 60s,
        boost::asio::bind_cancellation_slot(signal.slot(), [&](auto const&) { was_told = true; })
    );
    request();
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 2 waiting");
    signal.emit(boost::asio::cancellation_type::terminal);
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 1 waiting");
    turn();
    EXPECT_TRUE(was_told);
}

TEST_F(HttpTransportTest, TellsOfNobodyWhoGotAKeptConnection) {
    make(2);
    request();
    request();
    EXPECT_EQ(told(), "0 open, 0 idle, 2 opening, 2 waiting");
    give_back(connect(far_end));
    EXPECT_TRUE(told().ends_with("2 opening, 1 waiting")) << told();
}

TEST_F(HttpTransportTest, TellsWhoWaitsForAFreshConnectionSinceTheKeptOneWasDead) {
    transport->warm_up(1);
    give_back(connect(far_end));
    far_end.room = 0;
    far_end.without_room = IoStatus::failed;
    request();
    EXPECT_TRUE(told().ends_with("1 opening, 1 waiting")) << told();
}

TEST_F(HttpTransportTest, TellsWhatIsOpenedAheadOfNeed) {
    make(2);
    transport->warm_up(3);
    EXPECT_EQ(told(), "0 open, 0 idle, 2 opening, 0 waiting");
    turn();
    fail_lookup();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_F(HttpTransportTest, TellsOfNothingWhenItIsClosed) {
    make(2);
    request();
    transport->warm_up(2);
    transport->close();
    turn();
    fail_lookup();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_F(HttpTransportTest, TellsOfNothingWhenItsContextHasEnded) {
    request();
    request();
    static_cast<platform::ContextListener&>(*transport).on_context_end();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

}  // namespace
}  // namespace otp::http
