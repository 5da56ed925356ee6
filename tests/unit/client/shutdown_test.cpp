// A shutdown waits for what is in flight, as long as its time_limit lasts, and takes nothing new.

#include "unit/client/watched_client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/errc.hpp>

#include <chrono>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using boost::system::error_code;

class Shutdown : public WatchedClient, public ::testing::WithParamInterface<Threading> {
protected:
    using Down = std::optional<error_code>;

    Shutdown() { threading = GetParam(); }

    void begin_shutdown(Down& down, std::chrono::milliseconds time_limit = 5s) {
        client().async_shutdown(time_limit, keep_in(down));
        settle();
    }
    void accept(std::size_t number) {
        transport().answer(number, 200, "accepted");
        settle();
    }
    static void expect_in_time(Down const& down) {
        ASSERT_TRUE(down);
        EXPECT_FALSE(*down);
    }
    static void expect_timed_out(Down const& down) {
        ASSERT_TRUE(down);
        EXPECT_EQ(*down, boost::system::errc::timed_out);
    }
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    Shutdown,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) { return tested.param == Threading::single ? "Single" : "Multiple"; }
);

TEST_P(Shutdown, WithNothingInFlightIsDoneAtOnce) {
    Down down;
    begin_shutdown(down);
    expect_in_time(down);
    EXPECT_TRUE(transport().closed);
}

TEST_P(Shutdown, WaitsForASend) {
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down);
    EXPECT_FALSE(down);
    EXPECT_FALSE(transport().closed);
    accept(0);
    EXPECT_EQ(say(outcome), "success");
    expect_in_time(down);
    EXPECT_TRUE(transport().closed);
}

TEST_P(Shutdown, WaitsForAllSends) {
    Sent first;
    Sent second;
    Sent third;
    begin_send(first);
    begin_send(second);
    begin_send(third);
    Down down;
    begin_shutdown(down);
    accept(2);
    EXPECT_FALSE(down);
    accept(0);
    EXPECT_FALSE(down);
    accept(1);
    expect_in_time(down);
    EXPECT_EQ(say(first) + say(second) + say(third), "successsuccesssuccess");
}

TEST_P(Shutdown, WaitsForNothingThatIsOver) {
    Sent before;
    begin_send(before);
    accept(0);
    Down down;
    begin_shutdown(down);
    expect_in_time(down);
}

TEST_P(Shutdown, WaitsForASendThatFetchesAToken) {
    conduct->needs_token = true;
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down);
    transport(1).answer(0, 200, "fake-token");
    settle();
    EXPECT_FALSE(down);
    accept(0);
    EXPECT_EQ(say(outcome), "success");
    expect_in_time(down);
    EXPECT_TRUE(transport(0).closed);
    EXPECT_TRUE(transport(1).closed);
}

TEST_P(Shutdown, CancelsWhatOutlastsItsPatience) {
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down, 5s);
    clock->advance(5s - 1ms);
    settle();
    EXPECT_FALSE(down);
    EXPECT_EQ(say(outcome), "none");
    clock->advance(1ms);
    settle();
    expect_timed_out(down);
    EXPECT_EQ(say(outcome), "cancelled unknown");
}

TEST_P(Shutdown, IsDoneBehindWhatItCancels) {
    // A wait for a token takes a few steps to end.
    conduct->needs_token = true;
    std::vector<std::string> order;
    client().async_send("login", request(), [&order](Result<SendReceipt> const& sent) {
        order.emplace_back(to_string(sent.error().category));
    });
    settle();
    client().async_shutdown(1s, [&order](error_code failure) {
        order.emplace_back(failure ? "timed out" : "down");
    });
    settle();
    clock->advance(1s);
    settle();
    EXPECT_EQ(order, (std::vector<std::string>{"cancelled", "timed out"}));
}

TEST_P(Shutdown, WithoutPatienceCancelsWhatIsInFlight) {
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down, 0s);
    expect_timed_out(down);
    EXPECT_EQ(say(outcome), "cancelled unknown");
}

TEST_P(Shutdown, HasAsMuchPatienceAsThereIsTime) {
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down, std::chrono::milliseconds::max());
    clock->advance(std::chrono::hours(24 * 365));
    settle();
    EXPECT_FALSE(down);
    accept(0);
    expect_in_time(down);
}

TEST_P(Shutdown, LeavesNoTimerBehind) {
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down);
    EXPECT_EQ(clock->waiting(), 1U);
    accept(0);
    expect_in_time(down);
    EXPECT_EQ(clock->waiting(), 0U);
}

TEST_P(Shutdown, IsDoneOnceWhereTheEndOfItsPatienceMeetsTheLastAnswer) {
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down, 5s);
    transport().answer(0, 200, "accepted");
    clock->advance(5s);
    settle();
    EXPECT_EQ(say(outcome), "success");
    ASSERT_TRUE(down);
    clock->advance(24h);
    settle();
}

