#include "eko/eko_response.hpp"

#include "eko/eko_errors.hpp"

#include <otp/json_body.hpp>

#include <boost/json/value.hpp>

#include <string>
#include <utility>

namespace otp::eko {

namespace json = boost::json;

namespace {

constexpr std::int64_t status_success = 0;
constexpr std::int64_t display_failure = 1;
constexpr int http_ok = 200;

/// The member if it is there and not null.
json::value const* find_value(json::object const& object, std::string_view name) noexcept {
    auto const* const value = object.if_contains(json::string_view(name.data(), name.size()));
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::int64_t> read_number(
    json::object const& body, std::string_view name, bool& malformed
) noexcept {
    auto const number = integer_member(body, name);
    if (!number && find_value(body, name) != nullptr) malformed = true;
    return number;
}

EkoStatusRule const* find_rule(std::optional<std::int64_t> number) noexcept {
    return number ? find_status_rule(*number) : nullptr;
}

/// The more telling of the two numbers: the documents disagree which of them holds 302 and the
/// like.
EkoStatusRule const* find_rule(EkoEnvelope const& envelope) noexcept {
    auto const* const rule = find_rule(envelope.status);
    return rule != nullptr ? rule : find_rule(envelope.response_status_id);
}

/// The number to show as the vendor's code.
std::string vendor_code(EkoEnvelope const& envelope, EkoStatusRule const* rule) {
    if (rule != nullptr) return std::to_string(rule->status);
    auto const shown = envelope.status && *envelope.status != status_success
                           ? envelope.status
                           : envelope.response_status_id;
    return shown ? std::to_string(*shown) : std::string();
}

bool says_failure(EkoEnvelope const& envelope) noexcept {
    return envelope.status && *envelope.status != status_success;
}

/// Whether a code may be on its way in spite of the answer.
Delivery delivery_of(
    EkoEnvelope const& envelope, EkoStatusRule const* rule, int http_status
) noexcept {
    if (rule != nullptr && rule->delivery) return *rule->delivery;
    // Only a failing `status` is documented as a refusal. A 200 without it, or with a `status` of 0
    // that `response_status_id` contradicts, proves nothing.
    if (http_status == http_ok && says_failure(envelope)) return Delivery::not_sent;
    return delivery_of_refusal(http_status);
}

std::vector<FieldViolation> read_violations(json::object const& fields, SentTexts const& sent) {
    std::vector<FieldViolation> violations;
    violations.reserve(fields.size());
    for (auto const& field : fields) {
        auto const name = sent.scrub_text({field.key().data(), field.key().size()});
        auto const* const text = field.value().if_string();
        violations.push_back(FieldViolation{
            append_json_pointer("", name),
            text == nullptr ? std::string("is refused by the vendor")
                            : sent.scrub_text({text->data(), text->size()})});
    }
    return violations;
}

}  // namespace

bool EkoEnvelope::succeeded() const noexcept {
    if (malformed || status != status_success) return false;
    if (!response_status_id) return true;
    return *response_status_id != display_failure &&
           find_status_rule(*response_status_id) == nullptr;
}

EkoEnvelope read_envelope(json::object const& body) noexcept {
    EkoEnvelope envelope;
    envelope.status = read_number(body, "status", envelope.malformed);
    envelope.response_status_id = read_number(body, "response_status_id", envelope.malformed);
    envelope.message = string_member(body, "message").value_or(std::string_view());
    envelope.data = object_member(body, "data");
    if (envelope.data == nullptr && find_value(body, "data") != nullptr) envelope.malformed = true;
    envelope.invalid_fields = object_member(body, "invalid_params");
    if (envelope.invalid_fields == nullptr) {
        envelope.invalid_fields = object_member(body, "invalid_parameters");
    }
    return envelope;
}

EkoRefusal read_refusal(
    EkoEnvelope const& envelope, HttpResponse const& response, AttemptContext const& context
) {
    auto const* const status_rule = find_rule(envelope);
    auto const* const message_rule =
        status_rule != nullptr ? nullptr : find_message_rule(envelope.message);

    std::optional<ErrorCategory> category;
    std::optional<Verification::Outcome> outcome;
    if (status_rule != nullptr) {
        category = status_rule->category;
        outcome = status_rule->outcome;
    } else if (message_rule != nullptr) {
        category = message_rule->category;
        outcome = message_rule->outcome;
    } else if (envelope.invalid_fields != nullptr && says_failure(envelope) && response.status < 500) {
        // Not after a 5xx: a failing server must not make it the caller's mistake.
        category = ErrorCategory::invalid_request;
    } else if (response.status == http_ok && says_failure(envelope)) {
        // A failure that no document lists is the vendor's, not the caller's.
        category = ErrorCategory::provider_error;
        if (*envelope.status == display_failure || envelope.response_status_id == display_failure) {
            outcome = Verification::Outcome::rejected;
        }
    }

    auto verdict = common::judge(nullptr, http_rules(), response.status);
    if (category) verdict.category = *category;
    verdict.delivery = delivery_of(envelope, status_rule, response.status);

    EkoRefusal refusal(common::response_error(
        response,
        verdict,
        vendor_code(envelope, status_rule),
        envelope.message,
        context.now,
        context.sent
    ));
    // What a proxy or a failing server says about a code counts for nothing.
    if (response.status == http_ok || (response.status >= 400 && response.status < 500)) {
        refusal.outcome = outcome;
    }
    if (envelope.invalid_fields != nullptr) {
        refusal.error.violations = read_violations(*envelope.invalid_fields, context.sent);
    }
    if (envelope.data != nullptr) {
        if (auto const transaction = text_member(*envelope.data, "tid")) {
            refusal.error.request_id = context.sent.scrub_identifier(*transaction);
        }
    }
    return refusal;
}

Error refusal_without_body(HttpResponse const& response, AttemptContext const& context) {
    return common::response_error(
        response, common::judge(nullptr, http_rules(), response.status), {}, {}, context.now
    );
}

}  // namespace otp::eko
