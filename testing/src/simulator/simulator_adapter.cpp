#include "simulator/simulator_adapter.hpp"

#include "simulator/instance_scenario.hpp"

#include <otp/adapter/configured_adapter.hpp>
#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/fitted_hints.hpp>
#include <otp/adapter/flat_success.hpp>
#include <otp/adapter/hints.hpp>
#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/json_writer.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/test_code.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/adapter/vendor_field_reader.hpp>
#include <otp/iso8601.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace otp::testing::simulator {

namespace {

using adapter::ErrorRule;
using adapter::JsonObject;
using adapter::JsonWriter;

/// For what asks for an address: nobody is asked there.
constexpr std::string_view default_url = "http://localhost";

constexpr std::string_view request_reference = "request";
constexpr std::string_view id_reference = "id";
constexpr std::string_view to_reference = "to";
constexpr std::size_t max_id = 64;
constexpr std::size_t max_address = 254;

/// The codes of refusals are the SDK's own names, so that a scenario can ask for any of them.
constexpr std::array table{
    ErrorRule{"invalid_request", ErrorCategory::invalid_request},
    ErrorRule{"invalid_recipient", ErrorCategory::invalid_recipient},
    ErrorRule{"recipient_not_found", ErrorCategory::recipient_not_found},
    ErrorRule{"recipient_conflict", ErrorCategory::recipient_conflict},
    ErrorRule{"recipient_throttled", ErrorCategory::recipient_throttled},
    ErrorRule{"destination_blocked", ErrorCategory::destination_blocked},
    ErrorRule{"blocked_by_fraud_guard", ErrorCategory::blocked_by_fraud_guard},
    ErrorRule{"unsupported", ErrorCategory::unsupported},
    ErrorRule{"config_invalid", ErrorCategory::config_invalid},
    ErrorRule{"unauthenticated", ErrorCategory::unauthenticated},
    ErrorRule{"permission_denied", ErrorCategory::permission_denied},
    ErrorRule{"quota_exhausted", ErrorCategory::quota_exhausted},
    ErrorRule{"rate_limited", ErrorCategory::rate_limited},
    ErrorRule{"unavailable", ErrorCategory::unavailable},
    ErrorRule{"provider_error", ErrorCategory::provider_error},
    // What no vendor says: for whoever wants to see how an application takes it.
    ErrorRule{"circuit_open", ErrorCategory::circuit_open},
    ErrorRule{"deadline_exceeded", ErrorCategory::deadline_exceeded},
    ErrorRule{"cancelled", ErrorCategory::cancelled},
    ErrorRule{"no_route", ErrorCategory::no_route},
    ErrorRule{"internal", ErrorCategory::internal},
    // Of a check.
    ErrorRule{"wrong_code", ErrorCategory::invalid_request, {}, Verification::Outcome::wrong_code},
    ErrorRule{"expired", ErrorCategory::invalid_request, {}, Verification::Outcome::expired},
    ErrorRule{
        "too_many_attempts",
        ErrorCategory::invalid_request,
        {},
        Verification::Outcome::too_many_attempts},
    ErrorRule{"rejected", ErrorCategory::invalid_request, {}, Verification::Outcome::rejected},
};

/// `{"error": "rate_limited", "message": "…", "delivery": "unknown"}`
adapter::Refusal read_refusal(HttpResponse const& response, AttemptContext const& context) {
    adapter::JsonMemory memory;
    auto const json = JsonObject::read(response.body, memory);
    adapter::RefusalBody body;
    body.source = adapter::source_of_foreign_body(response);
    auto const code = json ? string_member(*json, "error") : std::nullopt;
    if (code && !code->empty()) {
        body.source = adapter::BodySource::vendor;
        body.code = *code;
        body.message = string_member(*json, "message").value_or("");
        if (string_member(*json, "delivery") == "unknown") body.delivery = Delivery::unknown;
    }
    return adapter::judge_refusal(response, std::move(body), table, context);
}

/// Whom a send is for.
struct Destination {
    Channel channel;
    std::string_view address;
};

Result<Destination> destination_of(SendOtp const& send) {
    auto const channel = channel_of(send, simulator_description());
    if (channel == Channel::email) {
        if (send.to.email) return Destination{channel, send.to.email->reveal()};
    } else if (send.to.phone) {
        return Destination{channel, send.to.phone->reveal()};
    }
    return field_error(
        ErrorCategory::unsupported,
        channel == Channel::email ? "/to/email" : "/to/phone",
        "is missing: the simulator needs a phone number for sms and whatsapp, an email address for "
        "email"
    );
}

class SimulatorAdapter final : public adapter::ConfiguredAdapter {
public:
    explicit SimulatorAdapter(std::string base_url)
        : ConfiguredAdapter(simulator_description(), std::move(base_url)) {}

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const& context)
        const override {
        return adapter::with_fitted_hints(send, vendor(), context, [&](SendOtp const& fitted) {
            return encode_fitted_send(fitted, context);
        });
    }
    Result<SendReceipt> decode_send(
        SendOtp const& send, HttpResponse const& response, AttemptContext const& context
    ) const override;
    std::optional<VerificationHandle> handle_before_answer(
        SendOtp const& send, AttemptContext const& context
    ) const override;
    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const& context)
        const override;
    Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;

