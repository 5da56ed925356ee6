#include "delivery/decide/fault.hpp"

namespace otp::delivery {

namespace {

/// A caller that gives less says nothing about the vendor.
constexpr std::chrono::seconds fair_time{1};

/// Where time ran out and no request was begun, its token did not come.
Breaker::Verdict of_a_wait_for_a_token(std::chrono::nanoseconds elapsed) noexcept {
    return elapsed >= fair_time ? Breaker::Verdict::failed : Breaker::Verdict::none;
}

/// RFC 9110 15.5.9 and 15.5.20: the connection was to blame, and the request may be repeated.
bool is_of_the_connection(int http_status) noexcept {
    return http_status == 408 || http_status == 421;
}

/// Before anything of the request could be written.
bool had_no_connection(Error const& error) noexcept {
    return error.phase && *error.phase < ExchangePhase::writing;
}

Fault fault_of_unsent(Error const& error) noexcept {
    switch (error.category) {
        case ErrorCategory::invalid_request:
        case ErrorCategory::invalid_recipient:
        case ErrorCategory::recipient_not_found:
        case ErrorCategory::recipient_conflict:
        case ErrorCategory::recipient_throttled:
        case ErrorCategory::blocked_by_fraud_guard:
            return Fault::request;
        case ErrorCategory::destination_blocked:
        case ErrorCategory::unsupported:
            return Fault::cannot_serve;
        case ErrorCategory::config_invalid:
        case ErrorCategory::unauthenticated:
        case ErrorCategory::permission_denied:
        case ErrorCategory::quota_exhausted:
            return Fault::account;
        case ErrorCategory::rate_limited:
            return Fault::busy;
        case ErrorCategory::unavailable:
            return asks_for_rest(error) ? Fault::busy : Fault::network;
        case ErrorCategory::connect_failed:
        case ErrorCategory::tls_failed:
        case ErrorCategory::timeout:
        case ErrorCategory::connection_lost:
            return Fault::network;
        case ErrorCategory::provider_error:
        case ErrorCategory::bad_response:
        case ErrorCategory::circuit_open:
            return Fault::vendor;
        case ErrorCategory::deadline_exceeded:
        case ErrorCategory::cancelled:
        case ErrorCategory::no_route:
        case ErrorCategory::internal:
            break;
    }
    return Fault::ended;
}

}  // namespace

Fault fault_of(Error const& error, FailedIn failed_in) noexcept {
    if (failed_in == FailedIn::encoding) {
        // Nobody has looked at the recipient yet: another vendor may have another idea of it.
        bool const others_may_serve = error.category == ErrorCategory::unsupported ||
                                      error.category == ErrorCategory::invalid_recipient;
        return others_may_serve ? Fault::cannot_serve : Fault::request;
    }
    auto const unsent = fault_of_unsent(error);
    bool const is_unknown = error.delivery != Delivery::not_sent;
    return is_unknown && unsent != Fault::ended ? Fault::unknown : unsent;
}

DecisionReason reason_to_go_on(Fault fault) noexcept {
    switch (fault) {
        case Fault::cannot_serve:
            return DecisionReason::cannot_serve;
        case Fault::busy:
            return DecisionReason::throttled;
        case Fault::account:
            return DecisionReason::account_refused;
        case Fault::vendor:
            return DecisionReason::vendor_failed;
        case Fault::unknown:
            return DecisionReason::failover_allowed;
        case Fault::network:
        case Fault::request:
        case Fault::ended:
            break;
    }
    return DecisionReason::not_sent;
}

Breaker::Verdict verdict_of(
    Error const& error, Fault fault, std::chrono::nanoseconds elapsed
) noexcept {
    using Verdict = Breaker::Verdict;
    switch (error.category) {
        case ErrorCategory::connect_failed:
        case ErrorCategory::tls_failed:
            // Without a phase no exchange was begun: this machine failed.
            return error.phase ? Verdict::could_not_connect : Verdict::none;
        case ErrorCategory::timeout:
        case ErrorCategory::connection_lost:
            if (!error.phase) return of_a_wait_for_a_token(elapsed);
            // Nothing but waiting for others' connections says nothing.
            if (*error.phase == ExchangePhase::queued) return Verdict::none;
            return had_no_connection(error) ? Verdict::could_not_connect : Verdict::failed;
        case ErrorCategory::unavailable:
            return asks_for_rest(error) ? Verdict::failed : Verdict::none;
        case ErrorCategory::provider_error:
        case ErrorCategory::bad_response:
            return Verdict::failed;
        case ErrorCategory::deadline_exceeded: {
            if (!error.phase) return of_a_wait_for_a_token(elapsed);
            bool const had_the_request = *error.phase > ExchangePhase::writing;
            return had_the_request && elapsed >= fair_time ? Verdict::failed : Verdict::none;
        }
        case ErrorCategory::rate_limited:
        case ErrorCategory::circuit_open:
        case ErrorCategory::cancelled:
        case ErrorCategory::no_route:
        case ErrorCategory::internal:
            return Verdict::none;
        default:
            break;
    }
    return fault == Fault::account ? Verdict::failed : Verdict::good;
}

bool asks_for_rest(Error const& error) noexcept {
    if (error.category == ErrorCategory::rate_limited) return true;
    return error.category == ErrorCategory::unavailable && error.http_status != 0 &&
           !is_of_the_connection(error.http_status);
}

}  // namespace otp::delivery
