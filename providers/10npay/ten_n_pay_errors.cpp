#include "10npay/ten_n_pay_errors.hpp"

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/problem_details.hpp>
#include <otp/adapter/refusal.hpp>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace otp::ten_n_pay {
namespace {

using adapter::BodySource;
using adapter::ErrorRule;
using adapter::for_status;
using adapter::NeededBody;
using adapter::RefusalBody;
using Outcome = Verification::Outcome;

constexpr std::string_view documentation =
    "https://developers.10npay.com/docs/send-verification-code";

/// https://developers.10npay.com/docs/send-verification-code and
/// https://developers.10npay.com/docs/verify-the-phone-number, the older spellings included.
constexpr std::array rules{
    ErrorRule{"UserNotFound", ErrorCategory::recipient_not_found},
    ErrorRule{"PhoneAlreadyRegistered", ErrorCategory::recipient_conflict},
    ErrorRule{invalid_code, ErrorCategory::invalid_request},
};

constexpr std::array fields{
    ErrorRule{"PhoneNumber", ErrorCategory::invalid_recipient},
};

/// No document shows the body of a 401, so that any JSON may be 10nPay's own.
constexpr ErrorRule refused_token =
    for_status(401, ErrorCategory::unauthenticated, NeededBody::any_json);

constexpr std::array send_statuses{
    for_status(400, ErrorCategory::invalid_request),
    refused_token,
    for_status(404, ErrorCategory::recipient_not_found),
};

/// https://developers.10npay.com/docs/resend-phone-verification-code-2/: 400 is "throttling hit or
/// phone not eligible", and nothing tells the two apart. Either way this recipient gets no code
/// now, and no other instance may be asked instead.
constexpr std::array resend_statuses{
    for_status(400, ErrorCategory::recipient_throttled),
    refused_token,
    for_status(404, ErrorCategory::recipient_not_found),
};

/// 400 is documented as "incorrect or expired code": a known text about the code, an unknown one,
/// or none at all. A refused field or an unknown user is another matter.
std::optional<Outcome> outcome_of(
    ErrorRule const* rule, bool has_general_error, RefusalBody const& body
) {
    if (rule != nullptr && rule->code == invalid_code) return Outcome::wrong_code;
    bool const says_nothing_else =
        rule == nullptr && (has_general_error || body.violations.empty());
    return says_nothing_else ? std::optional(Outcome::rejected) : std::nullopt;
}

/// Problem details, any member of which may be null. Leaves `body` as it is if `json` is none.
ErrorRule const* read_problem(
    boost::json::object const& json, SentTexts const& sent, RefusalBody& body
) {
    // A `status` alone is in the reports of every framework.
    if (!json.contains("errors") && !json.contains("title") && !json.contains("traceId")) {
        return nullptr;
    }
    body.source = BodySource::vendor;
    auto problem = adapter::read_problem_details(json, sent);
    auto const* rule =
        adapter::find_rule(rules, problem.general_error.value_or(""), adapter::CodeMatch::loose);
    for (auto const& violation : problem.violations) {
        if (rule != nullptr || violation.pointer.empty()) continue;
        rule = adapter::find_rule(fields, std::string_view(violation.pointer).substr(1));
    }
    body.violations = std::move(problem.violations);
    std::string_view const first_violation =
        body.violations.empty() ? std::string_view() : body.violations.front().message;
    body.message = problem.general_error.value_or(problem.detail.value_or(
        first_violation.empty() ? problem.title.value_or("") : first_violation
    ));
    body.request_id = problem.trace_id.value_or("");
    body.outcome = outcome_of(rule, problem.general_error.has_value(), body);
    return rule;
}

/// The documented "transient failure (retry with backoff)" of 5xx does not prove that no code was
/// sent: such an answer stays `unknown`.
adapter::Refusal read_refusal(
    HttpResponse const& response, std::span<ErrorRule const> statuses, AttemptContext const& context
) {
    adapter::JsonMemory memory;
    auto const json = adapter::JsonObject::read(response.body, memory);
    RefusalBody body;
    body.source = adapter::source_of_foreign_body(response);
    if (body.source == BodySource::nobody) body.outcome = Outcome::rejected;
    if (json) {
        // 10nPay has texts and no codes; only a known one is short and free of personal data.
        if (auto const* const rule = read_problem(json->tree(), context.sent, body)) {
            body.code = rule->code;
            body.category = rule->category;
        }
    }
    if (response.status != 400) body.outcome.reset();
    auto refusal = adapter::judge_refusal(response, std::move(body), statuses, context);
    refusal.error.documentation_url = documentation;
    return refusal;
}

}  // namespace

std::span<ErrorRule const> error_rules() noexcept {
    return rules;
}
std::span<ErrorRule const> field_rules() noexcept {
    return fields;
}
std::span<ErrorRule const> send_status_rules() noexcept {
    return send_statuses;
}
std::span<ErrorRule const> resend_status_rules() noexcept {
    return resend_statuses;
}

Error read_send_error(HttpResponse const& response, SendKind kind, AttemptContext const& context) {
    std::span<ErrorRule const> const statuses =
        kind == SendKind::resend_code ? resend_status_rules() : send_status_rules();
    return read_refusal(response, statuses, context).error;
}

Result<Verification> read_verify_error(
    HttpResponse const& response, AttemptContext const& context
) {
    return read_refusal(response, send_status_rules(), context).verification();
}

Error read_status_error(HttpResponse const& response, AttemptContext const& context) {
    auto error = read_refusal(response, send_status_rules(), context).error;
    error.delivery = Delivery::unknown;
    error.message = "the user's status, which was to confirm the check: " + error.message;
    return error;
}

}  // namespace otp::ten_n_pay
