#include "unit/http/exchange_fixture.hpp"

#include <functional>
#include <utility>

/// A kept connection may turn out to be dead: which requests go out once more, and how.
namespace otp::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST_F(ExchangeTest, OneOfWhichNothingLeftWaitsForANewConnection) {
    begin();
    lose_untouched();
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "discard", "wait first", "serve"));
    EXPECT_TRUE(connection->closed());
    EXPECT_TRUE(exchange->wants_fresh_connection());
    EXPECT_FALSE(exchange->is_over());
    start_on_another();
    EXPECT_EQ(other_far_end.received, target);
    other_far_end.sends(answer);
    tell(*other_connection);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(response().status, 200);
    EXPECT_FALSE(result->reused_connection);
    EXPECT_EQ(result->bytes_taken, target.size());
    EXPECT_THAT(dispatcher->given_back, ElementsAre(other_connection));
}

TEST_F(ExchangeTest, OneOfWhichAByteLeftIsNotSentAgain) {
    begin();
    far_end.room = 1;
    far_end.without_room = IoStatus::failed;
    start_on_kept();
    turn();
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(result->bytes_taken, 1U);
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "discard", "leave", "serve"));
}

TEST_F(ExchangeTest, ANewConnectionIsNotReplaced) {
    begin();
    far_end.room = 0;
    far_end.without_room = IoStatus::failed;
    start_on_new();
    turn();
    ASSERT_EQ(completions, 1);
    EXPECT_FALSE(exchange->wants_fresh_connection());
    EXPECT_EQ(result->bytes_taken, 0U);
}

TEST_F(ExchangeTest, ARepeatableOneThatWasSentGoesOutAgainAndCountsBothTimes) {
    begin(true);
    start_on_kept();
    ends();
    EXPECT_EQ(completions, 0);
    EXPECT_TRUE(exchange->wants_fresh_connection());
    start_on_another();
    other_far_end.sends(answer);
    tell(*other_connection);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(result->bytes_taken, 2 * target.size());
}

TEST_F(ExchangeTest, ARepeatableOneThatCannotGoOutAgainHasStillBeenSent) {
    begin(true);
    start_on_kept();
    ends();
    exchange->stop(Error(ErrorCategory::connect_failed));
    turn();
    EXPECT_EQ(result->bytes_taken, target.size());
}

TEST_F(ExchangeTest, ARepeatableOneWhoseAnswerHasBegunIsNotSentAgain) {
    begin(true);
    start_on_kept();
    comes("HTTP/1.1 2");
    ends();
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().phase, ExchangePhase::reading);
}

TEST_F(ExchangeTest, ANewConnectionIsWaitedForOnce) {
    begin();
    lose_untouched();
    dispatcher->asked.clear();
    other_far_end.room = 0;
    other_far_end.without_room = IoStatus::failed;
    // Although somebody takes it for a kept one.
    exchange->start(other_connection, true, clock->now());
    turn();
    EXPECT_EQ(completions, 1);
    EXPECT_THAT(dispatcher->asked, ElementsAre("discard", "leave", "serve"));
}

TEST_F(ExchangeTest, TheLimitOfTheDeadConnectionIsNoneOfTheNext) {
    begin();
    lose_untouched();
    advance(5s);
    EXPECT_EQ(completions, 0);
    advance(5s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "no connection was free in time");
}

TEST_F(ExchangeTest, ItsDispatcherLivesAsLongAsItServesAlthoughTheExchangeIsGone) {
    begin(true);
    start_on_kept();
    auto const was_destroyed_inside = dispatcher->was_destroyed_inside;
    auto const is_alive = dispatcher->is_alive;
    dispatcher->when_serving = [this] {
        exchange->abandon();
        exchange.reset();
    };
    dispatcher.reset();
    ends();
    EXPECT_FALSE(*is_alive);
    EXPECT_FALSE(*was_destroyed_inside);
}

/// Something else whose time has come, and what happens then.
class Interruption final : public platform::DeadlineEntry {
public:
    explicit Interruption(std::function<void()> what) : what_(std::move(what)) {}

private:
    void on_deadline() override { what_(); }

    std::function<void()> what_;
};

TEST_F(ExchangeTest, OneWhoseLimitCannotBeWatchedAnyMoreEnds) {
    begin(true);
    start_on_kept();
    Interruption loss([this] {
        clock->failing_waits = 1;
        ends();
    });
    dispatcher->settings().deadlines->set(loss, clock->now() + 1s);
    advance(1s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(result->bytes_taken, target.size());
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "discard", "leave", "serve"));
}

}  // namespace
}  // namespace otp::http
