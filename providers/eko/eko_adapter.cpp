#include "eko/eko_adapter.hpp"

#include "eko/eko_response.hpp"
#include "eko/eko_signature.hpp"
#include "eko/eko_success.hpp"
#include "eko/java_date.hpp"

#include <otp/adapter/configured_adapter.hpp>
#include <otp/adapter/fitted_hints.hpp>
#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/json_writer.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/test_code.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/adapter/vendor_field_reader.hpp>
#include <otp/error.hpp>
#include <otp/json_body.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::eko {

namespace json = boost::json;

namespace {

constexpr std::string_view send_target = "/tools/kyc/mobile/otp";
constexpr std::string_view verify_target = "/tools/kyc/mobile/otp/verify";
constexpr std::string_view sandbox_url = "https://staging.eko.in/ekoapi/v3";
constexpr std::string_view production_url = "https://api.eko.in/ekoicici/v3";

constexpr std::string_view indian_calling_code = "+91";
constexpr std::size_t indian_number_digits = 10;
/// "Max 20 characters, unique per request" (https://eps.eko.in/docs).
constexpr std::size_t max_reference = 20;
constexpr std::size_t max_field = 64;
constexpr int http_ok = 200;

/// Names of what the handle keeps.
namespace reference {
constexpr std::string_view mobile = "mobile";
constexpr std::string_view client_ref_id = "client_ref_id";
constexpr std::string_view otp_ref_id = "otp_ref_id";
/// Only if the send did not use the instance's own.
constexpr std::string_view initiator_id = "initiator_id";
}  // namespace reference

/// 1 to 20 printable ASCII characters.
bool is_reference(std::string_view text) noexcept {
    return !text.empty() && text.size() <= max_reference &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Eko's form of the number: ten digits without the calling code.
Result<std::string_view> mobile_of(SendOtp const& send) {
    if (send.channel && *send.channel != Channel::sms) {
        return field_error(
            ErrorCategory::unsupported, "/channel", "must be sms: Eko has no other channel"
        );
    }
    if (!send.to.phone) {
        return field_error(
            ErrorCategory::unsupported, "/to/phone", "is missing: Eko needs a phone number"
        );
    }
    auto const number = send.to.phone->reveal();
    bool const indian = number.substr(0, indian_calling_code.size()) == indian_calling_code;
    auto const digits = number.substr(std::min(indian_calling_code.size(), number.size()));
    if (!indian || digits.size() != indian_number_digits) {
        return field_error(
            ErrorCategory::invalid_recipient,
            "/to/phone",
            "must be an Indian number (+91 and 10 digits): Eko takes no other"
        );
    }
    return digits;
}

/// The request's own reference, or else the attempt's; empty if there is neither.
std::string_view reference_of(SendOtp const& send, AttemptContext const& context) noexcept {
    return send.reference ? std::string_view(*send.reference) : context.unique_reference;
}

/// The text of a member of `data`, if it can be kept and sent back.
std::optional<std::string> kept_text(json::object const& data, std::string_view name) {
    auto text = text_member(data, name);
    if (!text || text->empty() || text->size() > max_field ||
        adapter::has_control_character(*text)) {
        return std::nullopt;
    }
    return text;
}

/// What a 2xx that is no success means: a refusal where it says so, else that nobody can tell.
adapter::Refusal no_success(
    Answer const& answer, AnswerProblem const& problem, AttemptContext const& context
) {
    auto const& envelope = answer.envelope;
    auto const display_status = envelope.response_status_id.value_or(0);
    bool const is_documented = answer.response.status == http_ok;
    bool const numbers_say_no = envelope.says_failure() || !envelope.status ||
                                (display_status != 0 && display_status != -1);
    if (is_documented && numbers_say_no) {
        auto refusal = read_refusal(answer.response, context);
        // Its message may be that of a success.
        if (!envelope.says_failure()) {
            refusal.error.message =
                adapter::not_understood(answer.response, problem, context.sent).message;
        }
        return refusal;
    }
    return adapter::Refusal(adapter::not_understood(answer.response, problem, context.sent));
}

class EkoAdapter final : public adapter::ConfiguredAdapter {
public:
    EkoAdapter(adapter::InstanceSettings& settings, std::string url, bool production)
        : ConfiguredAdapter(eko_description(), std::move(url)),
          production_(production),
          developer_key_(settings.credential("developer_key")),
          signer_(settings.credential("access_key").reveal()),
          initiator_id_(settings.option_text("initiator_id", max_field).value_or(std::string())),
          csp_id_(settings.option_text("csp_id", max_field).value_or(std::string())) {}

    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const& context)
        const override {
        return adapter::with_fitted_hints(send, vendor(), context, [&](SendOtp const& fitted) {
            return encode_fitted_send(fitted, context);
        });
    }
    Result<SendReceipt> decode_send(
        SendOtp const& send, HttpResponse const& response, AttemptContext const& context
    ) const override {
        return adapter::with_fitted_hints(send, vendor(), context, [&](SendOtp const& fitted) {
            return decode_fitted_send(fitted, response, context);
        });
    }
    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const& context)
        const override;
    Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;
    std::optional<VerificationHandle> handle_before_answer(
        SendOtp const& send, AttemptContext const& context
    ) const override;

private:
    /// `send` has hints that fit.
    std::optional<VerificationHandle> handle_of(SendOtp const& send, AttemptContext const& context)
        const;
    Result<HttpRequest> encode_fitted_send(SendOtp const& send, AttemptContext const& context)
        const;
    Result<SendReceipt> decode_fitted_send(
        SendOtp const& send, HttpResponse const& response, AttemptContext const& context
    ) const;