private:
    static Result<HttpRequest> encode_fitted_send(
        SendOtp const& send, AttemptContext const& context
    );
};

Result<HttpRequest> SimulatorAdapter::encode_fitted_send(
    SendOtp const& send, AttemptContext const& context
) {
    auto const destination = destination_of(send);
    if (!destination) return destination.error();
    JsonWriter body;
    body.add_text("request", context.unique_reference);
    body.add_text("to", destination->address);
    body.add_text("channel", to_string(destination->channel));
    body.add_text("reference", send.reference ? *send.reference : context.unique_reference);
    if (send.expires_in) body.add_integer("expires_in_minutes", send.expires_in->count());
    return adapter::json_post("/messages", std::move(body));
}

std::optional<VerificationHandle> SimulatorAdapter::handle_before_answer(
    SendOtp const& send, AttemptContext const& context
) const {
    auto const destination = destination_of(send);
    if (!destination) return std::nullopt;
    VerificationHandle handle(
        std::string(context.instance), std::string(vendor_name), destination->channel
    );
    handle.set_reference(request_reference, context.unique_reference);
    handle.set_reference(to_reference, destination->address);
    return handle;
}

Result<SendReceipt> SimulatorAdapter::decode_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    using Value = adapter::NeededMember::Value;
    if (!adapter::is_success_status(response.status)) return read_refusal(response, context).error;
    auto handle = handle_before_answer(send, context);
    if (!handle) return Error(ErrorCategory::internal, "no recipient", Delivery::unknown);
    adapter::FlatSuccess const success{
        200,
        {{"id", Value::id},
         {"request", Value::same, context.unique_reference},
         {"to", Value::same, handle->reference(to_reference)},
         {"channel", Value::same, to_string(handle->channel())},
         {"accepted", Value::truth}}};
    adapter::JsonMemory memory;
    auto const body = adapter::read_success(response, success, context, memory);
    if (!body) return body.error();
    auto const expires_at = parse_iso8601(string_member(*body, "expires_at").value_or(""));
    if (!expires_at) return adapter::not_understood(response, "expires_at is no time");
    auto const id = string_member(*body, "id").value_or("");
    if (!adapter::is_plain_identifier(id, max_id)) {
        return adapter::not_understood(response, "id is none of the simulator's");
    }
    handle->set_reference(id_reference, id);
    SendReceipt receipt(std::move(*handle));
    receipt.request_id = context.sent.scrub_identifier(id);
    receipt.expires_at = expires_at;
    adapter::take_test_code(receipt, string_member(*body, "otp"), "otp", false);
    return receipt;
}

