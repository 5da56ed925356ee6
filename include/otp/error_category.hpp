#pragma once

#include <otp/export.hpp>

#include <string_view>

namespace OTP_EXPORT otp {

/// What kind of failure it was. Closed and stable: `to_string` gives the enumerator's own name.
enum class ErrorCategory {
    invalid_request,      ///< The request is not one that the vendor can take: a caller's mistake.
    invalid_recipient,    ///< The phone number or email address is not valid.
    recipient_not_found,  ///< The vendor does not know this user or customer.
    recipient_conflict,   ///< The address already belongs to somebody else.
    recipient_throttled,  ///< Too many codes or checks for this recipient.
    destination_blocked,  ///< The vendor or the account does not serve this destination.
    blocked_by_fraud_guard,  ///< The vendor took the request for abuse.
    unsupported,             ///< The vendor has no such channel, recipient kind or feature.
    config_invalid,          ///< The configuration cannot be used.
    unauthenticated,         ///< The vendor refused the credentials.
    permission_denied,       ///< The credentials are good, but may not do this.
    quota_exhausted,         ///< Balance or plan used up.
    rate_limited,            ///< Too many requests for the whole account.
    unavailable,             ///< The vendor says that it cannot serve at the moment, or
                             ///< `max_in_flight` requests to it are under way.
    provider_error,          ///< The vendor failed.
    bad_response,            ///< The vendor's answer cannot be understood.
    connect_failed,          ///< Name resolution, TCP, the proxy or this machine failed.
    tls_failed,              ///< The TLS handshake or a certificate failed.
    timeout,                 ///< One attempt ran out of its time.
    connection_lost,         ///< The connection broke in the middle of the exchange.
    circuit_open,            ///< The instance is switched off for a while after its failures.
    deadline_exceeded,       ///< The whole operation ran out of time.
    cancelled,               ///< The caller cancelled, or destroyed the client.
    no_route,                ///< No instance of the route can serve the request.
    internal,                ///< A defect of the SDK itself.
};

/// The enumerator's name, for example `rate_limited`.
[[nodiscard]] std::string_view to_string(ErrorCategory category) noexcept;

/// What it means for a person, in a few lower-case words without data.
[[nodiscard]] std::string_view describe(ErrorCategory category) noexcept;

}  // namespace otp
