// Attempts in lines for a person.

#include "attempt_text.hpp"

#include <gtest/gtest.h>

namespace otp::cli {
namespace {

using namespace std::chrono_literals;

[[nodiscard]] Attempt refused_connection() {
    Attempt attempt;
    attempt.instance = "login-us";
    attempt.vendor = "stytch";
    attempt.failure = ErrorCategory::connect_failed;
    attempt.phase = ExchangePhase::connecting;
    attempt.latency = 1ms;
    return attempt;
}

TEST(AttemptText, tells_what_follows) {
    auto attempt = refused_connection();
    std::string const text = "login-us (stytch): connect_failed, not_sent, while connecting, 1 ms";
    EXPECT_EQ(describe_attempt(attempt, Step::send), text);
    attempt.decision = Decision::retry;
    EXPECT_EQ(describe_attempt(attempt, Step::send), text + ", then the same instance again");
    attempt.decision = Decision::next_instance;
    EXPECT_EQ(describe_attempt(attempt, Step::send), text + ", then the next instance");
    attempt.decision = Decision::renew_token;
    EXPECT_EQ(describe_attempt(attempt, Step::send), text + ", then with a new access token");
}

TEST(AttemptText, tells_of_the_wait_before_it) {
    auto attempt = refused_connection();
    attempt.waited_before = 43ms;
    attempt.decision = Decision::retry;
    EXPECT_EQ(
        describe_attempt(attempt, Step::send),
        "login-us (stytch): connect_failed, not_sent, while connecting, 1 ms, after a wait of "
        "43 ms, then the same instance again"
    );
}

TEST(AttemptText, tells_why_an_instance_was_not_asked) {
    Attempt attempt;
    attempt.instance = "eko";
    attempt.vendor = "eko";
    attempt.failure = ErrorCategory::unavailable;
    attempt.decision = Decision::skip;
    attempt.reason = DecisionReason::resting;
    EXPECT_EQ(
        describe_attempt(attempt, Step::send),
        "eko: skipped, the instance asked to be left alone for a while"
    );
    attempt.reason = DecisionReason::cannot_serve;
    attempt.failure = ErrorCategory::unsupported;
    EXPECT_EQ(
        describe_attempt(attempt, Step::send),
        "eko: skipped, the instance cannot serve this request (unsupported)"
    );
}

TEST(AttemptText, has_waits_in_a_unit_that_fits) {
    EXPECT_EQ(describe_wait(0ms), "0 ms");
    EXPECT_EQ(describe_wait(999ms), "999 ms");
    EXPECT_EQ(describe_wait(1s), "1.0 s");
    EXPECT_EQ(describe_wait(1449ms), "1.4 s");
    EXPECT_EQ(describe_wait(29960ms), "30.0 s");
}

}  // namespace
}  // namespace otp::cli