Result<HttpRequest> SimulatorAdapter::encode_verify(
    VerifyOtp const& verify, AttemptContext const& /*context*/
) const {
    auto const request = verify.handle.reference(request_reference);
    auto const id = verify.handle.reference(id_reference);
    auto const address = verify.handle.reference(to_reference);
    adapter::VendorFieldReader fields(verify.vendor_fields, vendor_name, vendor().verify_fields);
    if (!adapter::is_plain_identifier(request, max_id)) {
        fields.refuse_at("/handle/references/request", "is none of the simulator's");
    }
    if (!id.empty() && !adapter::is_plain_identifier(id, max_id)) {
        fields.refuse_at("/handle/references/id", "is none of the simulator's");
    }
    if (!adapter::is_visible_ascii(address) || address.size() > max_address) {
        fields.refuse_at("/handle/references/to", "is no number and no address");
    }
    if (!fields.ok()) return fields.error();

    JsonWriter body;
    body.add_text("request", request);
    if (!id.empty()) body.add_text("id", id);
    body.add_text("to", address);
    body.add_text("code", verify.code.reveal());
    return adapter::json_post("/checks", std::move(body));
}

Result<Verification> SimulatorAdapter::decode_verify(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    using Value = adapter::NeededMember::Value;
    if (!adapter::is_success_status(response.status)) {
        return read_refusal(response, context).verification();
    }
    adapter::FlatSuccess const success{
        200,
        {{"request", Value::same, verify.handle.reference(request_reference)},
         {"to", Value::same, verify.handle.reference(to_reference)},
         {"approved", Value::truth}},
        true};
    adapter::JsonMemory memory;
    auto const body = adapter::read_success(response, success, context, memory);
    if (!body) return body.error();
    // It need not be there, but must not be another one.
    auto const id = verify.handle.reference(id_reference);
    if (body->contains("id") && !id.empty() && string_member(*body, "id") != id) {
        return adapter::not_understood(response, "id is another one");
    }
    return adapter::verification_of(Verification::Outcome::approved, response);
}

VendorDescription describe() {
    VendorDescription description;
    description.name = vendor_name;
    description.title = "Simulator";
    description.channels = {Channel::sms, Channel::email, Channel::whatsapp};
    description.recipient = "a phone number or an email address";
    description.options = {
        {std::string(scenario_option),
         "the file that says who is answered how; without it, reserved recipients are",
         true},
        {std::string(show_codes_option),
         "stderr: print each code there; receipt: hand it out as the receipt's test code"},
        {std::string(permission_option),
         "true: accept that it stands beside a live or production instance"}};
    description.hints.expires_in =
        HonouredHints::ExpiryRange{std::chrono::minutes(1), std::chrono::minutes(60)};
    description.hints.reference_characters = max_id;
    description.sensitive.request_members = {"/to", "/code", "/reference"};
    description.sensitive.response_members = {"/to", "/otp"};
    description.expiry = "5 minutes, or as asked";
    description.documentation_url = "docs/vendors/simulator.md";
    description.stand_in = StandIn{std::string(permission_option)};
    return description;
}

}  // namespace

VendorDescription const& simulator_description() {
    static VendorDescription const description = describe();
    return description;
}

Result<std::unique_ptr<ProviderAdapter>> make_simulator_adapter(InstanceConfig const& instance) {
    adapter::InstanceSettings settings(instance, simulator_description());
    static_cast<void>(settings.option_bool(permission_option));
    auto const show_codes = settings.option_text(show_codes_option);
    if (show_codes && !parse_show_codes(*show_codes)) {
        settings.refuse("/options/show_codes", "must be stderr or receipt");
    }
    if (auto const scenario = scenario_of(instance); !scenario) {
        for (auto const& mistake : scenario.error().violations) {
            settings.refuse(mistake.pointer, mistake.message);
        }
    }
    auto base_url = settings.base_url(default_url);
    if (!settings.ok()) return settings.error();
    return std::unique_ptr<ProviderAdapter>(std::make_unique<SimulatorAdapter>(std::move(base_url))
    );
}

}  // namespace otp::testing::simulator
