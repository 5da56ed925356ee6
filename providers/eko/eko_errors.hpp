#pragma once

#include <otp/adapter/error_rule.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace otp::eko {

/// What a number in `status` or `response_status_id` means
/// (https://eps.eko.in/docs/error-codes, https://developers.eko.in/v3/docs/error-codes): every
/// documented number but 0, 1, -1 and those of money transfers in progress.
[[nodiscard]] std::span<adapter::ErrorRule const> status_rules() noexcept;
/// What a part of the text in `message` means, where the number says no more than "failed".
[[nodiscard]] std::span<adapter::ErrorRule const> message_rules() noexcept;
/// HTTP statuses, for answers without a number or text that is known.
[[nodiscard]] std::span<adapter::ErrorRule const> http_rules() noexcept;

/// The row for `status`; null if there is none.
[[nodiscard]] adapter::ErrorRule const* find_status_rule(std::int64_t status) noexcept;
/// The first row whose text is in `message`; null if there is none.
[[nodiscard]] adapter::ErrorRule const* find_message_rule(std::string_view message) noexcept;

}  // namespace otp::eko
