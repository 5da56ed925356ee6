#include "loyaltydog/loyaltydog_adapter.hpp"

#include "loyaltydog/loyaltydog_errors.hpp"
#include "loyaltydog/loyaltydog_success.hpp"

#include <otp/adapter/bearer_credential.hpp>
#include <otp/adapter/configured_adapter.hpp>
#include <otp/adapter/hints.hpp>
#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/json_writer.hpp>
#include <otp/adapter/oauth2_grant.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/test_code.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/adapter/vendor_field_reader.hpp>
#include <otp/json_body.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace otp::loyaltydog {
namespace {

using adapter::JsonObject;
using adapter::JsonWriter;

constexpr std::string_view vendor_name = "loyaltydog";
/// The OpenAPI document's server. The prose says `https://api.loyalty.dog/api/v2`, which would
/// repeat the `/v2` of the paths; `base_url` can be set to `https://api.loyalty.dog/api`.
constexpr std::string_view production_url = "https://api.loyalty.dog";
constexpr std::string_view send_path = "/v2/giftcards/customers/otp/send";
constexpr std::string_view verify_path = "/v2/giftcards/customers/otp/verify";
constexpr std::string_view token_path = "/v2/token";

/// `SendOTPRequest.target` and `VerifyOTPRequest.name`.
constexpr std::size_t max_text = 255;
/// `VerifyOTPRequest.code`: `^\d{6}$`.
constexpr std::size_t code_digits = 6;
/// "Codes expire after 5 minutes"; the answer does not say it.
constexpr std::chrono::minutes code_expiry{5};

constexpr std::string_view target_reference = "target";

/// Whom a send goes to: LoyaltyDog's `target`, an email address or a phone number.
struct Target {
    Channel channel;
    std::string_view text;
};

/// Errors: `unsupported` for another channel or without a matching recipient, `invalid_request`
/// for bad vendor fields. The view lives as long as `send`.
Result<Target> target_of(SendOtp const& send) {
    if (send.channel == Channel::whatsapp) {
        return field_error(
            ErrorCategory::unsupported,
            "/channel",
            "must be sms or email: LoyaltyDog has no other channel"
        );
    }
    adapter::VendorFieldReader fields(
        send.vendor_fields, vendor_name, loyaltydog_description().send_fields
    );
    auto const explicit_target = fields.text("target", max_text);
    if (!fields.ok()) return fields.error();
    if (explicit_target) {
        bool const looks_like_email = explicit_target->find('@') != std::string_view::npos;
        Channel const guess = looks_like_email ? Channel::email : Channel::sms;
        return Target{send.channel.value_or(guess), *explicit_target};
    }
    Channel const channel = channel_of(send, loyaltydog_description());
    if (channel == Channel::sms && send.to.phone) return Target{channel, send.to.phone->reveal()};
    if (channel == Channel::email && send.to.email) return Target{channel, send.to.email->reveal()};
    return field_error(
        ErrorCategory::unsupported,
        channel == Channel::email ? "/to/email" : "/to/phone",
        "is missing: LoyaltyDog needs a phone number for sms, an email address for email, or its "
        "vendor field "
        "target"
    );
}

/// A 200 that says no. Any other status is documented neither for a success nor for a refusal.
bool is_documented_refusal(HttpResponse const& response, JsonObject const& body) {
    return response.status == 200 && bool_member(body, "success") == false;
}

class LoyaltyDogAdapter final : public adapter::ConfiguredAdapter {
public:
    LoyaltyDogAdapter(std::string base_url, adapter::BearerCredential credential, bool production)
        : ConfiguredAdapter(loyaltydog_description(), std::move(base_url)),
          credential_(std::move(credential)),
          production_(production) {}

    TokenGrant const* token_grant() const noexcept override { return credential_.grant(); }

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
    adapter::BearerCredential credential_;
    bool production_;
};

Result<HttpRequest> LoyaltyDogAdapter::encode_send(
    SendOtp const& send, AttemptContext const& /*context*/
) const {
    auto const target = target_of(send);
    if (!target) return target.error();
    JsonWriter body;
    body.add_text("target", target->text);
    return credential_.authorized_json(
        HttpRequest(HttpMethod::post, send_path), std::move(body).finish()
    );
}

Result<SendReceipt> LoyaltyDogAdapter::decode_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    if (!adapter::is_success_status(response.status)) return read_send_error(response, context);
    auto handle = handle_before_answer(send, context);
    if (!handle) return Error(ErrorCategory::internal, "no target", Delivery::unknown);
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return body.error();
    if (is_documented_refusal(response, *body)) {
        // `error` is a text here, or null.
        std::string_view const error = string_member(*body, "error").value_or("");
        std::string_view const message = string_member(*body, "message").value_or("");
        auto refused = refused_send(response, error.empty() ? message : error, context);
        // Whoever shows the code has made one.
        if (string_member(*body, "mockCode")) refused.delivery = Delivery::unknown;
        return refused;
    }
    Answer const answer{response, &*body, handle->reference(target_reference)};
    if (auto const problem = problem_of(answer, send_success); !problem.empty()) {
        return adapter::not_understood(response, problem, context.sent);
    }
    SendReceipt receipt(std::move(*handle));
    receipt.expires_at = context.now + code_expiry;
    adapter::take_test_code(receipt, string_member(*body, "mockCode"), "mockCode", production_);
    return receipt;
}

