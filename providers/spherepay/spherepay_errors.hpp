#pragma once

#include "common/error_table.hpp"

#include <otp/error.hpp>
#include <otp/http_message.hpp>
#include <otp/provider_adapter.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace otp::spherepay {

/// What SpherePay's codes mean: `code` of problem details, and `error` of the v1 API.
[[nodiscard]] std::span<common::ErrorRule const> error_rules() noexcept;

/// What SpherePay's statuses mean where there is no known code.
[[nodiscard]] std::span<common::StatusRule const> status_rules() noexcept;

/// An answer that is no success.
struct ErrorReport {
    Error error;
    /// Whether the body was in one of SpherePay's three formats.
    bool own_format{false};
};

/// Reads an answer with a status other than 2xx. Three formats are known, from the newest to the
/// oldest: problem details; `{"ts", "error": {field: [texts]}}`; `{"error": type, "message"}`.
[[nodiscard]] ErrorReport read_error(HttpResponse const& response, AttemptContext const& context);

}  // namespace otp::spherepay
