#include "stytch/stytch_adapter.hpp"

#include "stytch/stytch_endpoint.hpp"
#include "stytch/stytch_errors.hpp"
#include "stytch/stytch_success.hpp"

#include <otp/adapter/configured_adapter.hpp>
#include <otp/adapter/fitted_hints.hpp>
#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/json_writer.hpp>
#include <otp/adapter/language_tag.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/adapter/vendor_field_reader.hpp>
#include <otp/error.hpp>
#include <otp/json_body.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::stytch {

namespace {

using adapter::JsonObject;
using adapter::JsonWriter;
using std::chrono::minutes;

constexpr std::string_view live_url = "https://api.stytch.com";
constexpr std::string_view test_url = "https://test.stytch.com";
constexpr std::string_view live_prefix = "project-live-";
constexpr std::string_view test_prefix = "project-test-";

constexpr minutes shortest_expiry{1};
constexpr minutes longest_expiry{10};
/// "The default expiration is 2 minutes."
constexpr minutes default_expiry{2};

constexpr std::int64_t shortest_session_minutes = 5;
constexpr std::int64_t longest_session_minutes = 527040;
/// Four kilobytes, by the description of `session_custom_claims`.
constexpr std::size_t max_custom_claims = 4096;
constexpr std::size_t max_token = 4096;
constexpr std::size_t max_id = 255;
/// Of `user_agent`.
constexpr std::size_t max_attribute = 1024;
constexpr int http_ok = 200;

/// The reference that the handle keeps.
constexpr std::string_view method_id_reference = "method_id";

/// The endpoint for the request, and the address in it.
struct Destination {
    SendEndpoint const* endpoint;
    std::string_view address;
};

Result<Destination> destination_of(SendOtp const& send) {
    Channel const wanted = channel_of(send, stytch_description());
    if (wanted == Channel::email) {
        if (!send.to.email) {
            return field_error(
                ErrorCategory::unsupported,
                "/to/email",
                "is missing: Stytch needs an email address for email"
            );
        }
        return Destination{&email_endpoint, send.to.email->reveal()};
    }
    if (!send.to.phone) {
        return field_error(
            ErrorCategory::unsupported,
            "/to/phone",
            "is missing: Stytch needs a phone number or email address"
        );
    }
    return Destination{
        wanted == Channel::whatsapp ? &whatsapp_endpoint : &sms_endpoint, send.to.phone->reveal()};
}

void add_attributes(JsonWriter& body, ClientAttributes const& client) {
    if (!client.ip_address && !client.user_agent) return;
    body.begin_object("attributes");
    body.add_text_if("ip_address", client.ip_address);
    body.add_text_if("user_agent", client.user_agent);
    body.end_object();
}

/// The languages of the instance's messages, in Stytch's spelling, where the request names none
/// that Stytch has; empty where the instance has none, or none that the channel knows. Views into
/// the lists below, which live as long as the program.
struct DefaultLocales {
    std::string_view phone;
    std::string_view email;

    [[nodiscard]] std::string_view of(Channel channel) const noexcept {
        return channel == Channel::email ? email : phone;
    }
};

std::string_view text_of(JsonObject const& body, std::string_view name) {
    return string_member(body, name).value_or(std::string_view());
}

/// A 200 that is no success.
Error no_success(
    Answer const& answer, AnswerProblem const& problem, AttemptContext const& context
) {
    if (names_an_error(*answer.body)) return read_refusal(answer.response, context).error;
    return adapter::not_understood(answer.response, problem, context.sent);
}

/// Stytch documents 200 only.
bool is_undocumented_success(HttpResponse const& response) {
    return adapter::is_success_status(response.status) && response.status != http_ok;
}
constexpr std::string_view other_success = "its status is not the documented one";

/// The user that `send` names; empty if it names none.
std::string_view user_of(SendOtp const& send) {
    constexpr std::string_view vendor = "stytch";
    if (auto const fields = send.vendor_fields.find(vendor); fields != send.vendor_fields.end()) {
        auto const id = fields->second.find("user_id");
        if (id != fields->second.end()) return id->second;
    }
    auto const id = send.to.user_ids.find(vendor);
    return id == send.to.user_ids.end() ? std::string_view() : std::string_view(id->second);
}

class StytchAdapter final : public adapter::ConfiguredAdapter {
public:
    StytchAdapter(
        std::string url,
        std::string_view environment,
        Secret authorization,
        bool create_user,
        DefaultLocales default_locales
    )
        : ConfiguredAdapter(stytch_description(), std::move(url)),
          environment_(environment),
          authorization_(std::move(authorization)),
          create_user_(create_user),
          default_locales_(default_locales) {}

