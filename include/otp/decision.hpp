#pragma once

#include <otp/export.hpp>

#include <string_view>

namespace OTP_EXPORT otp {

/// What the SDK did after an attempt, or with an instance instead of one.
enum class Decision {
    finish,         ///< The attempt's outcome is the operation's outcome.
    retry,          ///< The same instance is asked again.
    renew_token,    ///< The access token was refused; a fresh one is fetched and the request
                    ///< repeated.
    next_instance,  ///< Another of the route's instances is asked.
    skip,           ///< The instance was not asked at all.
    confirm  ///< The vendor took the code but does not say so; it is asked whether that is true.
};

/// The stable name: `finish`, `retry`, `renew_token`, `next_instance`, `skip`, `confirm`.
[[nodiscard]] std::string_view to_string(Decision decision) noexcept;

/// Why the SDK decided so. Closed and stable: `to_string` gives the enumerator's own name.
enum class DecisionReason {
    // Why an instance is asked again, or another one.
    not_sent,            ///< The request provably did not reach the vendor.
    throttled,           ///< The vendor is asked too often, or cannot serve at the moment.
    account_refused,     ///< The vendor refuses the account: its credentials, rights or balance.
    vendor_failed,       ///< The vendor failed, and said that nothing was sent.
    retry_documented,    ///< It may have been sent; the vendor's documents ask for a repetition.
    failover_allowed,    ///< It may have been sent; the route asks the next instance all the same.
    token_refused,       ///< The access token was refused.
    needs_confirmation,  ///< An approval has to be asked for once more.

    // Why an instance is not asked.
    cannot_serve,  ///< It has no such channel, or cannot reach such a recipient.
    resting,       ///< It asked to be left alone for a while.
    breaker_open,  ///< It has failed too often lately.
    isolated,      ///< Somebody took it out of service.

    // Why nothing further is tried.
    succeeded,           ///< The vendor accepted the request.
    refused,             ///< The request or its recipient was refused; no vendor would do better.
    may_have_been_sent,  ///< A further attempt might send a second code.
    no_instance_left,    ///< No other instance can be asked.
    attempts_used_up,    ///< As many attempts as are allowed were made.
    budget_empty,        ///< Too much has been repeated lately.
    deadline_too_near,   ///< A further attempt could not begin before the deadline.
    deadline_exceeded,   ///< The time of the operation is over.
    cancelled,           ///< The caller cancelled, or the client was shut down.
    failed_here          ///< Something failed on this machine that no other instance would mend.
};

/// The enumerator's name, for example `may_have_been_sent`.
[[nodiscard]] std::string_view to_string(DecisionReason reason) noexcept;

/// What it means for a person, in a few lower-case words without data.
[[nodiscard]] std::string_view describe(DecisionReason reason) noexcept;

}  // namespace otp
