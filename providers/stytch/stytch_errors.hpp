#pragma once

#include "common/refusal.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/error_category.hpp>
#include <otp/verify_otp.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace otp::stytch {

/// What an `error_type` means (https://stytch.com/docs/api/errors/400 and its siblings for 401,
/// 403, 404, 429, 500). The set is open: Stytch has several hundred, most of them for other
/// products.
struct StytchErrorRule {
    std::string_view error_type;
    ErrorCategory category;
    /// JSON pointer of the part of our request that is refused; empty if it is none.
    std::string_view field{};
    /// What it means as the answer to a verify; nothing: an error there, too.
    std::optional<Verification::Outcome> outcome{};
};

[[nodiscard]] std::span<StytchErrorRule const> error_rules() noexcept;

/// The row for `error_type`; null if there is none.
[[nodiscard]] StytchErrorRule const* find_error_rule(std::string_view error_type) noexcept;

/// Reads the refusal in `response`: by `error_type` (or `error` of the OAuth 2.0 form of the body),
/// then by HTTP status. A body that cannot be read leaves the status.
[[nodiscard]] common::Refusal read_refusal(
    HttpResponse const& response, AttemptContext const& context
);

}  // namespace otp::stytch
