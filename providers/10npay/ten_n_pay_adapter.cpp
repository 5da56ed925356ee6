#include "10npay/ten_n_pay_adapter.hpp"

#include "10npay/ten_n_pay_errors.hpp"
#include "10npay/ten_n_pay_success.hpp"

#include <otp/adapter/bearer_credential.hpp>
#include <otp/adapter/configured_adapter.hpp>
#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/json_writer.hpp>
#include <otp/adapter/oauth2_grant.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/adapter/vendor_field_reader.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace otp::ten_n_pay {
namespace {

constexpr std::string_view vendor_name = "10npay";
constexpr std::string_view test_url = "https://api-test.10npay.com";
/// https://developers.10npay.com/docs/merchant-authentication/
constexpr std::string_view test_token_url = "https://auth-test.10npay.com/connect/token";
constexpr std::string_view send_path = "/User/phone-number/send-code";
constexpr std::string_view resend_route = "/User/{id}/phone-number/resend-code";
constexpr std::string_view verify_path = "/User/phone-number/verify";
constexpr std::string_view status_route = "/User/{id}/status";
constexpr std::string_view token_route = "/connect/token";

constexpr std::string_view user_id_reference = "user_id";
constexpr std::string_view correlation_type_reference = "correlation_type";

constexpr std::int64_t max_user_id = std::numeric_limits<std::int32_t>::max();

/// A user id as 10nPay takes it: a positive int32 in decimal.
std::optional<std::int64_t> parse_user_id(std::string_view text) {
    auto const id = adapter::parse_integer(text);
    return id && *id >= 1 && *id <= max_user_id ? id : std::nullopt;
}

SendKind kind_of(SendOtp const& send) {
    auto const fields = send.vendor_fields.find(vendor_name);
    if (fields == send.vendor_fields.end()) return SendKind::send_code;
    auto const resend = fields->second.find("resend");
    bool const wanted = resend != fields->second.end() && resend->second == "true";
    return wanted ? SendKind::resend_code : SendKind::send_code;
}

class TenNPayAdapter final : public adapter::ConfiguredAdapter {
public:
    TenNPayAdapter(
        std::string base_url,
        adapter::BearerCredential credential,
        std::optional<std::int64_t> correlation_type,
        bool confirm_verification
    )
        : ConfiguredAdapter(ten_n_pay_description(), std::move(base_url)),
          credential_(std::move(credential)),
          correlation_type_(correlation_type),
          confirm_verification_(confirm_verification) {}

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
    std::optional<HttpRequest> encode_confirmation(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;
    Result<Verification> decode_confirmation(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;

private:
    /// The request's own field before the instance's option; nothing: the member is left out.
    std::optional<std::int64_t> correlation_type_of(adapter::VendorFieldReader& fields) const {
        auto const own = fields.integer("correlation_type", 0, 1);
        return own ? own : correlation_type_;
    }
    adapter::BearerCredential credential_;
    std::optional<std::int64_t> correlation_type_;
    bool confirm_verification_;
};

Result<HttpRequest> TenNPayAdapter::encode_send(
    SendOtp const& send, AttemptContext const& /*context*/
) const {
    if (send.channel && *send.channel != Channel::sms) {
        return field_error(
            ErrorCategory::unsupported, "/channel", "must be sms: 10nPay has no other channel"
        );
    }
    auto const user = send.to.user_ids.find(vendor_name);
    if (user == send.to.user_ids.end()) {
        return field_error(
            ErrorCategory::unsupported,
            "/to/user_ids/10npay",
            "is missing: 10nPay needs the user's id"
        );
    }
    SendKind const kind = kind_of(send);
    if (kind == SendKind::send_code && !send.to.phone) {
        return field_error(
            ErrorCategory::unsupported, "/to/phone", "is missing: 10nPay needs a phone number"
        );
    }
    adapter::VendorFieldReader fields(send.vendor_fields, vendor_name, vendor().send_fields);
    auto const correlation_type = correlation_type_of(fields);
    static_cast<void>(fields.boolean("resend"));
    auto const id = parse_user_id(user->second);
    if (!id) fields.refuse_at("/to/user_ids/10npay", "must be an integer from 1 to 2147483647");
    if (!fields.ok()) return fields.error();

    if (kind == SendKind::resend_code) {
        // No body and no Content-Type; the transport writes the documented `Content-Length: 0`.
        HttpRequest request(
            HttpMethod::post,
            "/User/" + encode_path_segment(std::to_string(*id)) + "/phone-number/resend-code",
            resend_route
        );
        credential_.authorize(request);
        return request;
    }
    adapter::JsonWriter body;
    body.add_integer("id", *id);
    body.add_text("phoneNumber", send.to.phone->reveal());
    body.add_integer_if("correlationType", correlation_type);
    return credential_.authorized_json(
        HttpRequest(HttpMethod::post, send_path), std::move(body).finish()
    );
}

Result<SendReceipt> TenNPayAdapter::decode_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    if (!adapter::is_success_status(response.status)) {
        return read_send_error(response, kind_of(send), context);
    }
    auto handle = handle_before_answer(send, context);
    if (!handle) return Error(ErrorCategory::internal, "no user id", Delivery::unknown);
    auto const& success = kind_of(send) == SendKind::resend_code ? resend_success : send_success;
    auto const problem = problem_of_answer(response, handle->reference(user_id_reference), success);
    if (!problem.empty()) return adapter::not_understood(response, problem, context.sent);
    // No expiry: 10nPay neither reports nor documents one.
    return SendReceipt(std::move(*handle));
}

std::optional<VerificationHandle> TenNPayAdapter::handle_before_answer(
    SendOtp const& send, AttemptContext const& context
) const {
    auto const user = send.to.user_ids.find(vendor_name);
    if (user == send.to.user_ids.end()) return std::nullopt;
    adapter::VendorFieldReader fields(send.vendor_fields, vendor_name, vendor().send_fields);
    VerificationHandle handle(
        std::string(context.instance), std::string(vendor_name), Channel::sms
    );
    handle.set_reference(user_id_reference, user->second);
    if (auto const correlation_type = correlation_type_of(fields)) {
        handle.set_reference(correlation_type_reference, std::to_string(*correlation_type));
    }
    return handle;
}

Result<HttpRequest> TenNPayAdapter::encode_verify(
    VerifyOtp const& verify, AttemptContext const& /*context*/
) const {
    adapter::VendorFieldReader fields(verify.vendor_fields, vendor_name, vendor().verify_fields);
    auto correlation_type = fields.integer("correlation_type", 0, 1);
    std::string_view const sent_type = verify.handle.reference(correlation_type_reference);
    if (!correlation_type && !sent_type.empty()) {
        correlation_type = adapter::parse_integer(sent_type);
        if (!correlation_type || *correlation_type < 0 || *correlation_type > 1) {
            fields.refuse_at("/handle/references/correlation_type", "must be 0 or 1");
        }
    }
    auto const id = parse_user_id(verify.handle.reference(user_id_reference));
    if (!id) {
        fields.refuse_at("/handle/references/user_id", "must be an integer from 1 to 2147483647");
    }
    if (!fields.ok()) return fields.error();

    adapter::JsonWriter body;
    body.add_integer("id", *id);
    body.add_text("code", verify.code.reveal());
    body.add_integer_if("correlationType", correlation_type);
    return credential_.authorized_json(
        HttpRequest(HttpMethod::post, verify_path), std::move(body).finish()
    );
}

Result<Verification> TenNPayAdapter::decode_verify(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    if (!adapter::is_success_status(response.status)) return read_verify_error(response, context);
    auto const user_id = verify.handle.reference(user_id_reference);
    auto const problem = problem_of_answer(response, user_id, verify_success);
    if (!problem.empty()) return adapter::not_understood(response, problem, context.sent);
    auto verification = adapter::verification_of(Verification::Outcome::approved, response);
    verification.user_id = user_id;
    return verification;
}

std::optional<HttpRequest> TenNPayAdapter::encode_confirmation(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& /*context*/
) const {
    auto const id = parse_user_id(verify.handle.reference(user_id_reference));
    if (!confirm_verification_ || !id || !says_nothing(response)) return std::nullopt;
    HttpRequest request(
        HttpMethod::get,
        "/User/" + encode_path_segment(std::to_string(*id)) + "/status",
        status_route
    );
    credential_.authorize(request);
    return request;
}

Result<Verification> TenNPayAdapter::decode_confirmation(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    if (!adapter::is_success_status(response.status)) return read_status_error(response, context);
    return read_user_status(response, verify.handle.reference(user_id_reference), context.sent);
}

VendorDescription describe() {
    VendorDescription description;
    description.name = vendor_name;
    description.title = "10nPay";
    description.channels = {Channel::sms};
    description.recipient = "the user's id (an integer) in user_ids[\"10npay\"] and a phone number";
    description.credentials = {{"access_token"}, {"client_id", "client_secret"}};
    description.options = {
        {"confirm_verification",
         "true: a check that is answered with 200 and nothing else is approved only if the user's "
         "status says that the phone number is verified (a second request); default false"},
        {"correlation_type", "0 for individual users (the vendor's default), 1 for merchants"},
        {"token_url",
         "the token endpoint for client_id and client_secret; needed together with base_url"}};
    description.environments = {"test", "production"};
    description.send_fields = {
        {"correlation_type", "0 or 1; overrides the instance's option"},
        {"resend", "true: send the code again to the phone number that the user already has"}};
    description.verify_fields = {{"correlation_type", "0 or 1; default: as in the send"}};
    description.sensitive.request_headers = {"authorization"};
    description.sensitive.request_members = {
        "/id", "/phoneNumber", "/code", "/client_id", "/client_secret"};
    description.sensitive.path_parameters = {"id"};
    description.sensitive.response_members = {
        "/id", "/userId", "/phoneNumber", "/access_token", "/id_token", "/refresh_token"};
    description.expiry = "unknown";
    description.documentation_url = "https://developers.10npay.com/docs/send-verification-code";
    description.repetitions = {
        {500,
         599,
         "5xx Server Error — transient failure (retry with backoff).",
         "https://developers.10npay.com/docs/send-verification-code"}};
    return description;
}

}  // namespace

VendorDescription const& ten_n_pay_description() {
    static VendorDescription const description = describe();
    return description;
}

Result<std::unique_ptr<ProviderAdapter>> make_ten_n_pay_adapter(InstanceConfig const& instance) {
    adapter::InstanceSettings settings(instance, ten_n_pay_description());
    bool const fixed_token = settings.credential_set() == 0;
    Secret const token = settings.credential("access_token");
    if (!token.empty() && settings.ok() && !adapter::is_visible_ascii(token.reveal())) {
        settings.refuse("/credentials/access_token", "must be visible ASCII without spaces");
    }
    auto const correlation_type = settings.option_integer("correlation_type", 0, 1);
    bool const confirm = settings.option_bool("confirm_verification").value_or(false);
    auto const token_url = settings.option_url("token_url");
    if (instance.environment == "production" && !instance.base_url) {
        settings.refuse(
            "/base_url", "10nPay documents no address for production: set the one you were given"
        );
    }
    // The test environment's token endpoint must not see the credentials of another one.
    bool const needs_token_url = !fixed_token && instance.base_url.has_value();
    if (needs_token_url && !instance.options.contains("token_url")) {
        settings.refuse(
            "/options/token_url",
            "base_url is set, so the token endpoint must be, too (in production "
            "https://auth.10npay.com/connect/token)"
        );
    }
    std::string base_url = settings.base_url(test_url);
    if (!settings.ok()) return settings.error();

    auto const make_grant = [&] {
        auto const documented = HttpUrl::parse_endpoint(test_token_url);
        auto const& url = token_url ? *token_url : documented.value();
        return std::make_unique<adapter::OAuth2Grant>(
            url.origin(),
            url.path().empty() ? "/" : url.path(),
            token_route,
            adapter::GrantType::client_credentials,
            settings.credential("client_id"),
            settings.credential("client_secret"),
            adapter::rfc6749_members
        );
    };
    auto credential = fixed_token ? adapter::BearerCredential(token.reveal())
                                  : adapter::BearerCredential(make_grant());
    std::unique_ptr<ProviderAdapter> adapter = std::make_unique<TenNPayAdapter>(
        std::move(base_url), std::move(credential), correlation_type, confirm
    );
    return adapter;
}

}  // namespace otp::ten_n_pay
