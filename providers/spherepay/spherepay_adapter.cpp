#include "spherepay/spherepay_adapter.hpp"

#include "spherepay/spherepay_errors.hpp"
#include "spherepay/spherepay_success.hpp"

#include <otp/adapter/bearer_credential.hpp>
#include <otp/adapter/configured_adapter.hpp>
#include <otp/adapter/hints.hpp>
#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/json_writer.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/adapter/vendor_field_reader.hpp>
#include <otp/iso8601.hpp>
#include <otp/json_body.hpp>

#include <optional>
#include <string>
#include <utility>

namespace otp::spherepay {
namespace {

using adapter::JsonObject;
using adapter::JsonWriter;

constexpr std::string_view vendor_name = "spherepay";
constexpr std::string_view production_url = "https://api.spherepay.co";
constexpr std::string_view send_route = "/v2/customer/{id}/otp-send";
constexpr std::string_view verify_route = "/v2/customer/{id}/otp-verify";

/// Wider than the old documentation's `^customer_[a-z0-9]+$`, and still nothing that could leave
/// its path segment.
constexpr std::size_t max_customer_id = 128;
/// https://docs.spherepay.co/api-reference/enhanced-due-diligence/verify-verification-code
constexpr std::size_t max_code = 10;

constexpr std::string_view customer_id_reference = "customer_id";
constexpr std::string_view type_reference = "type";

std::string target(std::string_view customer_id, std::string_view action) {
    return "/v2/customer/" + encode_path_segment(customer_id) + std::string(action);
}

/// SpherePay sends to the contact that is registered for the customer; the recipient's phone and
/// email only say which of the two is meant, where the request does not.
Channel channel_of(SendOtp const& send) {
    return otp::channel_of(send, spherepay_description());
}

std::string_view type_of(Channel channel) {
    return channel == Channel::email ? "email" : "phone";
}

class SpherePayAdapter final : public adapter::ConfiguredAdapter {
public:
    SpherePayAdapter(std::string base_url, Secret const& api_key)
        : ConfiguredAdapter(spherepay_description(), std::move(base_url)),
          credential_(api_key.reveal()) {}

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const& context)
        const override;
    Result<SendReceipt> decode_send(
        SendOtp const& send, HttpResponse const& response, AttemptContext const& context
    ) const override;
    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const& context)
        const override;
    Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;
    std::optional<VerificationHandle> handle_before_answer(
        SendOtp const& send, AttemptContext const& context
    ) const override;

private:
    static Result<Verification> decode_approval(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    );

    adapter::BearerCredential credential_;
};

Result<HttpRequest> SpherePayAdapter::encode_send(
    SendOtp const& send, AttemptContext const& /*context*/
) const {
    Channel const channel = channel_of(send);
    if (channel == Channel::whatsapp) {
        return field_error(
            ErrorCategory::unsupported,
            "/channel",
            "must be sms or email: SpherePay has no other channel"
        );
    }
    auto const id = send.to.user_ids.find(vendor_name);
    if (id == send.to.user_ids.end()) {
        return field_error(
            ErrorCategory::unsupported,
            "/to/user_ids/spherepay",
            "is missing: SpherePay needs the customer's id"
        );
    }
    adapter::VendorFieldReader fields(send.vendor_fields, vendor_name, vendor().send_fields);
    if (!adapter::is_plain_identifier(id->second, max_customer_id)) {
        fields.refuse_at(
            "/to/user_ids/spherepay", "must be 1 to 128 letters, digits, underscores and hyphens"
        );
    }
    if (!fields.ok()) return fields.error();

    JsonWriter body;
    body.add_text("type", type_of(channel));
    return credential_.authorized_json(
        HttpRequest(HttpMethod::post, target(id->second, "/otp-send"), send_route),
        std::move(body).finish()
    );
}

