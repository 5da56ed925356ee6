#include "adapter/body_format.hpp"
#include "adapter/error_verdict.hpp"
#include "adapter/foreign_body.hpp"
#include "adapter/redirect.hpp"

#include <otp/adapter/json_object.hpp>
#include <otp/adapter/refusal.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace otp::adapter {
namespace {

/// Whether the body can tell what became of the request: nothing was done that a redirect is the
/// answer to.
bool body_counts(int http_status) {
    return http_status < 300 || (http_status >= 400 && http_status < 500);
}

/// The vendor's own words come last.
std::string message_of_redirect(
    HttpResponse const& response, std::string_view vendor_message, SentTexts const& sent
) {
    auto message = redirect_message(response, sent);
    if (auto const words = sent.scrub_text(vendor_message); !words.empty()) {
        message += "; the body says: " + words;
    }
    return message;
}

bool know_codes(std::span<ErrorRule const> rules) {
    return std::any_of(rules.begin(), rules.end(), [](ErrorRule const& rule) {
        return !rule.code.empty();
    });
}

/// What the vendor's own code says, where the adapter has not said it itself.
void complete(
    RefusalBody& body, int http_status, std::span<ErrorRule const> rules, SentTexts const& sent
) {
    auto const* const rule = find_rule(rules, body.code);
    if (rule == nullptr) {
        body.unknown_code |= !body.code.empty() && know_codes(rules);
        return;
    }
    if (!body.category) body.category = rule->category;
    if (!body.delivery) body.delivery = rule->delivery;
    // A success that names an error is no answer about the code.
    if (!body.outcome && !is_success_status(http_status)) body.outcome = rule->outcome;
    if (rule->field.empty()) return;
    auto message = sent.scrub_text(body.message);
    if (message.empty()) message = describe(rule->category);
    body.violations.push_back({std::string(rule->field), std::move(message)});
}

Verification with_status(Verification::Outcome outcome, int http_status) {
    Verification verification(outcome);
    verification.http_status = http_status;
    return verification;
}

/// An empty body says nothing about who answered.
std::string why_not_understood(HttpResponse const& response, std::string_view problem) {
    auto const format = format_of_no_json(response.body);
    if (format.empty() || format == "empty") {
        return "the vendor's answer cannot be understood: " + std::string(problem);
    }
    return message_of_no_json(format);
}

}  // namespace

Refusal judge_refusal(
    HttpResponse const& response,
    RefusalBody body,
    std::span<ErrorRule const> rules,
    AttemptContext const& context
) {
    complete(body, response.status, rules, context.sent);
    auto verdict = judge(nullptr, rules, response.status, body.source);
    bool const refused_as_foreign =
        !body.category && verdict.category == ErrorCategory::bad_response &&
        (body.source == BodySource::other_json || body.source == BodySource::other_text);
    if (body_counts(response.status)) {
        if (body.unknown_code) verdict.category = category_of_unknown_code(verdict.category);
        verdict.category = body.category.value_or(verdict.category);
        verdict.delivery = body.delivery.value_or(verdict.delivery);
    }

    Refusal refusal(
        response_error(response, verdict, body.code, body.message, context.now, context.sent)
    );
    refusal.error.request_id = context.sent.scrub_identifier(body.request_id);
    if (is_redirect(response.status)) {
        refusal.error.message = message_of_redirect(response, body.message, context.sent);
    } else if (refused_as_foreign) {
        refusal.error.message = foreign_body_message(body.source, response);
    }
    if (body_counts(response.status)) {
        refusal.error.violations = std::move(body.violations);
        refusal.outcome = body.outcome;
    }
    return refusal;
}

Refusal read_refusal(
    HttpResponse const& response,
    RefusalMembers const& members,
    std::span<ErrorRule const> rules,
    AttemptContext const& context
) {
    JsonMemory memory;
    auto const json = JsonObject::read(response.body, memory);
    RefusalBody body;
    body.source = source_of_foreign_body(response);
    if (!json) return judge_refusal(response, std::move(body), rules, context);
    // Numbers are codes, too.
    auto const code = text_member(*json, members.code);
    if (code && !code->empty()) {
        body.source = BodySource::vendor;
        body.code = *code;
        body.message = string_member(*json, members.message).value_or("");
        body.request_id = string_member(*json, members.request_id).value_or("");
    }
    return judge_refusal(response, std::move(body), rules, context);
}

Result<Verification> Refusal::verification() && {
    if (!outcome) return std::move(error);
    Verification verification = with_status(*outcome, error.http_status);
    verification.vendor_code = std::move(error.vendor_code);
    verification.request_id = std::move(error.request_id);
    return verification;
}

Error not_understood(HttpResponse const& response, std::string_view problem) {
    Error error(
        ErrorCategory::bad_response,
        why_not_understood(response, problem),
        delivery_of_refusal(response.status)
    );
    error.http_status = response.status;
    return error;
}

Error not_understood(
    HttpResponse const& response, AnswerProblem const& problem, SentTexts const& sent
) {
    auto error = not_understood(response, problem.text);
    if (!problem.pointer.empty()) error.message += " (" + sent.scrub_text(problem.pointer) + ')';
    return error;
}

Verification verification_of(Verification::Outcome outcome, HttpResponse const& response) {
    return with_status(outcome, response.status);
}

}  // namespace otp::adapter
