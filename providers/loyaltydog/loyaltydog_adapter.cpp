#include "loyaltydog/loyaltydog_adapter.hpp"

#include "common/bearer_credential.hpp"
#include "common/error_table.hpp"
#include "common/instance_settings.hpp"
#include "common/oauth2_grant.hpp"
#include "common/stack_json.hpp"
#include "common/test_code.hpp"
#include "common/text_check.hpp"
#include "common/vendor_field_reader.hpp"
#include "loyaltydog/loyaltydog_errors.hpp"
#include "loyaltydog/loyaltydog_success.hpp"

#include <otp/adapter/json_body.hpp>
#include <otp/hints.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace otp::loyaltydog {
namespace {

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
/// "Codes expire after 5 minutes"; the answer does not tell it.
constexpr std::chrono::minutes code_life{5};

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
    common::VendorFieldReader fields(
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
    if (channel == Channel::sms && send.to.phone) {
        return Target{channel, send.to.phone->reveal()};
    }
    if (channel == Channel::email && send.to.email) {
        return Target{channel, send.to.email->reveal()};
    }
    return field_error(
        ErrorCategory::unsupported,
        channel == Channel::email ? "/to/email" : "/to/phone",
        "is missing: LoyaltyDog needs a phone number for sms, an email address for email, or its "
        "vendor field "
        "target"
    );
}

/// A 200 that says no. Any other status is documented neither for a success nor for a refusal.
bool is_documented_refusal(HttpResponse const& response, boost::json::object const& body) {
    return response.status == 200 && bool_member(body, "success") == false;
}

class LoyaltyDogAdapter final : public ProviderAdapter {
public:
    LoyaltyDogAdapter(std::string base_url, common::BearerCredential credential, bool production)
        : base_url_(std::move(base_url)),
          credential_(std::move(credential)),
          production_(production) {}

    VendorDescription const& vendor() const noexcept override { return loyaltydog_description(); }
    std::string const& base_url() const noexcept override { return base_url_; }
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
    std::string base_url_;
    common::BearerCredential credential_;
    bool production_;
};

Result<HttpRequest> LoyaltyDogAdapter::encode_send(
    SendOtp const& send, AttemptContext const& context
) const {
    auto const target = target_of(send);
    if (!target) return target.error();
    common::StackJson memory;
    boost::json::object body(memory.storage());
    body.emplace("target", target->text);
    return credential_.authorized_json(HttpRequest(HttpMethod::post, send_path), body, context);
}

Result<SendReceipt> LoyaltyDogAdapter::decode_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    if (!common::is_success_status(response.status)) return read_send_error(response, context);
    auto handle = handle_before_answer(send, context);
    if (!handle) return Error(ErrorCategory::internal, "no target", Delivery::unknown);
    common::StackJson memory;
    auto const body = common::parse_json_object(response.body, memory);
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
        return common::not_understood(response, problem, context.sent);
    }
    SendReceipt receipt(std::move(*handle));
    receipt.expires_at = context.now + code_life;
    common::take_test_code(receipt, string_member(*body, "mockCode"), "mockCode", production_);
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
    VerifyOtp const& verify, AttemptContext const& context
) const {
    common::VendorFieldReader fields(verify.vendor_fields, vendor_name, vendor().verify_fields);
    auto const name = fields.text("name", max_text);
    std::string_view const target = verify.handle.reference(target_reference);
    if (target.empty() || common::has_control_character(target) || !common::is_utf8(target) ||
        common::utf8_length(target) > max_text) {
        fields.refuse_at("/handle/references/target", "must be 1 to 255 characters");
    }
    if (!common::is_digits(verify.code.reveal(), code_digits)) {
        fields.refuse_at("/code", "must be 6 digits");
    }
    if (!fields.ok()) return fields.error();

    common::StackJson memory;
    boost::json::object body(memory.storage());
    body.emplace("target", target);
    body.emplace("code", verify.code.reveal());
    if (name) body.emplace("name", *name);
    return credential_.authorized_json(HttpRequest(HttpMethod::post, verify_path), body, context);
}

Result<Verification> LoyaltyDogAdapter::decode_verify(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    if (!common::is_success_status(response.status)) return read_verify_error(response, context);
    common::StackJson memory;
    auto const body = common::parse_json_object(response.body, memory);
    if (!body) return body.error();
    if (is_documented_refusal(response, *body)) {
        Verification verification(
            outcome_of_message(string_member(*body, "error").value_or(std::string_view()))
        );
        verification.http_status = response.status;
        return verification;
    }
    Answer const answer{response, &*body, verify.handle.reference(target_reference)};
    if (auto const problem = problem_of(answer, verify_success); !problem.empty()) {
        return common::not_understood(response, problem, context.sent);
    }
    Verification verification(Verification::Outcome::approved);
    verification.http_status = response.status;
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
    description.expiry = "5 minutes";
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
    common::InstanceSettings settings(instance, loyaltydog_description());
    bool const fixed_token = settings.credential_set() == 0;
    Secret const token = settings.credential("token");
    if (fixed_token && settings.ok() && !common::is_visible_ascii(token.reveal())) {
        settings.refuse("/credentials/token", "must be visible ASCII without spaces");
    }
    std::string base_url = settings.base_url(production_url);
    if (!settings.ok()) return settings.error();

    auto credential = fixed_token ? common::BearerCredential(token.reveal())
                                  : common::BearerCredential(std::make_unique<common::OAuth2Grant>(
                                        base_url,
                                        std::string(token_path),
                                        token_path,
                                        common::GrantType::password,
                                        settings.credential("username"),
                                        settings.credential("password"),
                                        common::camel_case_members
                                    ));
    bool const production = common::is_production(instance, base_url, production_url);
    std::unique_ptr<ProviderAdapter> adapter =
        std::make_unique<LoyaltyDogAdapter>(std::move(base_url), std::move(credential), production);
    return adapter;
}

}  // namespace otp::loyaltydog
