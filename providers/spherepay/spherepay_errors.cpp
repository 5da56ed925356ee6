#include "spherepay/spherepay_errors.hpp"

#include "common/problem_details.hpp"
#include "common/stack_json.hpp"

#include <otp/json_body.hpp>

#include <boost/json/array.hpp>

#include <array>
#include <utility>
#include <vector>

namespace otp::spherepay {
namespace {

using common::ErrorRule;
using common::StatusRule;

constexpr std::string_view documentation =
    "https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code";

/// `address/…`, `resource/…`, `validation/…`:
/// https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code;
/// `unauthorized`: https://docs.staging.spherepay.co/get-started/introduction/authentication;
/// `customer/…`: https://docs.spherepay.co/overview/errors.
constexpr std::array rules{
    // A generic example of the documentation, without a meaning for one-time passwords.
    ErrorRule{"address/invalid", ErrorCategory::invalid_request},
    ErrorRule{"resource/not-found", ErrorCategory::recipient_not_found},
    ErrorRule{"validation/failed", ErrorCategory::invalid_request},
    ErrorRule{"unauthorized", ErrorCategory::unauthenticated},
    ErrorRule{"customer/not-found", ErrorCategory::recipient_not_found},
    ErrorRule{"customer/duplicate", ErrorCategory::recipient_conflict},
    ErrorRule{"customer/kyc-not-approved", ErrorCategory::permission_denied},
    ErrorRule{"customer/tos-not-approved", ErrorCategory::permission_denied},
};

/// https://docs.spherepay.co/get-started/authentication: a missing or invalid key is answered with
/// 403 and no code, so that 403 cannot be told apart from a missing permission.
constexpr std::array statuses{
    StatusRule{400, ErrorCategory::invalid_request, {}, true},
    StatusRule{401, ErrorCategory::unauthenticated},
    StatusRule{403, ErrorCategory::unauthenticated},
    StatusRule{404, ErrorCategory::recipient_not_found, {}, true},
    StatusRule{422, ErrorCategory::invalid_request, {}, true},
    StatusRule{429, ErrorCategory::rate_limited},
};

/// The parts of an error body, whichever of the formats it has.
struct Body {
    std::string_view code;
    std::string_view message;
    std::string_view correlation_id;
    std::vector<FieldViolation> violations;
    bool own_format{false};
};

/// `{"error": {"general": "… Not Found"}}` or `{"error": {"<field>": ["Required"]}}`
void read_field_errors(boost::json::object const& errors, SentTexts const& sent, Body& body) {
    body.own_format = true;
    for (auto const& [field, messages] : errors) {
        std::string_view const name(field.data(), field.size());
        auto const add = [&](boost::json::value const& message) {
            auto const* const text = message.if_string();
            if (text == nullptr) return;
            std::string_view const view(text->data(), text->size());
            if (body.message.empty()) body.message = view;
            std::string pointer;
            if (name != "general") pointer = append_json_pointer("", sent.scrub_text(name));
            body.violations.push_back({std::move(pointer), sent.scrub_text(view)});
        };
        if (auto const* const list = messages.if_array()) {
            for (auto const& message : *list) add(message);
        } else {
            add(messages);
        }
    }
}

Body read_body(boost::json::object const& json, SentTexts const& sent) {
    Body body;
    if (auto const detail = string_member(json, "detail")) {
        auto problem = common::read_problem_details(json, sent);
        body.own_format = true;
        body.code = problem.code.value_or("");
        body.message = *detail;
        body.correlation_id = problem.trace_id.value_or("");
        body.violations = std::move(problem.violations);
    } else if (auto const* const errors = object_member(json, "error")) {
        read_field_errors(*errors, sent, body);
    } else if (auto const type = string_member(json, "error")) {
        body.own_format = true;
        body.code = *type;
        body.message = string_member(json, "message").value_or("");
    }
    return body;
}

}  // namespace

std::span<ErrorRule const> error_rules() noexcept {
    return rules;
}

std::span<StatusRule const> status_rules() noexcept {
    return statuses;
}

ErrorReport read_error(HttpResponse const& response, AttemptContext const& context) {
    common::StackJson memory;
    auto const json = common::parse_json_object(response.body, memory);
    Body body = json ? read_body(*json, context.sent) : Body{};
    // The `status` member may disagree with the HTTP status, which alone is trusted. The status
    // of a server's failure is worth more than the code in its body.
    common::ErrorRule const* const rule =
        response.status < 500 ? common::find_rule(rules, body.code) : nullptr;
    auto verdict = common::judge(rule, statuses, response.status, body.own_format);
    if (rule == nullptr && !body.code.empty())
        verdict.category = common::category_of_unknown_code(verdict.category);
    ErrorReport report{
        common::response_error(
            response, verdict, body.code, body.message, context.now, context.sent
        ),
        body.own_format};
    report.error.request_id = context.sent.scrub_identifier(body.correlation_id);
    report.error.violations = std::move(body.violations);
    report.error.documentation_url = documentation;
    return report;
}

}  // namespace otp::spherepay