std::optional<VerificationHandle> LoyaltyDogAdapter::handle_before_answer(
    SendOtp const& send, AttemptContext const& context
) const {
    auto const target = target_of(send);
    if (!target) return std::nullopt;
    VerificationHandle handle(
        std::string(context.instance), std::string(vendor_name), target->channel
    );
    handle.set_reference(target_reference, target->text);
    return handle;
}

Result<HttpRequest> LoyaltyDogAdapter::encode_verify(
    VerifyOtp const& verify, AttemptContext const& /*context*/
) const {
    adapter::VendorFieldReader fields(verify.vendor_fields, vendor_name, vendor().verify_fields);
    auto const name = fields.text("name", max_text);
    std::string_view const target = verify.handle.reference(target_reference);
    if (target.empty() || adapter::has_control_character(target) || !adapter::is_utf8(target) ||
        adapter::utf8_length(target) > max_text) {
        fields.refuse_at("/handle/references/target", "must be 1 to 255 characters");
    }
    if (!adapter::is_digits(verify.code.reveal(), code_digits)) {
        fields.refuse_at("/code", "must be 6 digits");
    }
    if (!fields.ok()) return fields.error();

    JsonWriter body;
    body.add_text("target", target);
    body.add_text("code", verify.code.reveal());
    body.add_text_if("name", name);
    return credential_.authorized_json(
        HttpRequest(HttpMethod::post, verify_path), std::move(body).finish()
    );
}

Result<Verification> LoyaltyDogAdapter::decode_verify(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    if (!adapter::is_success_status(response.status)) return read_verify_error(response, context);
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return body.error();
    if (is_documented_refusal(response, *body)) {
        auto const error = string_member(*body, "error").value_or(std::string_view());
        return adapter::verification_of(outcome_of_message(error), response);
    }
    Answer const answer{response, &*body, verify.handle.reference(target_reference)};
    if (auto const problem = problem_of(answer, verify_success); !problem.empty()) {
        return adapter::not_understood(response, problem, context.sent);
    }
    auto verification = adapter::verification_of(Verification::Outcome::approved, response);
    if (auto const token = string_member(*body, "sessionToken"); token && !token->empty()) {
        SessionToken session;
        session.token = Secret(*token);
        verification.session = std::move(session);
    }
    if (auto const* const identity = object_member(*body, "identity")) {
        verification.user_id = string_member(*identity, "id").value_or("");
    }
    return verification;
}

VendorDescription describe() {
    VendorDescription description;
    description.name = vendor_name;
    description.title = "LoyaltyDog";
    description.channels = {Channel::sms, Channel::email};
    description.recipient = "a phone number or an email address";
    description.credentials = {{"token"}, {"username", "password"}};
    description.send_fields = {
        {"target",
         "the vendor's free-form target, 1 to 255 characters, instead of the recipient's phone "
         "number or email address"}};
    description.verify_fields = {
        {"name", "the customer's name for the first registration, at most 255 characters"}};
    description.sensitive.request_headers = {"authorization"};
    description.sensitive.request_members = {"/target", "/code", "/name", "/username", "/password"};
    description.sensitive.response_members = {
        "/mockCode",
        "/verifiedTarget",
        "/sessionToken",
        "/identity/**",
        "/accessToken",
        "/refreshToken",
        "/pendingToken"};
    description.expiry = "5 minutes";
    description.repetitions = {
        {500,
         599,
         "5xx: retry with backoff",
         "https://docs.loyalty.dog/api-reference/introduction"}};
    description.documentation_url =
        "https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp";
    return description;
}

}  // namespace

VendorDescription const& loyaltydog_description() {
    static VendorDescription const description = describe();
    return description;
}

Result<std::unique_ptr<ProviderAdapter>> make_loyaltydog_adapter(InstanceConfig const& instance) {
    adapter::InstanceSettings settings(instance, loyaltydog_description());
    bool const fixed_token = settings.credential_set() == 0;
    Secret const token = settings.credential("token");
    if (!token.empty() && settings.ok() && !adapter::is_visible_ascii(token.reveal())) {
        settings.refuse("/credentials/token", "must be visible ASCII without spaces");
    }
    std::string base_url = settings.base_url(production_url);
    if (!settings.ok()) return settings.error();

    auto credential = fixed_token
                          ? adapter::BearerCredential(token.reveal())
                          : adapter::BearerCredential(std::make_unique<adapter::OAuth2Grant>(
                                base_url,
                                std::string(token_path),
                                token_path,
                                adapter::GrantType::password,
                                settings.credential("username"),
                                settings.credential("password"),
                                adapter::camel_case_members
                            ));
    bool const production = adapter::is_production(instance, base_url, production_url);
    std::unique_ptr<ProviderAdapter> adapter =
        std::make_unique<LoyaltyDogAdapter>(std::move(base_url), std::move(credential), production);
    return adapter;
}

}  // namespace otp::loyaltydog
