#include "loyaltydog/loyaltydog_errors.hpp"

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/fastapi_error.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <array>
#include <utility>

namespace otp::loyaltydog {
namespace {

using adapter::BodySource;
using adapter::ErrorRule;
using adapter::for_status;
using adapter::NeededBody;
using adapter::RefusalBody;
using Outcome = Verification::Outcome;

constexpr std::string_view send_documentation =
    "https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp";
constexpr std::string_view verify_documentation =
    "https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp";

/// 400 and 429: the page of the endpoint; the others: the introduction of LoyaltyDog's API
/// reference. A 429 is one of two limits; see `throttling_of`. The introduction shows the envelope
/// of all errors, so that JSON in another format is an API gateway's (`{"message":"Forbidden"}`)
/// and no word of LoyaltyDog's about the token.
constexpr std::array send_statuses{
    for_status(400, ErrorCategory::invalid_recipient, NeededBody::vendors),
    for_status(401, ErrorCategory::unauthenticated),
    for_status(403, ErrorCategory::permission_denied),
    for_status(404, ErrorCategory::recipient_not_found, NeededBody::vendors),
    for_status(409, ErrorCategory::recipient_conflict),
    for_status(422, ErrorCategory::invalid_request, NeededBody::vendors),
    for_status(429, ErrorCategory::recipient_throttled),
};

/// As for a send, but a 400 is documented as "Invalid code, expired, or too many attempts".
constexpr std::array verify_statuses{
    for_status(400, ErrorCategory::invalid_request, NeededBody::vendors),
    for_status(401, ErrorCategory::unauthenticated),
    for_status(403, ErrorCategory::permission_denied),
    for_status(404, ErrorCategory::recipient_not_found, NeededBody::vendors),
    for_status(409, ErrorCategory::recipient_conflict),
    for_status(422, ErrorCategory::invalid_request, NeededBody::vendors),
    for_status(429, ErrorCategory::recipient_throttled),
};

/// For a 200 with `success: false`, whose status says nothing.
constexpr std::array messages{
    ErrorRule{"rate limit", ErrorCategory::recipient_throttled},
    ErrorRule{"too many", ErrorCategory::recipient_throttled},
    ErrorRule{"invalid target", ErrorCategory::invalid_recipient},
    ErrorRule{"invalid email", ErrorCategory::invalid_recipient},
    ErrorRule{"invalid phone", ErrorCategory::invalid_recipient},
};

constexpr std::array outcomes{
    ErrorRule{.code = "invalid code", .outcome = Outcome::wrong_code},
    ErrorRule{.code = "invalid otp", .outcome = Outcome::wrong_code},
    ErrorRule{.code = "incorrect", .outcome = Outcome::wrong_code},
    ErrorRule{.code = "wrong code", .outcome = Outcome::wrong_code},
    ErrorRule{.code = "expired", .outcome = Outcome::expired},
    ErrorRule{.code = "too many", .outcome = Outcome::too_many_attempts},
    ErrorRule{.code = "maximum", .outcome = Outcome::too_many_attempts},
};

ErrorRule const* find_message_rule(std::string_view message) noexcept {
    return adapter::find_rule(messages, message, adapter::CodeMatch::part);
}

/// Leaves `body` as it is if the envelope is none of LoyaltyDog's.
void read_envelopes(boost::json::object const& json, SentTexts const& sent, RefusalBody& body) {
    if (auto detail = adapter::read_fastapi_error(json, sent)) {
        body.source = BodySource::vendor;
        body.code = detail->code.value_or("");
        body.message = detail->message.value_or("");
        body.violations = std::move(detail->violations);
    } else if (auto const* const error = object_member(json, "error")) {
        body.source = BodySource::vendor;
        body.code = string_member(*error, "code").value_or("");
        body.message = string_member(*error, "message").value_or("");
    } else if (bool_member(json, "success").has_value()) {
        body.source = BodySource::vendor;
        body.message = string_member(json, "error").value_or("");
    } else if (json.contains("detail")) {
        body.source = BodySource::vendor;
    }
}

/// LoyaltyDog documents two limits behind 429: those of one target (5 an hour, 10 a day; the page
/// of the endpoint) and those of the token, which come "with a Retry-After header" (introduction
/// of the API reference). That header is the only documented difference. Without it the limit
/// counts as the recipient's, because a limit against abuse must not be got round by another
/// instance.
ErrorCategory throttling_of(HttpResponse const& response) {
    return response.headers.find("retry-after") ? ErrorCategory::rate_limited
                                                : ErrorCategory::recipient_throttled;
}

/// The codes are an open set without documented values: the status decides. LoyaltyDog's "retry
/// with backoff" for 5xx does not prove that nothing was sent, so that these stay `unknown`.
adapter::Refusal read_refusal(
    HttpResponse const& response,
    std::span<ErrorRule const> statuses,
    std::string_view documentation,
    AttemptContext const& context
) {
    adapter::JsonMemory memory;
    auto const json = adapter::JsonObject::read(response.body, memory);
    RefusalBody body;
    body.source = adapter::source_of_foreign_body(response);
    if (json) read_envelopes(json->tree(), context.sent, body);
    if (response.status == 429) body.category = throttling_of(response);
    if (response.status == 400 && body.source == BodySource::vendor) {
        body.outcome = outcome_of_message(body.message);
    }
    auto refusal = adapter::judge_refusal(response, std::move(body), statuses, context);
    refusal.error.documentation_url = documentation;
    return refusal;
}

}  // namespace

std::span<ErrorRule const> send_status_rules() noexcept {
    return send_statuses;
}
std::span<ErrorRule const> verify_status_rules() noexcept {
    return verify_statuses;
}
std::span<ErrorRule const> message_rules() noexcept {
    return messages;
}
std::span<ErrorRule const> outcome_rules() noexcept {
    return outcomes;
}

Error read_send_error(HttpResponse const& response, AttemptContext const& context) {
    return read_refusal(response, send_statuses, send_documentation, context).error;
}

Result<Verification> read_verify_error(
    HttpResponse const& response, AttemptContext const& context
) {
    return read_refusal(response, verify_statuses, verify_documentation, context).verification();
}

Error refused_send(
    HttpResponse const& response, std::string_view message, AttemptContext const& context
) {
    auto const* const rule = find_message_rule(message);
    RefusalBody body;
    body.source = BodySource::vendor;
    body.message = message;
    // `success: false` is a documented refusal; an unknown text is not made the caller's fault.
    body.category = rule == nullptr ? ErrorCategory::provider_error : rule->category;
    body.delivery = Delivery::not_sent;
    auto refusal = adapter::judge_refusal(response, std::move(body), {}, context);
    refusal.error.documentation_url = send_documentation;
    return std::move(refusal.error);
}

Outcome outcome_of_message(std::string_view message) noexcept {
    Outcome outcome = Outcome::rejected;
    for (auto const& rule : outcomes) {
        if (!adapter::contains_word(message, rule.code)) continue;
        if (outcome != Outcome::rejected && outcome != *rule.outcome) return Outcome::rejected;
        outcome = *rule.outcome;
    }
    return outcome;
}

bool tells_failure(std::string_view message) noexcept {
    return find_message_rule(message) != nullptr ||
           adapter::find_rule(outcomes, message, adapter::CodeMatch::part) != nullptr;
}

}  // namespace otp::loyaltydog
