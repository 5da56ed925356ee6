#include <otp/error_category.hpp>

namespace otp {

std::string_view to_string(ErrorCategory category) noexcept {
    switch (category) {
        case ErrorCategory::invalid_request:
            return "invalid_request";
        case ErrorCategory::invalid_recipient:
            return "invalid_recipient";
        case ErrorCategory::recipient_not_found:
            return "recipient_not_found";
        case ErrorCategory::recipient_conflict:
            return "recipient_conflict";
        case ErrorCategory::recipient_throttled:
            return "recipient_throttled";
        case ErrorCategory::destination_blocked:
            return "destination_blocked";
        case ErrorCategory::blocked_by_fraud_guard:
            return "blocked_by_fraud_guard";
        case ErrorCategory::unsupported:
            return "unsupported";
        case ErrorCategory::config_invalid:
            return "config_invalid";
        case ErrorCategory::unauthenticated:
            return "unauthenticated";
        case ErrorCategory::permission_denied:
            return "permission_denied";
        case ErrorCategory::quota_exhausted:
            return "quota_exhausted";
        case ErrorCategory::rate_limited:
            return "rate_limited";
        case ErrorCategory::unavailable:
            return "unavailable";
        case ErrorCategory::provider_error:
            return "provider_error";
        case ErrorCategory::bad_response:
            return "bad_response";
        case ErrorCategory::connect_failed:
            return "connect_failed";
        case ErrorCategory::tls_failed:
            return "tls_failed";
        case ErrorCategory::timeout:
            return "timeout";
        case ErrorCategory::connection_lost:
            return "connection_lost";
        case ErrorCategory::circuit_open:
            return "circuit_open";
        case ErrorCategory::deadline_exceeded:
            return "deadline_exceeded";
        case ErrorCategory::cancelled:
            return "cancelled";
        case ErrorCategory::no_route:
            return "no_route";
        case ErrorCategory::internal:
            return "internal";
    }
    return "internal";
}

std::string_view describe(ErrorCategory category) noexcept {
    switch (category) {
        case ErrorCategory::invalid_request:
            return "the request is not valid";
        case ErrorCategory::invalid_recipient:
            return "the phone number or email address is not valid";
        case ErrorCategory::recipient_not_found:
            return "the vendor does not know this recipient";
        case ErrorCategory::recipient_conflict:
            return "the address already belongs to somebody else";
        case ErrorCategory::recipient_throttled:
            return "too many codes or checks for this recipient";
        case ErrorCategory::destination_blocked:
            return "this destination is not served";
        case ErrorCategory::blocked_by_fraud_guard:
            return "the vendor took the request for abuse";
        case ErrorCategory::unsupported:
            return "the vendor does not offer this";
        case ErrorCategory::config_invalid:
            return "the configuration is not valid";
        case ErrorCategory::unauthenticated:
            return "the vendor refused the credentials";
        case ErrorCategory::permission_denied:
            return "the credentials do not permit this";
        case ErrorCategory::quota_exhausted:
            return "the balance or plan is used up";
        case ErrorCategory::rate_limited:
            return "too many requests for the account";
        case ErrorCategory::unavailable:
            return "the vendor cannot serve at the moment";
        case ErrorCategory::provider_error:
            return "the vendor failed";
        case ErrorCategory::bad_response:
            return "the vendor's answer cannot be understood";
        case ErrorCategory::connect_failed:
            return "no connection to the vendor";
        case ErrorCategory::tls_failed:
            return "no secure connection to the vendor";
        case ErrorCategory::timeout:
            return "the vendor did not answer in time";
        case ErrorCategory::connection_lost:
            return "the connection broke during the exchange";
        case ErrorCategory::circuit_open:
            return "the instance is switched off for a while after failures";
        case ErrorCategory::deadline_exceeded:
            return "the operation ran out of time";
        case ErrorCategory::cancelled:
            return "the operation was cancelled";
        case ErrorCategory::no_route:
            return "no instance of the route can serve the request";
        case ErrorCategory::internal:
            return "a defect of the software itself";
    }
    return "an unknown error";
}

}  // namespace otp