    /// Signs: one timestamp for each attempt, the same text signed and sent.
    Result<HttpRequest> signed_request(
        HttpMethod method, std::string_view target, std::string body, AttemptContext const& context
    ) const;

    bool production_;
    Secret developer_key_;
    EkoSigner signer_;
    std::string initiator_id_;
    std::string csp_id_;
};

Result<HttpRequest> EkoAdapter::signed_request(
    HttpMethod method, std::string_view target, std::string body, AttemptContext const& context
) const {
    auto timestamp = std::to_string(context.now.time_since_epoch().count());
    auto signature = signer_.sign(timestamp);
    if (!signature) return std::move(signature).error();

    HttpRequest request(method, target);
    request.headers.reserve(3);
    // The underscore is Eko's; a proxy in between must not drop such header names.
    request.headers.push_back(HttpHeader{"developer_key", std::string(developer_key_.reveal())});
    request.headers.push_back(HttpHeader{"secret-key", std::move(*signature)});
    request.headers.push_back(HttpHeader{"secret-key-timestamp", std::move(timestamp)});
    request.content_type = json_content_type;
    request.body = std::move(body);
    return request;
}

Result<HttpRequest> EkoAdapter::encode_fitted_send(
    SendOtp const& send, AttemptContext const& context
) const {
    auto const mobile = mobile_of(send);
    if (!mobile) return mobile.error();

    adapter::VendorFieldReader fields(
        send.vendor_fields, eko_description().name, eko_description().send_fields
    );
    auto const initiator_id = fields.text("initiator_id", max_field).value_or(initiator_id_);
    auto const csp_id = fields.text("csp_id", max_field).value_or(csp_id_);
    auto const user_code = fields.text("user_code", max_field);
    auto const intent_id = fields.text("intent_id", max_field);
    auto const client_ref_id = reference_of(send, context);
    if (fields.ok() && initiator_id.empty()) {
        fields.refuse("initiator_id", "is needed here, or as an option of the instance");
    }
    if (fields.ok() && csp_id.empty()) {
        fields.refuse("csp_id", "is needed here, or as an option of the instance");
    }
    if (!fields.ok()) return fields.error();

    adapter::JsonWriter body;
    body.add_text("initiator_id", initiator_id);
    if (!client_ref_id.empty()) body.add_text("client_ref_id", client_ref_id);
    body.add_text("csp_id", csp_id);
    body.add_text("mobile", *mobile);
    body.add_text_if("user_code", user_code);
    body.add_text_if("intent_id", intent_id);
    return signed_request(HttpMethod::post, send_target, std::move(body).finish(), context);
}

