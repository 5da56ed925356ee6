#include "spherepay/spherepay_errors.hpp"

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/problem_details.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace otp::spherepay {
namespace {

using adapter::BodySource;
using adapter::ErrorRule;
using adapter::for_status;
using adapter::NeededBody;
using adapter::RefusalBody;

constexpr std::string_view documentation =
    "https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code";

/// `address/…`, `resource/…`, `validation/…`:
/// https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code;
/// `unauthorized`: https://docs.staging.spherepay.co/get-started/introduction/authentication;
/// `customer/…`: https://docs.spherepay.co/overview/errors.
///
/// https://docs.spherepay.co/get-started/authentication: a missing or invalid key is answered with
/// 403 and no code, so that 403 cannot be told apart from a missing permission.
/// The documents show a body with each of these statuses, so that JSON in another format is an API
/// gateway's (`{"message":"Forbidden"}`) and no word of SpherePay's about the key.
constexpr std::array table{
    // A generic example of the documentation, without a meaning for one-time passwords.
    ErrorRule{"address/invalid", ErrorCategory::invalid_request},
    ErrorRule{"resource/not-found", ErrorCategory::recipient_not_found},
    ErrorRule{"validation/failed", ErrorCategory::invalid_request},
    ErrorRule{"unauthorized", ErrorCategory::unauthenticated},
    ErrorRule{"customer/not-found", ErrorCategory::recipient_not_found},
    ErrorRule{"customer/duplicate", ErrorCategory::recipient_conflict},
    ErrorRule{"customer/kyc-not-approved", ErrorCategory::permission_denied},
    ErrorRule{"customer/tos-not-approved", ErrorCategory::permission_denied},
    for_status(400, ErrorCategory::invalid_request, NeededBody::vendors),
    for_status(401, ErrorCategory::unauthenticated),
    for_status(403, ErrorCategory::unauthenticated),
    for_status(404, ErrorCategory::recipient_not_found, NeededBody::vendors),
    for_status(422, ErrorCategory::invalid_request, NeededBody::vendors),
    for_status(429, ErrorCategory::rate_limited),
};
constexpr auto first_status = std::find_if(table.begin(), table.end(), [](ErrorRule const& rule) {
    return rule.code.empty();
});

/// `{"error": {"general": "… Not Found"}}` or `{"error": {"<field>": ["Required"]}}`
void read_field_errors(
    boost::json::object const& errors, SentTexts const& sent, RefusalBody& body
) {
    body.source = BodySource::vendor;
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

/// Leaves `body` as it is if the format is none of SpherePay's.
void read_formats(boost::json::object const& json, SentTexts const& sent, RefusalBody& body) {
    if (auto const detail = string_member(json, "detail")) {
        auto problem = adapter::read_problem_details(json, sent);
        body.source = BodySource::vendor;
        body.code = problem.code.value_or("");
        body.message = *detail;
        body.request_id = problem.trace_id.value_or("");
        body.violations = std::move(problem.violations);
    } else if (auto const* const errors = object_member(json, "error")) {
        read_field_errors(*errors, sent, body);
    } else if (auto const type = string_member(json, "error")) {
        body.source = BodySource::vendor;
        body.code = *type;
        body.message = string_member(json, "message").value_or("");
    }
}

/// What a wrong or expired code is answered with is not documented. The request itself has been
/// checked before it was sent, so that a refused request is about the code, unless a member is
/// named that is another one.
bool is_about_the_code(Error const& error) {
    auto const is_another_member = [](FieldViolation const& violation) {
        return !violation.pointer.empty() && violation.pointer != "/code";
    };
    auto const& violations = error.violations;
    return error.category == ErrorCategory::invalid_request &&
           std::none_of(violations.begin(), violations.end(), is_another_member);
}

}  // namespace

std::span<ErrorRule const> error_rules() noexcept {
    return {table.begin(), first_status};
}

std::span<ErrorRule const> status_rules() noexcept {
    return {first_status, table.end()};
}

adapter::Refusal read_refusal(HttpResponse const& response, AttemptContext const& context) {
    adapter::JsonMemory memory;
    auto const json = adapter::JsonObject::read(response.body, memory);
    RefusalBody body;
    body.source = adapter::source_of_foreign_body(response);
    if (json) read_formats(json->tree(), context.sent, body);
    // The `status` member may disagree with the HTTP status, which alone is trusted.
    bool const own_format = body.source == BodySource::vendor;
    auto refusal = adapter::judge_refusal(response, std::move(body), table, context);
    // The documents show such a body with these two only.
    bool const is_of_the_request = response.status == 400 || response.status == 422;
    if (own_format && is_of_the_request && is_about_the_code(refusal.error)) {
        refusal.outcome = Verification::Outcome::rejected;
    }
    refusal.error.documentation_url = documentation;
    return refusal;
}

}  // namespace otp::spherepay
