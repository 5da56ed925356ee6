#pragma once

#include <otp/adapter/answer_problem.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/delivery.hpp>
#include <otp/error.hpp>
#include <otp/error_category.hpp>

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace otp::common {

using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// One row of an adapter's error table: what a vendor's code means.
struct ErrorRule {
    /// The vendor's code as text, whatever type it has on the wire.
    std::string_view code;
    ErrorCategory category;
};

/// Whose the body of a refusal is.
enum class BodySource {
    vendor,      ///< It is in a format that the vendor documents.
    nobody,      ///< There is none: the status stands alone.
    other_json,  ///< JSON in another format, such as an API gateway's.
    other_text,  ///< No JSON, or it could not be read: a proxy's page, a firewall's text.
};

/// Which bodies a row of a status table takes. HTML and other text are never taken.
enum class NeededBody {
    vendors,            ///< Only the vendor's own format: the documents show it with this status.
    vendors_or_nobody,  ///< Also none at all: the status is documented, and may stand alone.
    any_json,           ///< Any JSON, too: the vendor documents no body for this status.
};

/// One row of an adapter's table of HTTP statuses, for answers without a known code. With a body
/// that it does not take the answer is `bad_response`: a proxy's page with the same status, or a
/// wrong `base_url`, is not blamed on the recipient or the credentials.
struct StatusRule {
    int status{0};
    ErrorCategory category{ErrorCategory::internal};
    NeededBody body{NeededBody::vendors_or_nobody};
};

/// What an answer means: the outcome of the tables.
struct ErrorVerdict {
    ErrorCategory category;
    Delivery delivery;
};

/// The row for `code`; null if there is none, or if `code` is empty.
[[nodiscard]] ErrorRule const* find_rule(
    std::span<ErrorRule const> rules, std::string_view code
) noexcept;

/// The row whose code equals `text` without regard to case, spaces and a final full stop.
[[nodiscard]] ErrorRule const* find_rule_loosely(
    std::span<ErrorRule const> rules, std::string_view text
) noexcept;

/// What a status means where the vendor documents nothing else: 400 and 422 `invalid_request`, 401
/// `unauthenticated`, 403 `permission_denied`, 408 and 421 `unavailable`, 409 `invalid_request`,
/// 429 `rate_limited`, 503 `unavailable`, other 5xx `provider_error`; everything else (3xx, 404,
/// an unexpected 2xx) is `bad_response`.
[[nodiscard]] ErrorCategory category_of_status(int http_status) noexcept;

/// By code, then by the vendor's status table, then by `category_of_status`; the delivery is
/// `delivery_of_refusal(http_status)`.
///
/// From status 500 up `rule` counts for nothing, because a failing server says nothing about the
/// request. 408, 421, 429 and 5xx mean the same whoever answers, so that they take any body.
[[nodiscard]] ErrorVerdict judge(
    ErrorRule const* rule,
    std::span<StatusRule const> statuses,
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

/// `bad_response`: a 2xx (or other status) that breaks what the vendor documents; `problem` is our
/// own text: `expiresAt is missing`. A body that is plainly no JSON is named instead, as that is
/// the reason (`format_of_no_json`). Delivery by the status: `unknown` for a 2xx.
[[nodiscard]] Error not_understood(HttpResponse const& response, std::string_view problem);

/// As above, and where in the answer it is.
[[nodiscard]] Error not_understood(
    HttpResponse const& response, AnswerProblem const& problem, SentTexts const& sent
);

/// The vendor's `Retry-After`, several lines being one list; nothing if there is none or it is
/// malformed.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_after_of(
    HttpResponse const& response, std::optional<UtcTime> now
);

[[nodiscard]] constexpr bool is_success_status(int http_status) noexcept {
    return http_status >= 200 && http_status < 300;
}

}  // namespace otp::common
