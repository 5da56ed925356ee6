#include "eko/eko_response.hpp"

#include "eko/eko_errors.hpp"

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/json_body.hpp>

#include <boost/json/value.hpp>

#include <string>
#include <utility>

namespace otp::eko {

namespace json = boost::json;

namespace {

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

adapter::ErrorRule const* find_rule(std::optional<std::int64_t> number) noexcept {
    return number ? find_status_rule(*number) : nullptr;
}

/// The more telling of the two numbers: the documents disagree which of them holds 302 and the
/// like.
adapter::ErrorRule const* find_rule(EkoEnvelope const& envelope) noexcept {
    auto const* const rule = find_rule(envelope.status);
    return rule != nullptr ? rule : find_rule(envelope.response_status_id);
}

/// The number to show as the vendor's code.
std::string vendor_code(EkoEnvelope const& envelope, adapter::ErrorRule const* rule) {
    if (rule != nullptr) return std::string(rule->code);
    auto const shown = envelope.says_failure() ? envelope.status : envelope.response_status_id;
    return shown ? std::to_string(*shown) : std::string();
}

/// Whether a code may be on its way in spite of the answer; nothing: as the HTTP status says.
std::optional<Delivery> delivery_of(
    EkoEnvelope const& envelope, adapter::ErrorRule const* rule, int http_status
) noexcept {
    if (rule != nullptr && rule->delivery) return rule->delivery;
    // Only a failing `status` is documented as a refusal.
    bool const refused =
        http_status == http_ok && envelope.says_failure() && !envelope.may_have_sent();
    return refused ? std::optional(Delivery::not_sent) : std::nullopt;
}

/// What Eko's numbers, texts and refused fields mean, in that order.
void read_meaning(EkoEnvelope const& envelope, int http_status, adapter::RefusalBody& body) {
    auto const* const status_rule = find_rule(envelope);
    auto const* const message_rule =
        status_rule != nullptr ? nullptr : find_message_rule(envelope.message);
    if (status_rule != nullptr) {
        body.category = status_rule->category;
        body.outcome = status_rule->outcome;
    } else if (message_rule != nullptr) {
        body.category = message_rule->category;
        body.outcome = message_rule->outcome;
    } else if (envelope.invalid_fields != nullptr && envelope.says_failure()) {
        body.category = ErrorCategory::invalid_request;
    } else if (http_status == http_ok && envelope.says_failure()) {
        // A failure that no document lists is the vendor's, not the caller's.
        body.category = ErrorCategory::provider_error;
        if (*envelope.status == display_failure || envelope.response_status_id == display_failure) {
            body.outcome = Verification::Outcome::rejected;
        }
    }
    body.delivery = delivery_of(envelope, status_rule, http_status);
}

/// A `status` is in the reports of every framework, but there it repeats the HTTP status.
bool is_ekos(EkoEnvelope const& envelope, int http_status) noexcept {
    bool const has_own_status = envelope.status.has_value() && envelope.status != http_status;
    return has_own_status || envelope.response_status_id.has_value() ||
           find_message_rule(envelope.message) != nullptr;
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

bool EkoEnvelope::may_have_sent() const noexcept {
    // "initiated" and "on hold"; the code that the sandbox shows.
    return response_status_id == 2 || response_status_id == 5 ||
           (data != nullptr && find_value(*data, "otp") != nullptr);
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

adapter::Refusal read_refusal(HttpResponse const& response, AttemptContext const& context) {
    adapter::JsonMemory memory;
    auto const json = adapter::JsonObject::read(response.body, memory);
    adapter::RefusalBody body;
    body.source = adapter::source_of_foreign_body(response);
    if (!json) return adapter::judge_refusal(response, std::move(body), http_rules(), context);

    auto const envelope = read_envelope(json->tree());
    if (!is_ekos(envelope, response.status)) {
        return adapter::judge_refusal(response, std::move(body), http_rules(), context);
    }
    body.source = adapter::BodySource::vendor;
    read_meaning(envelope, response.status, body);
    auto const code = vendor_code(envelope, find_rule(envelope));
    body.code = code;
    body.message = envelope.message;
    if (envelope.invalid_fields != nullptr) {
        body.violations = read_violations(*envelope.invalid_fields, context.sent);
    }
    auto const transaction =
        envelope.data == nullptr ? std::nullopt : text_member(*envelope.data, "tid");
    if (transaction) body.request_id = *transaction;
    return adapter::judge_refusal(response, std::move(body), http_rules(), context);
}

}  // namespace otp::eko
