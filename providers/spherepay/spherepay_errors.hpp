#pragma once

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/refusal.hpp>

#include <span>
#include <string_view>

namespace otp::spherepay {

/// What SpherePay's codes mean: `code` of problem details, and `error` of the v1 API.
[[nodiscard]] std::span<adapter::ErrorRule const> error_rules() noexcept;

/// What SpherePay's statuses mean where there is no known code.
[[nodiscard]] std::span<adapter::ErrorRule const> status_rules() noexcept;

/// Reads an answer with a status other than 2xx. Three formats are known, from the newest to the
/// oldest: problem details; `{"ts", "error": {field: [texts]}}`; `{"error": type, "message"}`. The
/// outcome is `rejected` for a refused request that names no other member than the code.
[[nodiscard]] adapter::Refusal read_refusal(
    HttpResponse const& response, AttemptContext const& context
);

}  // namespace otp::spherepay
