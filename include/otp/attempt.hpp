#pragma once

#include <otp/applied_hint.hpp>
#include <otp/delivery.hpp>
#include <otp/error_category.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/export.hpp>
#include <otp/verification_outcome.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

/// What the SDK did after an attempt.
enum class Decision {
    finish,         ///< The attempt's outcome is the operation's outcome.
    renew_token,    ///< The access token was refused; a fresh one is fetched and the request
                    ///< repeated.
    next_instance,  ///< The instance cannot serve this request; the route's next one is asked.
    confirm  ///< The vendor took the code but does not say so; it is asked whether that is true.
};

/// The stable name: `finish`, `renew_token`, `next_instance`, `confirm`.
[[nodiscard]] std::string_view to_string(Decision decision) noexcept;

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
    /// How far the request had come; nothing if none was begun.
    std::optional<ExchangePhase> phase;
    /// What this vendor made of each hint that the request carries, whatever came of the attempt.
    std::vector<AppliedHint> hints;
};

}  // namespace otp
