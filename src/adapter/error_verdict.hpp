#pragma once

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/delivery.hpp>
#include <otp/error.hpp>
#include <otp/error_category.hpp>

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace otp::adapter {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// What an answer means: the outcome of the tables.
struct ErrorVerdict {
    ErrorCategory category;
    Delivery delivery;
};

/// By code, then by the rows about statuses, then by `category_of_status`; the delivery is
/// `delivery_of_refusal(http_status)`.
///
/// From status 500 up `rule` counts for nothing, because a failing server says nothing about the
/// request. 408, 421, 429 and 5xx mean the same whoever answers, so that they take any body.
[[nodiscard]] ErrorVerdict judge(
    ErrorRule const* rule,
    std::span<ErrorRule const> statuses,
    int http_status,
    BodySource source = BodySource::vendor
) noexcept;

/// The category for a code that the vendor's table does not know: what the status says, except that
/// a caller is not blamed for what nobody has understood (`bad_response` instead).
[[nodiscard]] ErrorCategory category_of_unknown_code(ErrorCategory by_status) noexcept;

/// An error for `response`, with HTTP status and `Retry-After`.
///
/// `vendor_code` and `vendor_message` are the vendor's texts as they came: they are cut and
/// scrubbed here. Without `now` only a `Retry-After` in seconds is understood. `sent` is what the
/// request brought along.
[[nodiscard]] Error response_error(
    HttpResponse const& response,
    ErrorVerdict verdict,
    std::string_view vendor_code,
    std::string_view vendor_message,
    std::optional<UtcTime> now,
    SentTexts const& sent = {}
);

/// The vendor's `Retry-After`, several lines being one list; nothing if there is none or it is
/// malformed.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_after_of(
    HttpResponse const& response, std::optional<UtcTime> now
);

}  // namespace otp::adapter
