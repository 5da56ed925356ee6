#include <otp/decision.hpp>

namespace otp {

std::string_view to_string(Decision decision) noexcept {
    switch (decision) {
        case Decision::finish:
            return "finish";
        case Decision::retry:
            return "retry";
        case Decision::renew_token:
            return "renew_token";
        case Decision::next_instance:
            return "next_instance";
        case Decision::skip:
            return "skip";
        case Decision::confirm:
            return "confirm";
    }
    return "unknown";
}

std::string_view to_string(DecisionReason reason) noexcept {
    switch (reason) {
        case DecisionReason::not_sent:
            return "not_sent";
        case DecisionReason::throttled:
            return "throttled";
        case DecisionReason::account_refused:
            return "account_refused";
        case DecisionReason::vendor_failed:
            return "vendor_failed";
        case DecisionReason::retry_documented:
            return "retry_documented";
        case DecisionReason::failover_allowed:
            return "failover_allowed";
        case DecisionReason::token_refused:
            return "token_refused";
        case DecisionReason::needs_confirmation:
            return "needs_confirmation";
        case DecisionReason::cannot_serve:
            return "cannot_serve";
        case DecisionReason::resting:
            return "resting";
        case DecisionReason::breaker_open:
            return "breaker_open";
        case DecisionReason::isolated:
            return "isolated";
        case DecisionReason::succeeded:
            return "succeeded";
        case DecisionReason::refused:
            return "refused";
        case DecisionReason::may_have_been_sent:
            return "may_have_been_sent";
        case DecisionReason::no_instance_left:
            return "no_instance_left";
        case DecisionReason::attempts_used_up:
            return "attempts_used_up";
        case DecisionReason::budget_empty:
            return "budget_empty";
        case DecisionReason::deadline_too_near:
            return "deadline_too_near";
        case DecisionReason::deadline_exceeded:
            return "deadline_exceeded";
        case DecisionReason::cancelled:
            return "cancelled";
        case DecisionReason::failed_here:
            return "failed_here";
    }
    return "unknown";
}

std::string_view describe(DecisionReason reason) noexcept {
    switch (reason) {
        case DecisionReason::not_sent:
            return "the request did not reach the vendor";
        case DecisionReason::throttled:
            return "the vendor is asked too often or cannot serve at the moment";
        case DecisionReason::account_refused:
            return "the vendor refuses the account";
        case DecisionReason::vendor_failed:
            return "the vendor failed and sent nothing";
        case DecisionReason::retry_documented:
            return "it may have been sent, and the vendor asks for a repetition";
        case DecisionReason::failover_allowed:
            return "it may have been sent, and the route asks the next instance all the same";
        case DecisionReason::token_refused:
            return "the access token was refused";
        case DecisionReason::needs_confirmation:
            return "the approval has to be asked for once more";
        case DecisionReason::cannot_serve:
            return "the instance cannot serve this request";
        case DecisionReason::resting:
            return "the instance asked to be left alone for a while";
        case DecisionReason::breaker_open:
            return "the instance has failed too often lately";
        case DecisionReason::isolated:
            return "the instance was taken out of service";
        case DecisionReason::succeeded:
            return "the vendor accepted the request";
        case DecisionReason::refused:
            return "the request or its recipient was refused";
        case DecisionReason::may_have_been_sent:
            return "a further attempt might send a second code";
        case DecisionReason::no_instance_left:
            return "no other instance can be asked";
        case DecisionReason::attempts_used_up:
            return "all attempts that are allowed were made";
        case DecisionReason::budget_empty:
            return "too much has been repeated lately";
        case DecisionReason::deadline_too_near:
            return "a further attempt could not begin before the deadline";
        case DecisionReason::deadline_exceeded:
            return "the time of the operation is over";
        case DecisionReason::cancelled:
            return "the operation was cancelled";
        case DecisionReason::failed_here:
            return "something failed on this machine";
    }
    return "an unknown reason";
}

}  // namespace otp
