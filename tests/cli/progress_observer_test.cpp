// What a person at a terminal reads while a send goes on.

#include "progress_observer.hpp"

#include <gtest/gtest.h>
#include <sstream>

namespace otp::cli {
namespace {

using namespace std::chrono_literals;

TEST(ProgressObserver, has_one_line_for_each_event) {
    std::ostringstream out;
    ProgressObserver observer(out);
    Attempt attempt;
    attempt.instance = "stytch-us";
    attempt.vendor = "stytch";
    attempt.failure = ErrorCategory::rate_limited;
    attempt.http_status = 429;
    attempt.vendor_code = "too\nmany";
    attempt.latency = 12ms;
    attempt.decision = Decision::next_instance;
    attempt.reason = DecisionReason::throttled;
    observer.on_attempt_ended({{}, attempt});
    observer.on_wait({{}, "eko", 1000ms, DecisionReason::throttled});
    observer.on_attempt_ended({{}, attempt});
    EXPECT_EQ(
        out.str(),
        "attempt 1: stytch-us (stytch): rate_limited, not_sent, HTTP 429 too many, 12 ms, then the "
        "next instance\n"
        "waiting 1.0 s for eko: the vendor is asked too often or cannot serve at the moment\n"
        "attempt 2: stytch-us (stytch): rate_limited, not_sent, HTTP 429 too many, 12 ms, then the "
        "next instance\n"
    );
}

TEST(ProgressObserver, speaks_of_a_check_as_a_check) {
    std::ostringstream out;
    ProgressObserver observer(out);
    Attempt attempt;
    attempt.vendor = "eko";
    attempt.failure = ErrorCategory::timeout;
    attempt.delivery = Delivery::unknown;
    OperationRef operation;
    operation.kind = OperationKind::verify;
    observer.on_attempt_ended({operation, attempt});
    EXPECT_EQ(out.str(), "attempt 1: eko: timeout, the check may have been counted, 0 ms\n");
}

}  // namespace
}  // namespace otp::cli