Result<SendReceipt> EkoAdapter::decode_fitted_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    auto handle = handle_of(send, context);
    if (!handle) return Error(ErrorCategory::internal, "no mobile number", Delivery::unknown);
    if (!adapter::is_success_status(response.status)) return read_refusal(response, context).error;

    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return adapter::not_understood(response, body.error().message);
    auto const envelope = read_envelope(body->tree());
    Answer const answer{
        response,
        &body->tree(),
        envelope,
        handle->reference(reference::mobile),
        handle->reference(reference::client_ref_id),
        {}};
    if (auto const problem = problem_of(answer, send_success); !problem.empty()) {
        return no_success(answer, problem, context).error;
    }

    SendReceipt receipt(std::move(*handle));
    if (envelope.data == nullptr) return receipt;
    if (auto const id = kept_text(*envelope.data, "otp_ref_id")) {
        receipt.handle.set_reference(reference::otp_ref_id, *id);
    }
    if (auto const expiry = string_member(*envelope.data, "otp_expiry_timestamp")) {
        receipt.expires_at = parse_java_date(*expiry);
    }
    if (auto const transaction = text_member(*envelope.data, "tid")) {
        receipt.request_id = context.sent.scrub_identifier(*transaction);
    }
    auto const code = text_member(*envelope.data, "otp");
    adapter::take_test_code(receipt, code, "data.otp", production_);
    return receipt;
}

std::optional<VerificationHandle> EkoAdapter::handle_before_answer(
    SendOtp const& send, AttemptContext const& context
) const {
    std::optional<VerificationHandle> handle;
    // Only a refused request has none.
    auto const keep = [&](SendOtp const& fitted) -> Result<bool> {
        handle = handle_of(fitted, context);
        return true;
    };
    static_cast<void>(adapter::with_fitted_hints(send, vendor(), context, keep));
    return handle;
}

std::optional<VerificationHandle> EkoAdapter::handle_of(
    SendOtp const& send, AttemptContext const& context
) const {
    auto const mobile = mobile_of(send);
    if (!mobile) return std::nullopt;
    VerificationHandle handle(std::string(context.instance), eko_description().name, Channel::sms);
    handle.set_reference(reference::mobile, *mobile);
    // The id that was sent, and not the echoed one: the documents' example echoes another.
    if (auto const id = reference_of(send, context); !id.empty()) {
        handle.set_reference(reference::client_ref_id, id);
    }
    adapter::VendorFieldReader fields(
        send.vendor_fields, eko_description().name, eko_description().send_fields
    );
    if (auto const id = fields.text("initiator_id", max_field)) {
        handle.set_reference(reference::initiator_id, *id);
    }
    return handle;
}

Result<HttpRequest> EkoAdapter::encode_verify(
    VerifyOtp const& verify, AttemptContext const& context
) const {
    auto const mobile = verify.handle.reference(reference::mobile);
    if (!adapter::is_digits(mobile, indian_number_digits)) {
        return field_error(
            ErrorCategory::invalid_request,
            "/handle/references/mobile",
            "is missing or no Eko number of 10 digits"
        );
    }

    adapter::VendorFieldReader fields(
        verify.vendor_fields, eko_description().name, eko_description().verify_fields
    );
    auto const kept_or = [&](std::string_view name, std::string_view otherwise) {
        auto const kept = verify.handle.reference(name);
        return kept.empty() ? otherwise : kept;
    };
    auto const initiator_id = fields.text("initiator_id", max_field)
                                  .value_or(kept_or(reference::initiator_id, initiator_id_));
    auto const client_ref_id =
        fields.text("client_ref_id", max_reference).value_or(kept_or(reference::client_ref_id, {}));
    auto const otp_ref_id =
        fields.text("otp_ref_id", max_field).value_or(kept_or(reference::otp_ref_id, {}));
    auto const user_code = fields.text("user_code", max_field);
    if (fields.ok() && initiator_id.empty()) {
        fields.refuse("initiator_id", "is needed here, or as an option of the instance");
    }
    if (!client_ref_id.empty() && !is_reference(client_ref_id)) {
        fields.refuse("client_ref_id", "must be 1 to 20 printable ASCII characters");
    }
    for (auto const& [name, value] :
         {std::pair(reference::initiator_id, initiator_id),
          std::pair(reference::otp_ref_id, otp_ref_id)}) {
        if (value.size() > max_field * 4 || !adapter::is_utf8(value) ||
            adapter::has_control_character(value)) {
            fields.refuse_at(
                append_json_pointer("/handle/references", name),
                "cannot be used: it is too long, or no plain text"
            );
        }
    }
    if (!fields.ok()) return fields.error();

    adapter::JsonWriter body;
    body.add_text("initiator_id", initiator_id);
    body.add_text("otp", verify.code.reveal());
    body.add_text("mobile", mobile);
    if (!client_ref_id.empty()) body.add_text("client_ref_id", client_ref_id);
    if (!otp_ref_id.empty()) body.add_text("otp_ref_id", otp_ref_id);
    body.add_text_if("user_code", user_code);
    return signed_request(HttpMethod::put, verify_target, std::move(body).finish(), context);
}