    std::string_view environment() const noexcept override { return environment_; }
    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const& context)
        const override {
        return adapter::with_fitted_hints(send, vendor(), context, [this](SendOtp const& fitted) {
            return encode_fitted_send(fitted);
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
        const override {
        return adapter::with_fitted_hints(
            verify,
            vendor(),
            context,
            [this](VerifyOtp const& fitted) { return encode_fitted_verify(fitted); }
        );
    }
    Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const override;

private:
    Result<HttpRequest> encode_fitted_send(SendOtp const& send) const;
    Result<SendReceipt> decode_fitted_send(
        SendOtp const& send, HttpResponse const& response, AttemptContext const& context
    ) const;
    Result<HttpRequest> encode_fitted_verify(VerifyOtp const& verify) const;
    HttpRequest authorized_request(std::string_view target, std::string body) const;

    /// Lives as long as the program.
    std::string_view environment_;
    Secret authorization_;
    bool create_user_;
    DefaultLocales default_locales_;
};

HttpRequest StytchAdapter::authorized_request(std::string_view target, std::string body) const {
    HttpRequest request(HttpMethod::post, target);
    request.headers.reserve(1);
    request.headers.push_back(HttpHeader{"Authorization", std::string(authorization_.reveal())});
    request.content_type = json_content_type;
    request.body = std::move(body);
    return request;
}

Result<HttpRequest> StytchAdapter::encode_fitted_send(SendOtp const& send) const {
    auto const destination = destination_of(send);
    if (!destination) return destination.error();
    auto const& endpoint = *destination->endpoint;
    std::string_view const locale =
        send.locale ? std::string_view(*send.locale) : default_locales_.of(endpoint.channel);

    auto const& vendor = stytch_description();
    adapter::VendorFieldReader fields(send.vendor_fields, vendor.name, vendor.send_fields);
    auto user_id = fields.text("user_id", max_id);
    auto const session_token = fields.text("session_token", max_token);
    auto const session_jwt = fields.text("session_jwt", max_token);
    auto const create_user_as_pending = fields.boolean("create_user_as_pending");
    auto const login_template_id = fields.text("login_template_id", max_id);
    auto const signup_template_id = fields.text("signup_template_id", max_id);
    if (create_user_) {
        constexpr std::string_view reason = "is not taken where the instance has create_user";
        if (user_id) fields.refuse("user_id", reason);
        if (session_token) fields.refuse("session_token", reason);
        if (session_jwt) fields.refuse("session_jwt", reason);
    } else {
        if (create_user_as_pending) {
            fields.refuse(
                "create_user_as_pending", "is only taken where the instance has create_user"
            );
        }
        if (auto const known = send.to.user_ids.find(std::string_view(vendor.name));
            !user_id && known != send.to.user_ids.end()) {
            if (adapter::is_vendor_id(known->second)) {
                user_id = known->second;
            } else {
                fields.refuse_at(
                    "/to/user_ids/stytch", "must be 1 to 255 ASCII characters without spaces"
                );
            }
        }
    }
    if (endpoint.channel != Channel::email) {
        constexpr std::string_view reason = "is only taken for email";
        if (login_template_id) fields.refuse("login_template_id", reason);
        if (signup_template_id) fields.refuse("signup_template_id", reason);
    }
    if (!fields.ok()) return fields.error();

    JsonWriter body(128);
    body.add_text(endpoint.address, destination->address);
    if (send.expires_in) body.add_integer("expiration_minutes", send.expires_in->count());
    add_attributes(body, send.client);
    if (!locale.empty()) body.add_text("locale", locale);
    body.add_text_if("user_id", user_id);
    body.add_text_if("session_token", session_token);
    body.add_text_if("session_jwt", session_jwt);
    if (create_user_as_pending) body.add_bool("create_user_as_pending", *create_user_as_pending);
    body.add_text_if("login_template_id", login_template_id);
    body.add_text_if("signup_template_id", signup_template_id);
    return authorized_request(
        create_user_ ? endpoint.login_or_create : endpoint.send, std::move(body).finish()
    );
}

Result<SendReceipt> StytchAdapter::decode_fitted_send(
    SendOtp const& send, HttpResponse const& response, AttemptContext const& context
) const {
    if (is_undocumented_success(response)) return adapter::not_understood(response, other_success);
    if (response.status != http_ok) return read_refusal(response, context).error;
    auto const destination = destination_of(send);
    if (!destination) return destination.error();
    auto const& endpoint = *destination->endpoint;

    adapter::JsonMemory memory;
    auto const body = JsonObject::read(response.body, memory);
    if (!body) return adapter::not_understood(response, body.error().message);
    // With create_user the request names no user.
    auto const user_id = create_user_ ? std::string_view() : user_of(send);
    Answer const answer{response, &*body, endpoint.method_id, {}, user_id, destination->address};
    if (auto const problem = problem_of(answer, send_success); !problem.empty()) {
        return no_success(answer, problem, context);
    }

    SendReceipt receipt(VerificationHandle(
        std::string(context.instance), stytch_description().name, endpoint.channel
    ));
    receipt.handle.set_reference(method_id_reference, method_id_of(answer));
    receipt.expires_at = context.now + send.expires_in.value_or(default_expiry);
    receipt.request_id = context.sent.scrub_identifier(text_of(*body, "request_id"));
    return receipt;
}

Result<HttpRequest> StytchAdapter::encode_fitted_verify(VerifyOtp const& verify) const {
    auto const method_id = verify.handle.reference(method_id_reference);
    if (!adapter::is_vendor_id(method_id)) {
        return field_error(
            ErrorCategory::invalid_request,
            "/handle/references/method_id",
            "is missing or no id of Stytch's"
        );
    }

    auto const& vendor = stytch_description();
    adapter::VendorFieldReader fields(verify.vendor_fields, vendor.name, vendor.verify_fields);
    auto const session_token = fields.text("session_token", max_token);
    auto const session_jwt = fields.text("session_jwt", max_token);
    auto const session_duration_minutes = fields.integer(
        "session_duration_minutes", shortest_session_minutes, longest_session_minutes
    );
    auto const session_custom_claims = fields.text("session_custom_claims", max_custom_claims);
    auto const telemetry_id = fields.text("telemetry_id", max_id);
    auto const ip_match_required = fields.boolean("ip_match_required");
    auto const user_agent_match_required = fields.boolean("user_agent_match_required");
    if (session_custom_claims) {
        adapter::JsonMemory memory;
        if (session_custom_claims->size() > max_custom_claims ||
            !adapter::JsonObject::read(*session_custom_claims, memory)) {
            fields.refuse(
                "session_custom_claims", "must be the text of a JSON object of at most 4096 bytes"
            );
        }
    }
    if (!fields.ok()) return fields.error();

    JsonWriter body(160);
    body.add_text("method_id", method_id);
    body.add_text("code", verify.code.reveal());
    add_attributes(body, verify.client);
    if (ip_match_required || user_agent_match_required) {
        body.begin_object("options");
        if (ip_match_required) body.add_bool("ip_match_required", *ip_match_required);
        if (user_agent_match_required) {
            body.add_bool("user_agent_match_required", *user_agent_match_required);
        }
        body.end_object();
    }
    body.add_text_if("session_token", session_token);
    body.add_integer_if("session_duration_minutes", session_duration_minutes);
    body.add_text_if("session_jwt", session_jwt);
    if (session_custom_claims) body.add_json("session_custom_claims", *session_custom_claims);
    body.add_text_if("telemetry_id", telemetry_id);
    return authorized_request(authenticate_target, std::move(body).finish());
}

Result<Verification> StytchAdapter::decode_verify(
    VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
) const {
    if (is_undocumented_success(response)) return adapter::not_understood(response, other_success);
    if (response.status != http_ok) return read_refusal(response, context).verification();

    adapter::JsonMemory memory;
    auto const body = JsonObject::read(response.body, memory);
    if (!body) return adapter::not_understood(response, body.error().message);
    auto const method_id = verify.handle.reference(method_id_reference);
    Answer const answer{response, &*body, "method_id", method_id};
    if (auto const problem = problem_of(answer, verify_success); !problem.empty()) {
        return no_success(answer, problem, context);
    }

    auto verification = adapter::verification_of(Verification::Outcome::approved, response);
    auto const session_token = text_of(*body, "session_token");
    auto const session_jwt = text_of(*body, "session_jwt");
    if (!session_token.empty() || !session_jwt.empty()) {
        auto& session = verification.session.emplace();
        session.token = Secret(session_token);
        session.jwt = Secret(session_jwt);
    }
    verification.request_id = context.sent.scrub_identifier(text_of(*body, "request_id"));
    verification.user_id = text_of(*body, "user_id");
    return verification;
}

/// Stytch compares them letter by letter. Email knows the first four.
std::vector<std::string> const& phone_locales() {
    static std::vector<std::string> const tags{
        "en",
        "es",
        "pt-br",
        "fr",
        "it",
        "de-DE",
        "zh-Hans",
        "ca-ES",
        "ja",
        "ru",
        "nl",
        "pl",
        "tr",
        "fa",
        "vi",
        "cs"};
    return tags;
}

std::vector<std::string> const& email_locales() {
    static std::vector<std::string> const tags(
        phone_locales().begin(), phone_locales().begin() + 4
    );
    return tags;
}

VendorDescription describe_stytch() {
    VendorDescription vendor;
    vendor.name = "stytch";
    vendor.title = "Stytch";
    vendor.channels = {Channel::sms, Channel::whatsapp, Channel::email};
    vendor.recipient = "a phone number or an email address";
    vendor.credentials = {{"project_id", "secret"}};
    vendor.options = {
        {"create_user", "true: create the user if Stytch does not know them (login_or_create)."},
        {"locale", "Language of the message where the request names none."},
    };
    vendor.environments = {"test", "live"};
    vendor.send_fields = {
        {"user_id", "Adds the phone number or address to this user; not with create_user."},
        {"session_token", "Session of the user to add to; not with create_user."},
        {"session_jwt", "Session of the user to add to; not with create_user."},
        {"create_user_as_pending", "true or false; only with create_user."},
        {"login_template_id", "Email template for users that exist."},
        {"signup_template_id", "Email template for new users."},
    };
    vendor.verify_fields = {
        {"session_token", "Session to extend."},
        {"session_jwt", "Session to extend."},
        {"session_duration_minutes", "Starts or extends a session: 5 to 527040."},
        {"session_custom_claims", "Text of a JSON object of at most 4096 bytes."},
        {"telemetry_id", "Id of the device fingerprint."},
        {"ip_match_required", "true: the IP address must be that of the send."},
        {"user_agent_match_required", "true: the user agent must be that of the send."},
    };
    vendor.hints.locales = {
        {{Channel::sms, Channel::whatsapp}, phone_locales()}, {{Channel::email}, email_locales()}};
    vendor.hints.expires_in = {shortest_expiry, longest_expiry};
    vendor.hints.device_of_send = {true, max_attribute};
    vendor.hints.device_of_verify = {true, max_attribute};
    vendor.sensitive.request_headers = {"authorization"};
    vendor.sensitive.request_members = {
        "/phone_number",
        "/email",
        "/attributes/**",
        "/user_id",
        "/session_token",
        "/session_jwt",
        "/method_id",
        "/code",
        "/session_custom_claims/**",
        "/telemetry_id"};
    vendor.sensitive.response_members = {
        "/user_id",
        "/phone_id",
        "/email_id",
        "/method_id",
        "/session_token",
        "/session_jwt",
        "/user/**",
        "/session/**",
        "/user_device/**"};
    vendor.expiry = "1 to 10 minutes as asked, 2 by default";
    vendor.documentation_url =
        "https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send";
    return vendor;
}

/// The environment that a project id belongs to; empty if it does not tell.
std::string_view environment_of(std::string_view project_id) noexcept {
    if (project_id.substr(0, live_prefix.size()) == live_prefix) return "live";
    if (project_id.substr(0, test_prefix.size()) == test_prefix) return "test";
    return {};
}

}  // namespace

VendorDescription const& stytch_description() {
    static VendorDescription const description = describe_stytch();
    return description;
}

Result<std::unique_ptr<ProviderAdapter>> make_stytch_adapter(InstanceConfig const& instance) {
    adapter::InstanceSettings settings(instance, stytch_description());
    auto const project_id = settings.credential("project_id");
    auto const secret = settings.credential("secret");
    auto const environment = environment_of(project_id.reveal());
    if (!project_id.empty()) {
        if (!adapter::is_visible_ascii(project_id.reveal()) ||
            project_id.reveal().find(':') != std::string_view::npos) {
            // RFC 7617 2: the colon ends the user name.
            settings.refuse("/credentials/project_id", "must be ASCII without spaces and colons");
        } else if (environment.empty() && !instance.base_url) {
            // Stytch's own libraries send any other id, typing errors included, to the test host.
            settings.refuse(
                "/credentials/project_id", "must begin with project-test- or project-live-"
            );
        }
    }
    if (!secret.empty() && !adapter::is_visible_ascii(secret.reveal())) {
        settings.refuse("/credentials/secret", "must be ASCII without spaces");
    } else if (!environment_of(secret.reveal()).empty()) {
        settings.refuse(
            "/credentials/secret", "is a project_id: the project's secret belongs here"
        );
    }
    if (!environment.empty() && !instance.environment.empty() &&
        instance.environment != environment) {
        settings.refuse(
            "/environment",
            "contradicts the project_id, which is one of " + std::string(environment)
        );
    }
    auto const create_user = settings.option_bool("create_user").value_or(false);
    DefaultLocales default_locales;
    if (auto const wanted = settings.option_text("locale")) {
        default_locales.phone = nearest_language_tag(phone_locales(), *wanted).value_or("");
        default_locales.email = nearest_language_tag(email_locales(), *wanted).value_or("");
        if (default_locales.phone.empty()) {
            settings.refuse(
                "/options/locale",
                "must be a language tag (BCP 47) that one of Stytch's is near to: en, es, pt-br, "
                "fr, it, de-DE, zh-Hans, ca-ES, ja, ru, nl, pl, tr, fa, vi, cs"
            );
        }
    }
    auto url = settings.base_url(environment == "live" ? live_url : test_url);
    if (!settings.ok()) return settings.error();

    auto header = basic_authorization(project_id.reveal(), secret.reveal());
    Secret authorization(header);
    wipe_memory(header.data(), header.size());
    return std::unique_ptr<ProviderAdapter>(std::make_unique<StytchAdapter>(
        std::move(url), environment, std::move(authorization), create_user, default_locales
    ));
}

}  // namespace otp::stytch
