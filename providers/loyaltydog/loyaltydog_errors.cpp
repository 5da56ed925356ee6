#include "loyaltydog/loyaltydog_errors.hpp"

#include "common/fastapi_validation.hpp"
#include "common/refusal.hpp"
#include "common/stack_json.hpp"
#include "common/text_check.hpp"

#include <otp/adapter/json_body.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace otp::loyaltydog {
namespace {

using common::BodySource;
using common::NeededBody;
using common::RefusalBody;
using common::StatusRule;
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
    StatusRule{400, ErrorCategory::invalid_recipient, NeededBody::vendors},
    StatusRule{401, ErrorCategory::unauthenticated},
    StatusRule{403, ErrorCategory::permission_denied},
    StatusRule{404, ErrorCategory::recipient_not_found, NeededBody::vendors},
    StatusRule{409, ErrorCategory::recipient_conflict},
    StatusRule{422, ErrorCategory::invalid_request, NeededBody::vendors},
    StatusRule{429, ErrorCategory::recipient_throttled},
};

/// As for a send, but a 400 is documented as "Invalid code, expired, or too many attempts".
constexpr std::array verify_statuses{
    StatusRule{400, ErrorCategory::invalid_request, NeededBody::vendors},
    StatusRule{401, ErrorCategory::unauthenticated},
    StatusRule{403, ErrorCategory::permission_denied},
    StatusRule{404, ErrorCategory::recipient_not_found, NeededBody::vendors},
    StatusRule{409, ErrorCategory::recipient_conflict},
    StatusRule{422, ErrorCategory::invalid_request, NeededBody::vendors},
    StatusRule{429, ErrorCategory::recipient_throttled},
};

/// For a 200 with `success: false`, whose status says nothing.
constexpr std::array messages{
    MessageRule{"rate limit", ErrorCategory::recipient_throttled},
    MessageRule{"too many", ErrorCategory::recipient_throttled},
    MessageRule{"invalid target", ErrorCategory::invalid_recipient},
    MessageRule{"invalid email", ErrorCategory::invalid_recipient},
    MessageRule{"invalid phone", ErrorCategory::invalid_recipient},
};

constexpr std::array outcomes{
    OutcomeRule{"invalid code", Outcome::wrong_code},
    OutcomeRule{"invalid otp", Outcome::wrong_code},
    OutcomeRule{"incorrect", Outcome::wrong_code},
    OutcomeRule{"wrong code", Outcome::wrong_code},
    OutcomeRule{"expired", Outcome::expired},
    OutcomeRule{"too many", Outcome::too_many_attempts},
    OutcomeRule{"maximum", Outcome::too_many_attempts},
};

MessageRule const* find_message_rule(std::string_view message) noexcept {
    auto const* const rule =
        std::find_if(messages.begin(), messages.end(), [message](MessageRule const& candidate) {
            return common::contains_word(message, candidate.part);
        });
    return rule == messages.end() ? nullptr : rule;
}

/// Leaves `body` as it is if the envelope is none of LoyaltyDog's.
void read_envelopes(boost::json::object const& json, SentTexts const& sent, RefusalBody& body) {
    if (auto detail = common::read_fastapi_error(json, sent)) {
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
common::Refusal read_refusal(
    HttpResponse const& response,
    std::span<StatusRule const> statuses,
    std::string_view documentation,
    AttemptContext const& context
) {
    common::StackJson memory;
    auto const json = common::parse_json_object(response.body, memory);
    RefusalBody body;
    body.source = common::source_of_foreign_body(response);
    if (json) read_envelopes(*json, context.sent, body);
    if (response.status == 429) body.category = throttling_of(response);
    if (response.status == 400 && body.source == BodySource::vendor) {
        body.outcome = outcome_of_message(body.message);
    }
    auto refusal = common::judge_refusal(response, std::move(body), statuses, context);
    refusal.error.documentation_url = documentation;
    return refusal;
}

}  // namespace

std::span<StatusRule const> send_status_rules() noexcept {
    return send_statuses;
}
std::span<StatusRule const> verify_status_rules() noexcept {
    return verify_statuses;
}
std::span<MessageRule const> message_rules() noexcept {
    return messages;
}
std::span<OutcomeRule const> outcome_rules() noexcept {
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
    // `success: false` is a documented refusal; an unknown text is not made the caller's fault.
    ErrorCategory const category = rule == nullptr ? ErrorCategory::provider_error : rule->category;
    Error error = common::response_error(
        response, {category, Delivery::not_sent}, {}, message, context.now, context.sent
    );
    error.documentation_url = send_documentation;
    return error;
}

Outcome outcome_of_message(std::string_view message) noexcept {
    Outcome outcome = Outcome::rejected;
    for (auto const& rule : outcomes) {
        if (!common::contains_word(message, rule.part)) continue;
        if (outcome != Outcome::rejected && outcome != rule.outcome) return Outcome::rejected;
        outcome = rule.outcome;
    }
    return outcome;
}

bool tells_failure(std::string_view message) noexcept {
    return find_message_rule(message) != nullptr ||
           std::any_of(outcomes.begin(), outcomes.end(), [message](OutcomeRule const& rule) {
               return common::contains_word(message, rule.part);
           });
}

}  // namespace otp::loyaltydog