TEST_P(Shutdown, ThatIsUnderWayTakesNoFurtherSend) {
    Sent before;
    begin_send(before);
    Down down;
    begin_shutdown(down);
    Sent late;
    begin_send(late);
    ASSERT_EQ(say(late), "cancelled not_sent");
    EXPECT_EQ(late->error().message, "the client has been shut down");
    EXPECT_EQ(transport().targets.size(), 1U);
    EXPECT_FALSE(down);
    accept(0);
    EXPECT_EQ(say(before), "success");
    expect_in_time(down);
}

TEST_P(Shutdown, ThatIsUnderWayTakesNoCheckOfConnections) {
    Sent before;
    begin_send(before);
    Down down;
    begin_shutdown(down);
    std::optional<Result<std::vector<ConnectionReport>>> reports;
    client().async_check_connections(keep_in(reports));
    settle();
    EXPECT_EQ(say(reports), "cancelled not_sent");
}

TEST_P(Shutdown, IsFollowedByNoSend) {
    Down down;
    begin_shutdown(down);
    Sent late;
    begin_send(late);
    EXPECT_EQ(say(late), "cancelled not_sent");
    EXPECT_TRUE(transport().targets.empty());
}

TEST_P(Shutdown, CanBeAskedForAgain) {
    Down first;
    Down second;
    begin_shutdown(first);
    begin_shutdown(second);
    expect_in_time(first);
    expect_in_time(second);
}

TEST_P(Shutdown, BesideAnotherEndsWithThePatienceOfEither) {
    Sent outcome;
    begin_send(outcome);
    Down first;
    Down second;
    begin_shutdown(first, 5s);
    begin_shutdown(second, 10s);
    EXPECT_FALSE(first);
    EXPECT_FALSE(second);
    clock->advance(5s);
    settle();
    expect_timed_out(first);
    // What it cancelled was all that the other one waited for.
    EXPECT_TRUE(second);
    EXPECT_EQ(say(outcome), "cancelled unknown");
}

TEST_P(Shutdown, BesideAnotherEndsWithTheLastAnswer) {
    Sent outcome;
    begin_send(outcome);
    Down first;
    Down second;
    begin_shutdown(first, 10s);
    begin_shutdown(second, 10s);
    accept(0);
    clock->advance(10s);
    settle();
    EXPECT_TRUE(first);
    expect_in_time(second);
}

TEST_P(Shutdown, DoesNotWaitForTheSendWhoseCompletionAsksForIt) {
    bool closed = false;
    Down down;
    client().async_send("login", request(), [&](auto const&) {
        client().async_shutdown(5s, keep_in(down));
        closed = transport().closed;
    });
    settle();
    accept(0);
    EXPECT_TRUE(closed);
    expect_in_time(down);
}

TEST_P(Shutdown, RunsItsHandlerOnTheHandlersExecutorWhenItsPatienceEnds) {
    asio::io_context other(1);
    Sent outcome;
    begin_send(outcome);
    Down down;
    client().async_shutdown(5s, asio::bind_executor(other.get_executor(), [&](error_code told) {
                                down = told;
                            }));
    settle();
    clock->advance(5s);
    settle();
    EXPECT_EQ(say(outcome), "cancelled unknown");
    EXPECT_FALSE(down);
    other.poll();
    expect_timed_out(down);
}

TEST_P(Shutdown, OutlivesTheClient) {
    Sent outcome;
    begin_send(outcome);
    Down down;
    begin_shutdown(down);
    destroy_client();
    settle();
    EXPECT_EQ(say(outcome), "cancelled unknown");
    expect_in_time(down);
}

TEST_P(Shutdown, AndAnotherAreBothDoneWhenTheLastOperationIs) {
    Sent outcome;
    begin_send(outcome);
    Down first;
    Down second;
    begin_shutdown(first, 10s);
    begin_shutdown(second, 10s);
    accept(0);
    expect_in_time(first);
    expect_in_time(second);
}

TEST_P(Shutdown, ThatIsCancelledWaitsNoLonger) {
    Sent outcome;
    begin_send(outcome);
    asio::cancellation_signal signal;
    Down down;
    client().async_shutdown(10s, asio::bind_cancellation_slot(signal.slot(), keep_in(down)));
    settle();
    EXPECT_FALSE(down);
    signal.emit(asio::cancellation_type::terminal);
    settle();
    ASSERT_TRUE(down);
    EXPECT_EQ(*down, asio::error::operation_aborted);
    EXPECT_TRUE(transport().closed);
}

// What is in flight completes with it, which is nothing for the inside of an `emit`.
TEST_P(Shutdown, ThatIsCancelledClosesNothingInsideOfEmit) {
    Sent outcome;
    begin_send(outcome);
    asio::cancellation_signal signal;
    Down down;
    client().async_shutdown(10s, asio::bind_cancellation_slot(signal.slot(), keep_in(down)));
    settle();
    bool closed_inside = true;
    asio::post(client().get_executor(), [&] {
        signal.emit(asio::cancellation_type::terminal);
        closed_inside = transport().closed;
    });
    settle();
    EXPECT_FALSE(closed_inside);
    ASSERT_TRUE(down);
    EXPECT_TRUE(transport().closed);
}

}  // namespace
}  // namespace otp::test
