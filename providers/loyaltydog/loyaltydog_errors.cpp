#include "loyaltydog/loyaltydog_errors.hpp"

#include "common/fastapi_validation.hpp"
#include "common/stack_json.hpp"
#include "common/text_check.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace otp::loyaltydog {
namespace {

using common::StatusRule;
using Outcome = Verification::Outcome;

constexpr std::string_view send_documentation =
    "https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp";
constexpr std::string_view verify_documentation =
    "https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp";

/// 400 and 429: the page of the endpoint; the others: the introduction of LoyaltyDog's API
/// reference. A 429 is one of two limits; see `throttling_of`.
constexpr std::array send_statuses{
    StatusRule{400, ErrorCategory::invalid_recipient, {}, true},
    StatusRule{401, ErrorCategory::unauthenticated},
    StatusRule{403, ErrorCategory::permission_denied},
    StatusRule{404, ErrorCategory::recipient_not_found, {}, true},
    StatusRule{409, ErrorCategory::recipient_conflict},
    StatusRule{422, ErrorCategory::invalid_request, {}, true},
    StatusRule{429, ErrorCategory::recipient_throttled},
};

/// As for a send, but a 400 is documented as "Invalid code, expired, or too many attempts".
constexpr std::array verify_statuses{
    StatusRule{400, ErrorCategory::invalid_request, {}, true},
    StatusRule{401, ErrorCategory::unauthenticated},
    StatusRule{403, ErrorCategory::permission_denied},
    StatusRule{404, ErrorCategory::recipient_not_found, {}, true},
    StatusRule{409, ErrorCategory::recipient_conflict},
    StatusRule{422, ErrorCategory::invalid_request, {}, true},
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

/// The parts of an error body, whichever of the envelopes it has.
struct Body {
    std::string_view code;
    std::string_view message;
    std::vector<FieldViolation> violations;
    bool own_format{false};
};

Body read_body(boost::json::object const& json, SentTexts const& sent) {
    Body body;
    if (auto detail = common::read_fastapi_error(json, sent)) {
        body.own_format = true;
        body.code = detail->code.value_or("");
        body.message = detail->message.value_or("");
        body.violations = std::move(detail->violations);
    } else if (auto const* const error = object_member(json, "error")) {
        body.own_format = true;
        body.code = string_member(*error, "code").value_or("");
        body.message = string_member(*error, "message").value_or("");
    } else if (auto const text = string_member(json, "error")) {
        body.own_format = true;
        body.message = *text;
    } else if (bool_member(json, "success").has_value() || json.contains("detail")) {
        body.own_format = true;
    }
    return body;
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

Error make_error(
    HttpResponse const& response,
    Body const& body,
    std::span<StatusRule const> statuses,
    std::string_view documentation,
    AttemptContext const& context
) {
    // The codes are an open set without documented values: the status decides. LoyaltyDog's "retry
    // with backoff" for 5xx does not prove that nothing was sent, so that these stay `unknown`.
    auto verdict = common::judge(nullptr, statuses, response.status, body.own_format);
    if (response.status == 429) verdict.category = throttling_of(response);
    Error error = common::response_error(
        response, verdict, body.code, body.message, context.now, context.sent
    );
    error.violations = body.violations;
    error.documentation_url = documentation;
    return error;
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
    common::StackJson memory;
    auto const json = common::parse_json_object(response.body, memory);
    Body const body = json ? read_body(*json, context.sent) : Body{};
    return make_error(response, body, send_statuses, send_documentation, context);
}

Result<Verification> read_verify_error(
    HttpResponse const& response, AttemptContext const& context
) {
    common::StackJson memory;
    auto const json = common::parse_json_object(response.body, memory);
    Body const body = json ? read_body(*json, context.sent) : Body{};
    if (response.status == 400 && body.own_format) {
        Verification verification(outcome_of_message(body.message));
        verification.http_status = response.status;
        verification.vendor_code = common::safe_vendor_code(body.code, context.sent);
        return verification;
    }
    return make_error(response, body, verify_statuses, verify_documentation, context);
}

Error refused_send(
    HttpResponse const& response, std::string_view message, AttemptContext const& context
) {
    auto const rule = std::find_if(messages.begin(), messages.end(), [&](auto const& candidate) {
        return common::contains_word(message, candidate.part);
    });
    // `success: false` is a documented refusal; an unknown text is not made the caller's fault.
    ErrorCategory const category =
        rule == messages.end() ? ErrorCategory::provider_error : rule->category;
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

}  // namespace otp::loyaltydog
