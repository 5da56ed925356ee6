#include "unit/http/exchange_fixture.hpp"

#include <new>

/// The two limits of an exchange, and what its error says was missed.
namespace otp::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST_F(ExchangeTest, WithoutAConnectionOnlyTheDeadlineCounts) {
    begin();
    advance(10s - 1ms);
    EXPECT_EQ(completions, 0);
    advance(1ms);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::timeout);
    EXPECT_EQ(error().message, "no connection was free in time");
    EXPECT_EQ(error().phase, ExchangePhase::queued);
    EXPECT_EQ(result->bytes_taken, 0U);
}

TEST_F(ExchangeTest, SaysWhatTheOpeningWasAtWhenTimeWasUp) {
    begin();
    dispatcher->opening = ExchangePhase::handshaking;
    dispatcher->description = [] { return std::string("shaking hands"); };
    advance(10s);
    EXPECT_EQ(error().message, "no connection was ready in time, but still shaking hands");
    EXPECT_EQ(error().phase, ExchangePhase::handshaking);
}

TEST_F(ExchangeTest, SaysThatThereWasNoMemoryForTheReason) {
    begin();
    dispatcher->description = []() -> std::string { throw std::bad_alloc(); };
    advance(10s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::timeout);
    EXPECT_EQ(error().message, "out of memory");
}

TEST_F(ExchangeTest, TheFirstByteHasALimitOfItsOwn) {
    begin();
    advance(1s);
    start_on_new();
    advance(5s - 1ms);
    EXPECT_EQ(completions, 0);
    advance(1ms);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::timeout);
    EXPECT_EQ(error().message, "no response came within first_byte_timeout");
    EXPECT_EQ(error().phase, ExchangePhase::waiting);
    EXPECT_EQ(result->bytes_taken, target.size());
    EXPECT_TRUE(connection->closed());
    EXPECT_THAT(dispatcher->asked, ElementsAre("enter", "discard", "leave", "serve"));
}

TEST_F(ExchangeTest, AfterTheFirstByteOnlyTheDeadlineCounts) {
    begin();
    start_on_new();
    comes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
    advance(10s - 1ms);
    EXPECT_EQ(completions, 0);
    advance(1ms);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "no complete response came in time");
    EXPECT_EQ(error().phase, ExchangePhase::reading);
    EXPECT_EQ(error().http_status, 200) << "its header was read";
}

TEST_F(ExchangeTest, ADeadlineThatComesFirstCountsForTheFirstByteToo) {
    begin();
    advance(5s + 1ms);
    start_on_new();
    advance(5s - 1ms);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "no complete response came in time");
    EXPECT_EQ(error().phase, ExchangePhase::waiting);
}

TEST_F(ExchangeTest, OfTwoLimitsThatComeTogetherTheDeadlineIsTold) {
    begin();
    advance(5s);
    start_on_new();
    advance(5s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "no complete response came in time");
}

TEST_F(ExchangeTest, SaysThatTheRequestCouldNotBeWritten) {
    begin();
    far_end.room = 3;
    start_on_new();
    advance(5s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "the request could not be written in time");
    EXPECT_EQ(error().phase, ExchangePhase::writing);
    EXPECT_EQ(result->bytes_taken, 3U);
}

TEST_F(ExchangeTest, ARefusalWhoseBodyIsLateIsAResponseAllTheSame) {
    begin();
    start_on_new();
    comes("HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\n");
    advance(10s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(response().status, 429);
    EXPECT_EQ(response().headers.find("Retry-After"), "7");
    EXPECT_EQ(response().body_problem, "no complete response came in time");
    EXPECT_EQ(result->phase, ExchangePhase::reading);
}

}  // namespace
}  // namespace otp::http
