#pragma once

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/error.hpp>
#include <otp/verify_otp.hpp>

#include <span>
#include <string_view>

namespace otp::loyaltydog {

/// What statuses mean for a send and for a check.
[[nodiscard]] std::span<adapter::ErrorRule const> send_status_rules() noexcept;
[[nodiscard]] std::span<adapter::ErrorRule const> verify_status_rules() noexcept;
/// LoyaltyDog documents prose and no codes: what a part of the message means, about a refused send
/// and (its `outcome`) about a refused check.
[[nodiscard]] std::span<adapter::ErrorRule const> message_rules() noexcept;
[[nodiscard]] std::span<adapter::ErrorRule const> outcome_rules() noexcept;

/// Reads an answer with a status other than 2xx in any of the documented envelopes:
/// `{"detail": text}`, `{"detail": [validation errors]}`, `{"detail": object}`,
/// `{"error": {"code", "message", "details"}}`.
[[nodiscard]] Error read_send_error(HttpResponse const& response, AttemptContext const& context);

/// What the answer to a check says: an outcome, or an error that is not about the code.
[[nodiscard]] Result<Verification> read_verify_error(
    HttpResponse const& response, AttemptContext const& context
);

/// A 200 with `success: false` as the answer to a send; `message` is its `error` or `message`.
[[nodiscard]] Error refused_send(
    HttpResponse const& response, std::string_view message, AttemptContext const& context
);

/// The outcome that `message` states; `rejected` if it states none, or more than one at once.
[[nodiscard]] Verification::Outcome outcome_of_message(std::string_view message) noexcept;

/// Whether `message` is one of a refused send or check.
[[nodiscard]] bool tells_failure(std::string_view message) noexcept;

}  // namespace otp::loyaltydog
