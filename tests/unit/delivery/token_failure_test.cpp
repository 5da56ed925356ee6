// Why there is no token, told to all that waited for it.

#include "unit/delivery/token_source_fixture.hpp"

#include <new>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

using TokenFailure = TokenSourceTest;

/// Its timers have no memory to wait with.
class BrokenTimers final : public Clock {
public:
    [[nodiscard]] TimePoint now() const noexcept override { return TimePoint(1h); }
    [[nodiscard]] UtcTime utc_now() const noexcept override { return {}; }
    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(boost::asio::any_io_executor const&)
        override {
        return std::make_unique<Timer>();
    }

private:
    class Timer final : public ClockTimer {
        void async_wait_until(TimePoint, WaitHandler) override { throw std::bad_alloc(); }
        void cancel() noexcept override {}
    };
};

TEST_F(TokenFailure, IsToldToAllThatWait) {
    auto const& first = ask();
    auto const& second = ask();
    answer(400, "who?");
    for (auto const* asker : {&first, &second}) {
        EXPECT_EQ(asker->error().category, ErrorCategory::unauthenticated);
        EXPECT_EQ(asker->error().message, "no access token: who?");
        // The code's request was never made, whatever became of this one.
        EXPECT_EQ(asker->error().delivery, Delivery::not_sent);
        EXPECT_EQ(asker->error().phase, ExchangePhase::done);
    }
    EXPECT_FALSE(source->cached());
}

TEST_F(TokenFailure, SaysHowFarTheRequestHadCome) {
    for (auto const phase : {ExchangePhase::connecting, ExchangePhase::waiting}) {
        auto const& asker = ask();
        Error lost(ErrorCategory::connection_lost, "broken", Delivery::unknown);
        lost.http_status = 503;
        fail(lost, phase);
        EXPECT_EQ(asker.error().category, ErrorCategory::connection_lost);
        EXPECT_EQ(asker.error().message, "no access token: broken");
        EXPECT_EQ(asker.error().http_status, 503);
        EXPECT_EQ(asker.error().delivery, Delivery::not_sent);
        EXPECT_EQ(asker.error().phase, phase);
    }
}

TEST_F(TokenFailure, IsNotKept) {
    static_cast<void>(ask());
    answer(400, "who?");
    auto const& asker = ask();
    EXPECT_TRUE(asker.waits());
    EXPECT_EQ(fetches(), 2U);
    answer(200, "fake-token");
    EXPECT_EQ(asker.token(), "fake-token");
}

TEST_F(TokenFailure, LeavesTheGenerationOfTheTokenBefore) {
    auto const& first = fetch("fake-token");
    source->invalidate(first.lease().generation);
    static_cast<void>(ask());
    answer(400, "who?");
    auto const& last = fetch("other-token");
    EXPECT_NE(last.lease().generation, first.lease().generation);
    EXPECT_EQ(source->cached()->generation, last.lease().generation);
}

TEST_F(TokenFailure, TellsOfAWrongClock) {
    auto const& asker = ask();
    advance(30min - 1s);
    // Made at 00:00:00 and answered at 00:29:59.
    answer(401, "who?", {{"Date", "Thu, 01 Jan 2026 00:49:59 GMT"}});
    EXPECT_THAT(
        asker.error().message,
        ::testing::StartsWith("no access token: who?; this machine's clock is 20 minutes behind")
    );
}

TEST_F(TokenFailure, TellsNothingOfTheClockWhereTheAnswerWasSlow) {
    for (auto const* date : {"Thu, 01 Jan 2026 00:00:01 GMT", "Thu, 01 Jan 2026 00:29:58 GMT"}) {
        clock->manual.set_utc(testing::ManualClock::default_utc);
        auto const& asker = ask();
        advance(30min - 1s);
        answer(401, "who?", {{"Date", date}});
        EXPECT_EQ(asker.error().message, "no access token: who?");
    }
}

TEST_F(TokenFailure, IsADefectWhereTheGrantThrows) {
    grant.at_encode = [] { throw std::logic_error("thrown by the test"); };
    auto const& asker = ask();
    EXPECT_EQ(asker.error().category, ErrorCategory::internal);
    EXPECT_EQ(asker.error().message, "no access token: the token request failed unexpectedly");
    EXPECT_EQ(asker.error().delivery, Delivery::not_sent);
    // The next one tries again.
    grant.at_encode = nullptr;
    EXPECT_EQ(fetch("fake-token").token(), "fake-token");
}

TEST_F(TokenFailure, IsToldAtOnceWhereTheFetchCannotBegin) {
    transport->at_request = [] { throw std::bad_alloc(); };
    auto const& asker = ask();
    ASSERT_FALSE(asker.waits());
    EXPECT_EQ(asker.error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(asker.error().message, "no access token: the token request failed: out of memory");
    EXPECT_EQ(asker.error().delivery, Delivery::not_sent);
    // The next one begins another.
    transport->at_request = nullptr;
    EXPECT_EQ(fetch("fake-token").token(), "fake-token");
}

TEST_F(TokenFailure, IsThrownWhereThereIsNoTimer) {
    clock->at_timer = [] { throw std::bad_alloc(); };
    auto const& asker = ask();
    EXPECT_TRUE(asker.thrown);
    EXPECT_FALSE(asker.outcome);
    EXPECT_EQ(fetches(), 0U);
    clock->at_timer = nullptr;
    EXPECT_EQ(fetch("fake-token").token(), "fake-token");
}

TEST_F(TokenFailure, IsToldWhereThereIsNoMemoryToWait) {
    source = std::make_shared<delivery::TokenSource>(
        grant, transport, std::make_shared<BrokenTimers>(), context.get_executor()
    );
    auto const& asker = ask();
    EXPECT_EQ(asker.error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(asker.error().message, "waiting for a token failed: out of memory");
    EXPECT_EQ(asker.error().delivery, Delivery::not_sent);
    // What was begun serves the next one.
    answer(200, "fake-token");
    EXPECT_EQ(ask().token(), "fake-token");
    EXPECT_EQ(fetches(), 1U);
}

// The answer may be on its way while the client, and with it the grant, ends.
TEST_F(TokenFailure, IsAllThatAClosedSourceMakesOfAnAnswer) {
    auto const& asker = ask();
    source->close();
    answer(200, "fake-token");
    EXPECT_EQ(asker.error().category, ErrorCategory::cancelled);
    EXPECT_FALSE(source->cached());
}

}  // namespace
}  // namespace otp::test
