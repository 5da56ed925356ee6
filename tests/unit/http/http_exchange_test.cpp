#include "unit/http/exchange_fixture.hpp"

#include <new>
#include <stdexcept>

/// How an exchange begins, and every way in which it ends.
namespace otp::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST_F(ExchangeTest, EntersAndKeepsItselfAliveUntilItsEnd) {
    begin();
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter"));
    EXPECT_TRUE(exchange->is_waiting()) << "for its deadline";
    EXPECT_FALSE(exchange->is_over());
    EXPECT_FALSE(exchange->wants_fresh_connection());
    std::weak_ptr<Exchange> const lives = exchange;
    exchange.reset();
    ASSERT_FALSE(lives.expired());
    advance(10s);
    EXPECT_EQ(completions, 1);
    EXPECT_TRUE(lives.expired());
}

TEST_F(ExchangeTest, GivesTheConnectionBackBeforeItTellsOfTheResponse) {
    begin();
    start_on_new();
    EXPECT_EQ(far_end.received, target);
    when_complete = [this] {
        EXPECT_EQ(dispatcher->given_back.size(), 1U);
        EXPECT_TRUE(exchange->is_over());
    };
    comes(answer);
    EXPECT_EQ(completions, 1) << "at once, as this comes from the event loop";
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "give back", "leave"));
    EXPECT_THAT(dispatcher->given_back, ElementsAre(connection));
    EXPECT_FALSE(connection->closed());
    EXPECT_EQ(response().status, 200);
    EXPECT_EQ(response().body, "{}");
    EXPECT_EQ(result->phase, ExchangePhase::done);
    EXPECT_EQ(result->bytes_taken, target.size());
    EXPECT_FALSE(exchange->is_waiting()) << "there is no deadline any more";
}

TEST_F(ExchangeTest, ANewConnectionIsReportedAsNew) {
    begin();
    start_on_new();
    comes(answer);
    EXPECT_FALSE(result->reused_connection);
}

TEST_F(ExchangeTest, AKeptConnectionIsReportedAsReused) {
    begin();
    start_on_kept();
    comes(answer);
    EXPECT_TRUE(result->reused_connection);
}

TEST_F(ExchangeTest, AFailureOnAKeptConnectionSaysSoToo) {
    begin();
    start_on_kept();
    ends();
    ASSERT_EQ(completions, 1);
    EXPECT_TRUE(result->reused_connection);
}

TEST_F(ExchangeTest, ARefusalThatIsCutOffIsAResponseReadInPart) {
    begin();
    start_on_new();
    comes("HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nTry");
    ends();
    EXPECT_EQ(response().status, 503);
    EXPECT_NE(response().body_problem, "");
    EXPECT_EQ(result->phase, ExchangePhase::reading);
    EXPECT_THAT(dispatcher->given_back, ElementsAre(connection));
}

TEST_F(ExchangeTest, ALostConnectionIsDiscardedAndOthersAreServed) {
    begin();
    start_on_new();
    ends();
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "discard", "leave", "serve"));
    EXPECT_TRUE(connection->closed());
    EXPECT_EQ(error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(error().phase, ExchangePhase::waiting);
    EXPECT_EQ(error().http_status, 0);
    EXPECT_EQ(result->phase, ExchangePhase::waiting);
    EXPECT_EQ(result->bytes_taken, target.size());
    EXPECT_FALSE(exchange->is_waiting());
}

TEST_F(ExchangeTest, AFailureInsideTheCallIsToldLater) {
    begin();
    far_end.room = 3;
    far_end.without_room = IoStatus::failed;
    start_on_new();
    EXPECT_TRUE(exchange->is_over());
    EXPECT_EQ(completions, 0);
    turn();
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().phase, ExchangePhase::writing);
    EXPECT_EQ(result->bytes_taken, 3U);
}

TEST_F(ExchangeTest, AStopBeforeItIsSentIsToldLater) {
    begin();
    dispatcher->opening = ExchangePhase::connecting;
    exchange->stop(Error(ErrorCategory::unavailable, "too many"));
    EXPECT_EQ(completions, 0);
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "leave", "serve"));
    turn();
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "too many");
    EXPECT_EQ(error().phase, ExchangePhase::connecting);
    EXPECT_EQ(result->phase, ExchangePhase::connecting);
    EXPECT_EQ(result->bytes_taken, 0U);
    EXPECT_FALSE(result->reused_connection);
}

TEST_F(ExchangeTest, AnErrorThatBringsItsPhaseKeepsIt) {
    begin();
    Error why(ErrorCategory::connect_failed, "no such name");
    why.phase = ExchangePhase::resolving;
    exchange->stop(std::move(why));
    turn();
    EXPECT_EQ(error().phase, ExchangePhase::resolving);
    EXPECT_EQ(result->phase, ExchangePhase::resolving);
}

