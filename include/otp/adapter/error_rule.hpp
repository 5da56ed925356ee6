#pragma once

#include <otp/delivery.hpp>
#include <otp/error_category.hpp>
#include <otp/export.hpp>
#include <otp/verify_otp.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// Whose the body of a refusal is.
enum class BodySource {
    vendor,      ///< It is in a format that the vendor documents.
    nobody,      ///< There is none: the status stands alone.
    other_json,  ///< JSON in another format, such as an API gateway's.
    other_text,  ///< No JSON, or it could not be read: a proxy's page, a firewall's text.
};

/// Which bodies a row about an HTTP status takes. HTML and other text are never taken.
enum class NeededBody {
    vendors,            ///< Only the vendor's own format: the documents show it with this status.
    vendors_or_nobody,  ///< Also none at all: the status is documented, and may stand alone.
    any_json,           ///< Any JSON, too: the vendor documents no body for this status.
};

/// One row of an adapter's error table: what the vendor answers, and what it means. A row is about
/// a code of the vendor's, or about an HTTP status (`for_status`), which counts for answers without
/// a known code and has no `field`, `outcome` or `delivery`: a status says less.
struct ErrorRule {
    /// The vendor's code as text, whatever type it has on the wire, or its message or a part of
    /// it (`CodeMatch`); empty in a row about a status.
    std::string_view code{};
    ErrorCategory category{ErrorCategory::internal};
    /// JSON pointer of the part of the request that is refused (`/to/phone`); empty if it is none.
    std::string_view field{};
    /// What it means as the answer to a verify; nothing: an error there, too.
    std::optional<Verification::Outcome> outcome{};
    /// Only where the code proves something else than the HTTP status does.
    std::optional<Delivery> delivery{};
    /// 0 in a row about a code.
    int http_status{0};
    /// With another body the answer is `bad_response`: a proxy's page with the same status, or a
    /// wrong `base_url`, is not blamed on the recipient or the credentials.
    NeededBody body{NeededBody::vendors_or_nobody};
};

/// A row about an HTTP status.
[[nodiscard]] constexpr ErrorRule for_status(
    int http_status, ErrorCategory category, NeededBody body = NeededBody::vendors_or_nobody
) noexcept {
    ErrorRule rule;
    rule.category = category;
    rule.http_status = http_status;
    rule.body = body;
    return rule;
}

/// How the code of a row is compared with what the vendor answered.
enum class CodeMatch {
    exact,
    loose,  ///< Without regard to case, spaces and a final full stop: for messages.
    part,   ///< Found anywhere, without regard to case: for a class of messages.
};

/// The first row whose code matches `answered`; null if there is none, or if `answered` is empty.
[[nodiscard]] ErrorRule const* find_rule(
    std::span<ErrorRule const> rules, std::string_view answered, CodeMatch match = CodeMatch::exact
) noexcept;

/// What a status means where the vendor documents nothing else: 400 and 422 `invalid_request`, 401
/// `unauthenticated`, 403 `permission_denied`, 408 and 421 `unavailable`, 409 `invalid_request`,
/// 429 `rate_limited`, 503 `unavailable`, other 5xx `provider_error`; everything else (3xx, 404,
/// an unexpected 2xx) is `bad_response`.
[[nodiscard]] ErrorCategory category_of_status(int http_status) noexcept;

}  // namespace adapter
}  // namespace otp
