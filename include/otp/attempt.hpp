#pragma once

#include <otp/applied_hint.hpp>
#include <otp/decision.hpp>
#include <otp/delivery.hpp>
#include <otp/error_category.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/export.hpp>
#include <otp/verification_outcome.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace OTP_EXPORT otp {

/// One try at one instance. Safe to log: it holds no code, secret, phone number or email address.
struct Attempt {
    std::string instance;
    std::string vendor;
    /// Nothing when the vendor accepted the request.
    std::optional<ErrorCategory> failure;
    /// What the vendor said of the code; only of a check that it answered. Then `failure` is
    /// nothing, and `delivery` is `accepted` whatever the outcome: the check was counted.
    std::optional<VerificationOutcome> outcome;
    Delivery delivery{Delivery::not_sent};
    /// 0 if no response's header was read.
    int http_status{0};
    /// The vendor's own code, of a failure or of a check that it did not approve.
    std::string vendor_code;
    /// The vendor's correlation id, if it gave one.
    std::string request_id;
    std::chrono::microseconds latency{0};
    Decision decision{Decision::finish};
    /// Why. Of the last one it is what the operation's outcome says, too (`Error::stop`).
    DecisionReason reason{DecisionReason::succeeded};
    /// How long the operation waited before this attempt on purpose.
    std::chrono::milliseconds waited_before{0};
    /// How far the request had come; nothing if none was begun.
    std::optional<ExchangePhase> phase;
    /// What this vendor made of each hint that the request carries, whatever came of the attempt.
    std::vector<AppliedHint> hints;
};

}  // namespace otp
