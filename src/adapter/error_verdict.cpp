#include "adapter/error_verdict.hpp"

#include <otp/adapter/retry_after.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace otp::adapter {
namespace {

/// About the connection, the whole account or the server, and not about this request: whichever
/// server on the way says so is right.
bool means_the_same_from_anybody(int http_status) noexcept {
    return http_status == 408 || http_status == 421 || http_status == 429 || http_status >= 500;
}

bool is_taken(BodySource source, NeededBody needed) noexcept {
    switch (source) {
        case BodySource::vendor:
            return true;
        case BodySource::nobody:
            return needed != NeededBody::vendors;
        case BodySource::other_json:
            return needed == NeededBody::any_json;
        case BodySource::other_text:
            return false;
    }
    return false;
}

}  // namespace

ErrorVerdict judge(
    ErrorRule const* rule, std::span<ErrorRule const> statuses, int http_status, BodySource source
) noexcept {
    Delivery const delivery = delivery_of_refusal(http_status);
    if (rule != nullptr && http_status < 500) return {rule->category, delivery};
    auto const row = std::find_if(statuses.begin(), statuses.end(), [&](ErrorRule const& status) {
        return status.code.empty() && status.http_status == http_status;
    });
    bool const has_row = row != statuses.end();
    auto const needed = has_row ? row->body : NeededBody::vendors_or_nobody;
    if (!means_the_same_from_anybody(http_status) && !is_taken(source, needed)) {
        return {ErrorCategory::bad_response, delivery};
    }
    if (has_row) return {row->category, delivery};
    return {category_of_status(http_status), delivery};
}

ErrorCategory category_of_unknown_code(ErrorCategory by_status) noexcept {
    switch (by_status) {
        case ErrorCategory::invalid_request:
        case ErrorCategory::invalid_recipient:
        case ErrorCategory::recipient_not_found:
        case ErrorCategory::recipient_conflict:
            return ErrorCategory::bad_response;
        default:
            return by_status;
    }
}

Error response_error(
    HttpResponse const& response,
    ErrorVerdict verdict,
    std::string_view vendor_code,
    std::string_view vendor_message,
    std::optional<UtcTime> now,
    SentTexts const& sent
) {
    std::string message = sent.scrub_text(vendor_message);
    if (message.empty()) message = describe(verdict.category);
    if (!response.body_problem.empty()) {
        message += "; the rest of the answer could not be read: " + response.body_problem;
    }
    Error error(verdict.category, std::move(message), verdict.delivery);
    error.vendor_code = sent.scrub_code(vendor_code);
    error.http_status = response.status;
    error.retry_after = retry_after_of(response, now);
    return error;
}

std::optional<std::chrono::milliseconds> retry_after_of(
    HttpResponse const& response, std::optional<UtcTime> now
) {
    auto const value = response.headers.joined("retry-after");
    if (!value) return std::nullopt;
    if (now) return parse_retry_after(*value, *now);
    // Without a clock a date says nothing. What is the same at any time is no date.
    using std::chrono::sys_days;
    using std::chrono::year;
    auto const long_ago = parse_retry_after(*value, sys_days(year(1) / 1 / 1));
    auto const far_ahead = parse_retry_after(*value, sys_days(year(10000) / 1 / 1));
    return long_ago == far_ahead ? long_ago : std::nullopt;
}

}  // namespace otp::adapter
