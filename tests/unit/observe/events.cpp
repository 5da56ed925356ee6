#include "unit/observe/events.hpp"

namespace otp::test {

using namespace std::chrono_literals;

OperationRef operation(OperationKind kind) {
    return {7, kind, "login", ""};
}

Attempt accepted_attempt() {
    Attempt attempt;
    attempt.instance = "main";
    attempt.vendor = "acme";
    attempt.delivery = Delivery::accepted;
    attempt.http_status = 200;
    attempt.latency = 120ms;
    attempt.phase = ExchangePhase::done;
    return attempt;
}

Attempt failed_attempt() {
    auto attempt = accepted_attempt();
    attempt.failure = ErrorCategory::timeout;
    attempt.delivery = Delivery::not_sent;
    attempt.http_status = 0;
    attempt.latency = 3s;
    attempt.decision = Decision::next_instance;
    attempt.reason = DecisionReason::not_sent;
    attempt.phase = ExchangePhase::connecting;
    return attempt;
}

Attempt skipped_attempt() {
    Attempt attempt;
    attempt.instance = "main";
    attempt.vendor = "acme";
    attempt.failure = ErrorCategory::unavailable;
    attempt.decision = Decision::skip;
    attempt.reason = DecisionReason::resting;
    return attempt;
}

OperationEnded succeeded_operation() {
    OperationEnded event;
    event.operation = operation();
    event.delivery = Delivery::accepted;
    event.instance = "main";
    event.attempts = 1;
    event.latency = 250ms;
    return event;
}

void tell(Observer& observer, Attempt const& attempt, OperationKind kind) {
    if (attempt.decision != Decision::skip) {
        observer.on_attempt_begun({operation(kind), attempt.instance, attempt.vendor, 1});
    }
    observer.on_attempt_ended(
        {operation(kind), attempt, attempt.decision == Decision::skip ? 0U : 1U}
    );
}

}  // namespace otp::test
