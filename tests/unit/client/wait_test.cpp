// A client that ends while an operation waits before its next attempt.

#include "unit/client/client_fixture.hpp"

#include <optional>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

class WaitOfAnOperation : public ClientOfPlainVendor {
protected:
    /// The vendor asks to be left alone for a second; the operation waits for it.
    void begin_to_wait() {
        attempts_at_one_instance = 3;
        conduct->refusal.emplace(ErrorCategory::rate_limited, "slow down");
        answer(429, "");
        begin_send(outcome);
        settle();
        ASSERT_FALSE(outcome);
        ASSERT_EQ(clock->waiting(), 1U);
    }
    void expect_closed() {
        ASSERT_TRUE(outcome && !*outcome);
        EXPECT_EQ(outcome->error().category, ErrorCategory::cancelled);
        EXPECT_EQ(outcome->error().message, "the client was closed");
        EXPECT_EQ(outcome->error().delivery, Delivery::not_sent);
        EXPECT_EQ(outcome->error().stop, DecisionReason::cancelled);
        EXPECT_EQ(script->requests().size(), 1U);
    }

    Sent outcome;
};

TEST_F(WaitOfAnOperation, EndsWithTheClient) {
    begin_to_wait();
    destroy_client();
    settle();
    expect_closed();
}

TEST_F(WaitOfAnOperation, EndsWithTheTimeOfAShutdown) {
    begin_to_wait();
    std::optional<boost::system::error_code> over;
    client().async_shutdown(0ms, [&](boost::system::error_code error) { over = error; });
    settle();
    clock->advance(1ms);
    settle();
    expect_closed();
    EXPECT_TRUE(over.has_value());
}

}  // namespace
}  // namespace otp::test
