#include "10npay/ten_n_pay_errors.hpp"

#include "common/problem_details.hpp"
#include "common/stack_json.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::ten_n_pay {
namespace {

using common::ErrorRule;
using common::StatusRule;

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

constexpr std::array send_statuses{
    StatusRule{400, ErrorCategory::invalid_request, {}, true},
    StatusRule{401, ErrorCategory::unauthenticated},
    StatusRule{404, ErrorCategory::recipient_not_found, {}, true},
};

/// https://developers.10npay.com/docs/resend-phone-verification-code-2/: 400 is "throttling hit or
/// phone not eligible", and nothing tells the two apart. Either way this recipient gets no code
/// now, and no other instance may be asked instead.
constexpr std::array resend_statuses{
    StatusRule{400, ErrorCategory::recipient_throttled, {}, true},
    StatusRule{401, ErrorCategory::unauthenticated},
    StatusRule{404, ErrorCategory::recipient_not_found, {}, true},
};

/// The parts of an error body, kept beyond the JSON that they come from.
struct Body {
    std::string message;
    std::string trace_id;
    ErrorRule const* rule{nullptr};
    /// `errors.Error` is there, whatever it says.
    bool has_general_error{false};
    std::vector<FieldViolation> violations;
    /// Problem details, or the documented empty body.
    bool own_format{false};
};

Body read_body(HttpResponse const& response, SentTexts const& sent) {
    Body body;
    if (response.body.empty()) {
        body.own_format = true;
        return body;
    }
    common::StackJson memory;
    auto const json = common::parse_json_object(response.body, memory);
    if (!json) return body;
    auto problem = common::read_problem_details(*json, sent);
    body.own_format = json->contains("errors") || json->contains("title") ||
                      json->contains("status") || json->contains("traceId");
    body.has_general_error = problem.general_error.has_value();
    body.rule = common::find_rule_loosely(rules, problem.general_error.value_or(""));
    for (auto const& violation : problem.violations) {
        if (body.rule != nullptr || violation.pointer.empty()) continue;
        body.rule = common::find_rule(fields, std::string_view(violation.pointer).substr(1));
    }
    std::string_view const first_violation =
        problem.violations.empty() ? std::string_view() : problem.violations.front().message;
    body.message = problem.general_error.value_or(problem.detail.value_or(
        first_violation.empty() ? problem.title.value_or("") : first_violation
    ));
    body.trace_id = problem.trace_id.value_or("");
    body.violations = std::move(problem.violations);
    return body;
}

Error make_error(
    HttpResponse const& response,
    Body body,
    std::span<StatusRule const> statuses,
    AttemptContext const& context
) {
    // The documented "transient failure (retry with backoff)" of 5xx does not prove that no code
    // was sent: such an answer stays `unknown`, and only its status counts.
    ErrorRule const* const rule = response.status < 500 ? body.rule : nullptr;
    auto const verdict = common::judge(rule, statuses, response.status, body.own_format);
    // 10nPay has texts and no codes; only a known one is short and free of personal data.
    std::string_view const code = rule == nullptr ? std::string_view() : rule->code;
    Error error =
        common::response_error(response, verdict, code, body.message, context.now, context.sent);
    error.request_id = context.sent.scrub_identifier(body.trace_id);
    error.violations = std::move(body.violations);
    error.documentation_url = documentation;
    return error;
}

}  // namespace

std::span<ErrorRule const> error_rules() noexcept {
    return rules;
}
std::span<ErrorRule const> field_rules() noexcept {
    return fields;
}
std::span<StatusRule const> send_status_rules() noexcept {
    return send_statuses;
}
std::span<StatusRule const> resend_status_rules() noexcept {
    return resend_statuses;
}

Error read_send_error(HttpResponse const& response, SendKind kind, AttemptContext const& context) {
    std::span<StatusRule const> const statuses =
        kind == SendKind::resend_code ? resend_status_rules() : send_status_rules();
    return make_error(response, read_body(response, context.sent), statuses, context);
}

Result<Verification> read_verify_error(
    HttpResponse const& response, AttemptContext const& context
) {
    Body body = read_body(response, context.sent);
    // 400 is documented as "incorrect or expired code": a known text about the code, an unknown
    // one, or none at all. A refused field or an unknown user is another matter.
    bool const is_about_code = body.rule != nullptr && body.rule->code == invalid_code;
    bool const says_nothing_else =
        body.rule == nullptr && (body.has_general_error || body.violations.empty());
    if (response.status == 400 && body.own_format && (is_about_code || says_nothing_else)) {
        Verification verification(
            is_about_code ? Verification::Outcome::wrong_code : Verification::Outcome::rejected
        );
        verification.http_status = response.status;
        verification.vendor_code = is_about_code ? std::string(invalid_code) : std::string();
        verification.request_id = context.sent.scrub_identifier(body.trace_id);
        return verification;
    }
    return make_error(response, std::move(body), send_status_rules(), context);
}

}  // namespace otp::ten_n_pay