Result<Verification> EkoAdapter::decode_verify(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    if (!adapter::is_success_status(response.status)) {
        return read_refusal(response, context).verification();
    }
    adapter::JsonMemory memory;
    auto const body = adapter::JsonObject::read(response.body, memory);
    if (!body) return adapter::not_understood(response, body.error().message);
    auto const envelope = read_envelope(body->tree());
    adapter::VendorFieldReader fields(
        verify.vendor_fields, eko_description().name, eko_description().verify_fields
    );
    auto const sent = [&](std::string_view name) {
        return fields.text(name, max_field).value_or(verify.handle.reference(name));
    };
    Answer const answer{
        response,
        &body->tree(),
        envelope,
        verify.handle.reference(reference::mobile),
        sent(reference::client_ref_id),
        sent(reference::otp_ref_id)};
    if (auto const problem = problem_of(answer, verify_success); !problem.empty()) {
        return no_success(answer, problem, context).verification();
    }
    auto verification = adapter::verification_of(Verification::Outcome::approved, response);
    verification.session.emplace().token =
        Secret(string_member(*envelope.data, "otp_verification_token").value_or(""));
    if (auto const transaction = text_member(*envelope.data, "tid")) {
        verification.request_id = context.sent.scrub_identifier(*transaction);
    }
    return verification;
}

VendorDescription describe_eko() {
    VendorDescription vendor;
    vendor.name = "eko";
    vendor.title = "Eko";
    vendor.channels = {Channel::sms};
    vendor.recipient = "an Indian phone number";
    vendor.credentials = {{"developer_key", "access_key"}};
    vendor.options = {
        {"initiator_id", "Your registered mobile number; may be given for each request instead."},
        {"csp_id", "Customer Service Point that sends; may be given for each request instead."},
    };
    vendor.environments = {"sandbox", "production"};
    vendor.send_fields = {
        {"initiator_id", "Overrides the option."},
        {"csp_id", "Overrides the option."},
        {"user_code", "User code of the agent, for accounts that still need it."},
        {"intent_id", "Purpose of the code, for accounts that still need it."},
    };
    vendor.verify_fields = {
        {"initiator_id", "Overrides the option."},
        {"client_ref_id", "Overrides the reference of the send."},
        {"otp_ref_id", "Overrides the reference that Eko gave."},
        {"user_code", "User code of the agent, for accounts that still need it."},
    };
    vendor.hints.reference_characters = max_reference;
    vendor.sensitive.request_headers = {"developer_key", "secret-key"};
    vendor.sensitive.request_members = {
        "/initiator_id",
        "/client_ref_id",
        "/csp_id",
        "/mobile",
        "/otp",
        "/otp_ref_id",
        "/user_code",
        "/intent_id"};
    vendor.sensitive.response_members = {
        "/data/initiator_id",
        "/data/client_ref_id",
        "/data/mobile",
        "/data/otp",
        "/data/otp_ref_id",
        "/data/otp_verification_token",
        "/data/user_code",
        "/invalid_params/**",
        "/invalid_parameters/**"};
    vendor.expiry = "as the answer says";
    vendor.documentation_url = "https://eps.eko.in/docs/mobile-otp-send";
    return vendor;
}

}  // namespace

VendorDescription const& eko_description() {
    static VendorDescription const description = describe_eko();
    return description;
}

Result<std::unique_ptr<ProviderAdapter>> make_eko_adapter(InstanceConfig const& instance) {
    adapter::InstanceSettings settings(instance, eko_description());
    if (instance.environment.empty() && !instance.base_url) {
        settings.refuse("/environment", "must be sandbox or production, or base_url must be given");
    }
    auto url =
        settings.base_url(instance.environment == "production" ? production_url : sandbox_url);
    if (auto const key = settings.credential("developer_key");
        !key.empty() && !adapter::is_visible_ascii(key.reveal())) {
        settings.refuse("/credentials/developer_key", "must be ASCII without spaces");
    }
    bool const production = adapter::is_production(instance, url, production_url);
    auto adapter = std::make_unique<EkoAdapter>(settings, std::move(url), production);
    if (!settings.ok()) return settings.error();
    return std::unique_ptr<ProviderAdapter>(std::move(adapter));
}

}  // namespace otp::eko
