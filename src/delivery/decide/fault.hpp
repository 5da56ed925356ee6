#pragma once

#include "delivery/decide/breaker.hpp"

#include <otp/decision.hpp>
#include <otp/error.hpp>

#include <chrono>

namespace otp::delivery {

/// Whose fault it is that an attempt failed, which says who may be asked next.
enum class Fault {
    request,       ///< The request or its recipient: no vendor would do better.
    cannot_serve,  ///< The instance has no such channel, or does not reach such a recipient.
    network,       ///< The request did not get there.
    busy,          ///< The vendor is asked too often, or cannot serve at the moment.
    account,       ///< The operator's, at this vendor: credentials, rights, balance, settings.
    vendor,        ///< The vendor failed, and nothing was sent.
    unknown,       ///< Whoever failed, a code may be on its way.
    ended,         ///< Nobody's: the operation is over.
};

/// Where an attempt failed.
enum class FailedIn {
    encoding,  ///< The adapter refused to put the request into the vendor's words.
    exchange,  ///< Afterwards: fetching a token, on the way, or by the vendor's answer.
};

/// Precondition: `error` says what delivery is (`classify_failure`, `classify_refusal`).
[[nodiscard]] Fault fault_of(Error const& error, FailedIn failed_in) noexcept;

/// Why another attempt follows one that failed so.
[[nodiscard]] DecisionReason reason_to_go_on(Fault fault) noexcept;

/// What the failure says about the instance's health: the vendor's own faults and the account's
/// count; those of the caller and this machine do not. Nor does the end of the operation's time,
/// unless the vendor had the request and at least a second to answer it: `elapsed` is the attempt's
/// own time.
[[nodiscard]] Breaker::Verdict verdict_of(
    Error const& error, Fault fault, std::chrono::nanoseconds elapsed
) noexcept;

/// Whether the answer asks that the instance be left alone for a while: too many requests for the
/// account (429), or out of service (503).
[[nodiscard]] bool asks_for_rest(Error const& error) noexcept;

}  // namespace otp::delivery
