#include "delivery/decide/stop_reason.hpp"

namespace otp::delivery {

DecisionReason reason_of_end(Error const& error) noexcept {
    if (error.delivery == Delivery::unknown) return DecisionReason::may_have_been_sent;
    if (error.category == ErrorCategory::cancelled) return DecisionReason::cancelled;
    if (error.category == ErrorCategory::deadline_exceeded) {
        return DecisionReason::deadline_exceeded;
    }
    return DecisionReason::failed_here;
}

bool is_about_others(DecisionReason reason) noexcept {
    switch (reason) {
        case DecisionReason::no_instance_left:
        case DecisionReason::isolated:
        case DecisionReason::deadline_too_near:
        case DecisionReason::budget_empty:
        case DecisionReason::attempts_used_up:
            return true;
        default:
            return false;
    }
}

}  // namespace otp::delivery
