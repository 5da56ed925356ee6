#include "common/refusal.hpp"

#include "common/body_format.hpp"
#include "common/redirect.hpp"
#include "common/text_check.hpp"

#include <otp/adapter/json_body.hpp>

#include <string>
#include <utility>

namespace otp::common {
namespace {

bool is_html(HttpResponse const& response) {
    auto const type = response.headers.find("content-type");
    return (type && contains_word(*type, "html")) || contains_word(response.body, "<html") ||
           contains_word(response.body, "<!doctype html");
}

/// What a body that is no JSON is; an empty one is only taken for a page.
std::string_view name_of_text(HttpResponse const& response) {
    if (is_html(response)) return "HTML";
    auto const format = format_of_no_json(response.body);
    return format.empty() ? "text" : format;
}

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

bool is_blank(std::string_view body) {
    return body.find_first_not_of(" \t\r\n") == body.npos;
}

}  // namespace

std::string foreign_body_message(BodySource source, HttpResponse const& response) {
    if (!response.body_problem.empty()) {
        return "the body could not be read (" + response.body_problem +
               "), so nobody knows whose it is: " + std::string(who_answers);
    }
    std::string message = "the answer is ";
    if (source == BodySource::other_json) {
        message += "JSON, but in no format of the vendor's: ";
    } else {
        message += name_of_text(response);
        message += " and not the vendor's: ";
    }
    return message.append(who_answers);
}

BodySource source_of_foreign_body(HttpResponse const& response) {
    if (!response.body_problem.empty()) return BodySource::other_text;
    if (is_blank(response.body)) {
        return is_html(response) ? BodySource::other_text : BodySource::nobody;
    }
    return parse_json_body(response.body) ? BodySource::other_json : BodySource::other_text;
}

Refusal judge_refusal(
    HttpResponse const& response,
    RefusalBody body,
    std::span<StatusRule const> statuses,
    AttemptContext const& context
) {
    auto verdict = judge(nullptr, statuses, response.status, body.source);
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

Result<Verification> Refusal::verification() && {
    if (!outcome) return std::move(error);
    Verification verification(*outcome);
    verification.http_status = error.http_status;
    verification.vendor_code = std::move(error.vendor_code);
    verification.request_id = std::move(error.request_id);
    return verification;
}

}  // namespace otp::common
