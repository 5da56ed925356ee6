#pragma once

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/error_category.hpp>
#include <otp/verify_otp.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace otp::stytch {

/// What each `error_type` means (https://stytch.com/docs/api/errors/400 and its siblings for 401,
/// 403, 404, 429, 500). The set is open: Stytch has several hundred, most of them for other
/// products.
[[nodiscard]] std::span<adapter::ErrorRule const> error_rules() noexcept;

/// Reads the refusal in `response`: by `error_type` (or `error` of the OAuth 2.0 form of the body),
/// then by HTTP status. A body that cannot be read leaves the status.
[[nodiscard]] adapter::Refusal read_refusal(
    HttpResponse const& response, AttemptContext const& context
);

}  // namespace otp::stytch
