#pragma once

#include "common/error_table.hpp"

#include <otp/delivery.hpp>
#include <otp/error_category.hpp>
#include <otp/verify_otp.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace otp::eko {

/// What a number in `status` or `response_status_id` means
/// (https://eps.eko.in/docs/error-codes, https://developers.eko.in/v3/docs/error-codes).
struct EkoStatusRule {
    std::int64_t status{0};
    ErrorCategory category{ErrorCategory::internal};
    /// What it means as the answer to a verify; nothing: an error there, too.
    std::optional<Verification::Outcome> outcome{};
    /// Only where the number leaves open whether a code was sent.
    std::optional<Delivery> delivery{};
};

/// What a text in `message` means, where the number says no more than "failed".
struct EkoMessageRule {
    /// Part of the message; upper and lower case are the same.
    std::string_view part;
    ErrorCategory category;
    std::optional<Verification::Outcome> outcome{};
};

/// Every documented number but 0, 1, -1 and those of money transfers in progress.
[[nodiscard]] std::span<EkoStatusRule const> status_rules() noexcept;
[[nodiscard]] std::span<EkoMessageRule const> message_rules() noexcept;
/// HTTP statuses, for answers without a number or text that is known.
[[nodiscard]] std::span<common::StatusRule const> http_rules() noexcept;

/// The row for `status`; null if there is none.
[[nodiscard]] EkoStatusRule const* find_status_rule(std::int64_t status) noexcept;
/// The first row whose text is in `message`; null if there is none.
[[nodiscard]] EkoMessageRule const* find_message_rule(std::string_view message) noexcept;

}  // namespace otp::eko
