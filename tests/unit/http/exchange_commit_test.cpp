#include "unit/http/exchange_fixture.hpp"

/// The limit for the first byte of a request, which the client sets while another instance is left.
namespace otp::http {
namespace {

using namespace std::chrono_literals;

class ExchangeCommit : public ExchangeTest {
protected:
    /// One second for the first byte to leave.
    void begin_with_limit() {
        commit_within = 1s;
        begin();
    }
};

TEST_F(ExchangeCommit, EndsARequestThatWaitsForAConnection) {
    begin_with_limit();
    advance(1s - 1ms);
    EXPECT_EQ(completions, 0);
    advance(1ms);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::timeout);
    EXPECT_EQ(error().message, "no byte of the request had left within commit_timeout");
    EXPECT_EQ(error().phase, ExchangePhase::queued);
    EXPECT_EQ(result->bytes_taken, 0U);
}

TEST_F(ExchangeCommit, EndsARequestThatCannotBeWritten) {
    far_end.room = 0;
    far_end.without_room = IoStatus::want_write;
    begin_with_limit();
    start_on_new();
    advance(1s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().category, ErrorCategory::timeout);
    EXPECT_EQ(error().phase, ExchangePhase::writing);
    EXPECT_EQ(result->bytes_taken, 0U);
    EXPECT_TRUE(connection->closed());
}

TEST_F(ExchangeCommit, IsNoLimitForWhatHasBegunToLeave) {
    far_end.room = 3;
    far_end.without_room = IoStatus::want_write;
    begin_with_limit();
    start_on_new();
    advance(1s);
    EXPECT_EQ(completions, 0);
    // The limit of the first byte of an answer counts on.
    advance(4s - 1ms);
    EXPECT_EQ(completions, 0);
    advance(1ms);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(result->bytes_taken, 3U);
    EXPECT_EQ(error().message, "the request could not be written in time");
}

TEST_F(ExchangeCommit, IsNoLimitForAnAnswer) {
    begin_with_limit();
    start_on_new();
    advance(3s);
    EXPECT_EQ(completions, 0);
    comes(answer);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(response().status, 200);
}

TEST_F(ExchangeCommit, HoldsForTheSecondConnectionToo) {
    begin_with_limit();
    advance(500ms);
    lose_untouched();
    EXPECT_EQ(completions, 0);
    advance(500ms);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "no byte of the request had left within commit_timeout");
    EXPECT_EQ(result->bytes_taken, 0U);
}

TEST_F(ExchangeCommit, OfTheDeadlineAndTheLimitTheFirstCounts) {
    commit_within = 20s;
    begin();
    advance(10s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(error().message, "no connection was free in time");
}

TEST_F(ExchangeCommit, FailsIfTheNextLimitCannotBeSet) {
    begin_with_limit();
    start_on_new();
    clock->failing_waits = 1;
    advance(1s);
    ASSERT_EQ(completions, 1);
    EXPECT_EQ(result->bytes_taken, target.size());
}

}  // namespace
}  // namespace otp::http
