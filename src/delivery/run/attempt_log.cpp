#include "delivery/run/attempt_log.hpp"

namespace otp::delivery {

using std::chrono::milliseconds;

Attempt& AttemptLog::append(InstanceConfig const& instance) {
    Attempt& attempt = attempts_.emplace_back();
    attempt.instance = instance.name;
    attempt.vendor = instance.vendor;
    return attempt;
}

Attempt& AttemptLog::add(InstanceConfig const& instance) {
    Attempt& attempt = append(instance);
    attempt.waited_before = std::exchange(waited_, milliseconds(0));
    return attempt;
}

void AttemptLog::failed(
    Attempt& attempt, Error const& error, Decision decision, DecisionReason reason
) {
    attempt.failure = error.category;
    attempt.delivery = error.delivery;
    attempt.http_status = error.http_status;
    attempt.vendor_code = error.vendor_code;
    attempt.request_id = error.request_id;
    attempt.decision = decision;
    attempt.reason = reason;
    ended(attempt);
}

void AttemptLog::skipped(InstanceConfig const& instance, DecisionReason reason) {
    Attempt& attempt = append(instance);
    attempt.failure = reason == DecisionReason::resting ? ErrorCategory::unavailable
                                                        : ErrorCategory::circuit_open;
    attempt.decision = Decision::skip;
    attempt.reason = reason;
    ended(attempt);
}

}  // namespace otp::delivery