Result<SendReceipt> SpherePayAdapter::decode_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    if (!adapter::is_success_status(response.status)) return read_refusal(response, context).error;
    auto handle = handle_before_answer(send, context);
    if (!handle) return Error(ErrorCategory::internal, "no customer id", Delivery::unknown);
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return body.error();
    auto const id = handle->reference(customer_id_reference);
    Answer const answer{response, &*body, id, handle->reference(type_reference)};
    if (auto const problem = problem_of(answer, send_success); !problem.empty()) {
        return adapter::not_understood(response, problem, context.sent);
    }
    SendReceipt receipt(std::move(*handle));
    receipt.expires_at = parse_iso8601(string_member(*body, "expiresAt").value_or(""));
    return receipt;
}

std::optional<VerificationHandle> SpherePayAdapter::handle_before_answer(
    SendOtp const& send, AttemptContext const& context
) const {
    auto const id = send.to.user_ids.find(vendor_name);
    if (id == send.to.user_ids.end()) return std::nullopt;
    Channel const channel = channel_of(send);
    VerificationHandle handle(std::string(context.instance), std::string(vendor_name), channel);
    handle.set_reference(customer_id_reference, id->second);
    handle.set_reference(type_reference, type_of(channel));
    return handle;
}

Result<HttpRequest> SpherePayAdapter::encode_verify(
    VerifyOtp const& verify, AttemptContext const& /*context*/
) const {
    adapter::VendorFieldReader fields(verify.vendor_fields, vendor_name, vendor().verify_fields);
    std::string_view const id = verify.handle.reference(customer_id_reference);
    std::string_view const type = verify.handle.reference(type_reference);
    if (!adapter::is_plain_identifier(id, max_customer_id)) {
        fields.refuse_at("/handle/references/customer_id", "is not a SpherePay customer id");
    }
    if (type != "phone" && type != "email") {
        fields.refuse_at("/handle/references/type", "must be phone or email");
    }
    if (verify.code.reveal().size() > max_code) {
        fields.refuse_at("/code", "must be 1 to 10 characters");
    }
    if (!fields.ok()) return fields.error();

    JsonWriter body;
    body.add_text("type", type);
    body.add_text("code", verify.code.reveal());
    return credential_.authorized_json(
        HttpRequest(HttpMethod::post, target(id, "/otp-verify"), verify_route),
        std::move(body).finish()
    );
}

Result<Verification> SpherePayAdapter::decode_verify(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    if (adapter::is_success_status(response.status)) {
        return decode_approval(verify, response, context);
    }
    return read_refusal(response, context).verification();
}

Result<Verification> SpherePayAdapter::decode_approval(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) {
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return body.error();
    auto const id = verify.handle.reference(customer_id_reference);
    Answer const answer{response, &*body, id, verify.handle.reference(type_reference)};
    if (auto const problem = problem_of(answer, verify_success); !problem.empty()) {
        return adapter::not_understood(response, problem, context.sent);
    }
    auto verification = adapter::verification_of(Verification::Outcome::approved, response);
    verification.user_id = id;
    return verification;
}

VendorDescription describe() {
    VendorDescription description;
    description.name = vendor_name;
    description.title = "SpherePay";
    description.channels = {Channel::sms, Channel::email};
    description.recipient = "the customer's id in user_ids[\"spherepay\"]";
    description.credentials = {{"api_key"}};
    description.sensitive.request_headers = {"authorization"};
    description.sensitive.request_members = {"/code"};
    description.sensitive.path_parameters = {"id"};
    description.sensitive.response_members = {"/customerId", "/contact"};
    description.expiry = "told in each answer";
    description.documentation_url =
        "https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code";
    return description;
}

}  // namespace

VendorDescription const& spherepay_description() {
    static VendorDescription const description = describe();
    return description;
}

Result<std::unique_ptr<ProviderAdapter>> make_spherepay_adapter(InstanceConfig const& instance) {
    adapter::InstanceSettings settings(instance, spherepay_description());
    Secret const api_key = settings.credential("api_key");
    if (!api_key.empty() && settings.ok() && !adapter::is_visible_ascii(api_key.reveal())) {
        settings.refuse("/credentials/api_key", "must be visible ASCII without spaces");
    }
    std::string base_url = settings.base_url(production_url);
    if (!settings.ok()) return settings.error();
    std::unique_ptr<ProviderAdapter> adapter =
        std::make_unique<SpherePayAdapter>(std::move(base_url), api_key);
    return adapter;
}

}  // namespace otp::spherepay