TEST_F(ExchangeTest, ASecondStopDoesNothing) {
    begin();
    exchange->stop(Error(ErrorCategory::unavailable));
    exchange->stop(Error(ErrorCategory::internal));
    turn();
    EXPECT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::unavailable);
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "leave", "serve"));
}

TEST_F(ExchangeTest, TellsBeforeOthersAreServed) {
    begin();
    start_on_new();
    int completions_before_serving = -1;
    dispatcher->when_serving = [&] { completions_before_serving = completions; };
    ends();
    EXPECT_EQ(completions_before_serving, 1);
}

TEST_F(ExchangeTest, OthersAreServedAlthoughNobodyElseHoldsItOrItsDispatcher) {
    begin();
    start_on_new();
    bool was_alive = false;
    auto const is_alive = dispatcher->is_alive;
    dispatcher->when_serving = [&was_alive, is_alive] { was_alive = *is_alive; };
    exchange.reset();
    dispatcher.reset();
    advance(10s);
    EXPECT_TRUE(was_alive);
    EXPECT_FALSE(*is_alive);
}

TEST_F(ExchangeTest, IsCancelledThroughItsSlotAndTellsLater) {
    begin();
    start_on_new();
    cancellation.emit(boost::asio::cancellation_type::terminal);
    EXPECT_TRUE(exchange->is_over());
    EXPECT_TRUE(connection->closed());
    EXPECT_EQ(completions, 0) << "this is inside of the caller";
    turn();
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().message, "cancelled by the caller");
}

TEST_F(ExchangeTest, WhatHasEndedIsNotCancelledAnyMore) {
    begin();
    exchange->stop(Error(ErrorCategory::unavailable));
    cancellation.emit(boost::asio::cancellation_type::terminal);
    turn();
    EXPECT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::unavailable);
}

TEST_F(ExchangeTest, AHandlerNeedsNoSlot) {
    int told = 0;
    auto const plain = std::make_shared<Exchange>(
        dispatcher,
        HttpRequest(HttpMethod::get, target),
        clock->now() + 10s,
        [&](HttpExchange const&) { ++told; }
    );
    plain->begin();
    plain->stop(Error(ErrorCategory::cancelled));
    turn();
    EXPECT_EQ(told, 1);
}

TEST_F(ExchangeTest, AnAbandonedOneTellsNothingAndLetsGoOfAll) {
    begin();
    start_on_new();
    std::weak_ptr<Exchange> const lives = exchange;
    exchange->abandon();
    EXPECT_TRUE(handler_lives.expired());
    EXPECT_TRUE(connection->closed());
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "discard", "leave"));
    EXPECT_FALSE(exchange->is_waiting());
    EXPECT_TRUE(exchange->is_over());
    exchange.reset();
    EXPECT_TRUE(lives.expired());
    turn();
    EXPECT_EQ(completions, 0);
}

TEST_F(ExchangeTest, TheHandlerIsGoneWhenItHasBeenCalled) {
    begin();
    start_on_new();
    comes(answer);
    EXPECT_TRUE(handler_lives.expired());
}

TEST_F(ExchangeTest, OneLeftToTheParentHasPerhapsBeenSent) {
    begin();
    exchange->leave_to_parent();
    exchange->stop(Error(ErrorCategory::cancelled));
    turn();
    EXPECT_EQ(result->bytes_taken, 1U);
}

TEST_F(ExchangeTest, OneLeftToTheParentKeepsItsEvidenceAndTellsLater) {
    begin();
    start_on_new();
    exchange->leave_to_parent();
    exchange->stop(Error(ErrorCategory::cancelled));
    EXPECT_EQ(completions, 0);
    turn();
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(result->bytes_taken, target.size());
}

TEST_F(ExchangeTest, ALackOfMemoryBeforeItIsSentIsAFailureToConnect) {
    begin();
    exchange->stop_for(std::make_exception_ptr(std::bad_alloc()));
    turn();
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().message, "a request to api.example.com failed: out of memory");
}

TEST_F(ExchangeTest, ALackOfMemoryAfterThatIsALostConnection) {
    begin();
    start_on_new();
    exchange->stop_for(std::make_exception_ptr(std::bad_alloc()));
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(result->bytes_taken, target.size());
}

TEST_F(ExchangeTest, AnyOtherExceptionStaysAMistakeOfTheProgram) {
    begin();
    start_on_new();
    exchange->stop_for(std::make_exception_ptr(std::logic_error("a secret")));
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::internal);
    EXPECT_EQ(error().message, "a request to api.example.com failed unexpectedly");
}

}  // namespace
}  // namespace otp::http
