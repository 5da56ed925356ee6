// The adapter of docs/writing-an-adapter.md, for the fictional vendor "Acme", whole and tested.

#include <otp/adapter/adapter.hpp>
#include <otp/conformance/conformance.hpp>
#include <otp/otp.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>

namespace asio = boost::asio;

namespace {

// [snippet acme_description]
using namespace otp;
using namespace otp::adapter;

VendorDescription const& acme_description() {
    static VendorDescription const acme{
        .name = "acme",
        .title = "Acme",
        .channels = {Channel::sms},
        .recipient = "a phone number",
        .credentials = {{"api_key"}},
        .hints = {.locales = {{{Channel::sms}, {"en", "de-DE"}}}},
        .sensitive =
            {.request_headers = {"x-api-key"},
             .request_members = {"/phone", "/code"},
             .path_parameters = {"id"},
             .response_members = {"/id", "/phone"}},
        .expiry = "as the answer says",
        .documentation_url = "https://docs.acme.example/codes"};
    return acme;
}
// [snippet end]

// [snippet acme_errors]
// https://docs.acme.example/errors
constexpr ErrorRule acme_errors[] = {
    {"bad_number", ErrorCategory::invalid_recipient, "/to/phone"},
    {"bad_key", ErrorCategory::unauthenticated},
    {"no_credit", ErrorCategory::quota_exhausted},
    {"slow_down", ErrorCategory::rate_limited},
    {"expired", ErrorCategory::provider_error, {}, Verification::Outcome::expired},
    for_status(402, ErrorCategory::permission_denied)};

Refusal read_acme_refusal(HttpResponse const& answer, AttemptContext const& context) {
    return read_refusal(answer, {.code = "error", .message = "message"}, acme_errors, context);
}
// [snippet end]

// [snippet acme_success]
/// What the rows of the table look at.
struct AcmeAnswer {
    HttpResponse const& response;
    JsonObject const* body;
    /// The number that the request names.
    std::string_view phone;
};

constexpr std::string_view acme_codes = "https://docs.acme.example/codes";

/// What may stand in a path: nothing that could leave its segment.
bool is_acme_id(std::string_view text) {
    return is_plain_identifier(text, 64);
}
bool has_id(AcmeAnswer const& answer) {
    return is_acme_id(string_member(*answer.body, "id").value_or(""));
}
/// Acme may leave out the `+`.
bool names_phone(AcmeAnswer const& answer) {
    auto const phone = string_member(*answer.body, "phone");
    return phone == answer.phone || phone == answer.phone.substr(1);
}

constexpr int acme_sent[] = {201};
constexpr SuccessPredicate<AcmeAnswer> acme_predicates[] = {
    {"id is missing or no id", has_id, acme_codes},
    {"phone is missing or another one", names_phone, acme_codes}};
constexpr SuccessTable<AcmeAnswer> acme_send_success{acme_sent, acme_predicates, {}};
// [snippet end]

// [snippet acme_class]
class AcmeAdapter final : public ConfiguredAdapter {
public:
    AcmeAdapter(std::string base_url, Secret api_key)
        : ConfiguredAdapter(acme_description(), std::move(base_url)),
          api_key_(std::move(api_key)) {}

    // [snippet end]

    // [snippet acme_encode_send]
    Result<HttpRequest> encode_send(SendOtp const& send, AttemptContext const&) const override {
        if (!send.to.phone || (send.channel && *send.channel != Channel::sms)) {
            return field_error(
                ErrorCategory::unsupported, "/to/phone", "Acme sends SMS to phone numbers"
            );
        }
        JsonWriter body;
        body.add_text("phone", send.to.phone->reveal());
        body.add_text_if("language", send.locale);  // fitted to the description's hints
        return json_post("/v1/codes", std::move(body), {key_header()});
    }
    // [snippet end]

    // [snippet acme_decode_send]
    Result<SendReceipt> decode_send(
        SendOtp const& send, HttpResponse const& answer, AttemptContext const& context
    ) const override {
        if (!is_success_status(answer.status)) return read_acme_refusal(answer, context).error;
        JsonMemory memory;
        auto const body = JsonObject::read(answer.body, memory);
        if (!body) return body.error();
        AcmeAnswer const seen{answer, &*body, send.to.phone->reveal()};
        if (auto const problem = problem_of(seen, acme_send_success); !problem.empty()) {
            return not_understood(answer, problem, context.sent);
        }
        auto const id = string_member(*body, "id").value_or("");
        VerificationHandle handle(std::string(context.instance), "acme", Channel::sms);
        handle.set_reference("id", id);
        SendReceipt receipt(std::move(handle));
        receipt.request_id = context.sent.scrub_identifier(id);
        receipt.expires_at = parse_iso8601(string_member(*body, "expires_at").value_or(""));
        return receipt;
    }
    // [snippet end]

    // [snippet acme_verify]
    Result<HttpRequest> encode_verify(VerifyOtp const& verify, AttemptContext const&)
        const override {
        auto const id = verify.handle.reference("id");
        if (!is_acme_id(id)) {
            return field_error(
                ErrorCategory::invalid_request, "/handle/references/id", "is no id of Acme's"
            );
        }
        JsonWriter body;
        body.add_text("code", verify.code.reveal());
        return json_post(
            "/v1/codes/" + encode_path_segment(id) + "/check",
            "/v1/codes/{id}/check",
            std::move(body),
            {key_header()}
        );
    }

    Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& answer, AttemptContext const& context
    ) const override {
        using enum Verification::Outcome;
        using Value = NeededMember::Value;
        if (!is_success_status(answer.status)) {
            return read_acme_refusal(answer, context).verification();
        }
        JsonMemory memory;
        auto const body = JsonObject::read(answer.body, memory);
        if (!body) return body.error();
        if (answer.status == 200 && bool_member(*body, "valid") == false) {
            return verification_of(wrong_code, answer);
        }
        auto const id = verify.handle.reference("id");
        FlatSuccess const success{200, {{"id", Value::same, id}, {"valid", Value::truth}}, true};
        if (auto const problem = problem_of(answer, *body, success); !problem.empty()) {
            return not_understood(answer, problem, context.sent);
        }
        return verification_of(approved, answer);
    }
    // [snippet end]

    // [snippet acme_private]
private:
    HttpHeader key_header() const { return {"X-Api-Key", std::string(api_key_.reveal())}; }

    Secret api_key_;
};
// [snippet end]

// [snippet acme_factory]
Result<std::unique_ptr<ProviderAdapter>> make_acme_adapter(InstanceConfig const& instance) {
    InstanceSettings settings(instance, acme_description());
    auto base_url = settings.base_url("https://api.acme.example");
    auto api_key = settings.credential("api_key");
    if (!settings.ok()) return settings.error();
    std::unique_ptr<ProviderAdapter> adapter =
        std::make_unique<AcmeAdapter>(std::move(base_url), std::move(api_key));
    return adapter;
}

VendorRegistry vendors_with_acme() {
    auto vendors = VendorRegistry::built_in();
    vendors.add(acme_description(), make_acme_adapter);
    return vendors;
}
// [snippet end]

// [snippet acme_conformance]
TEST(AcmeAdapter, Conforms) {
    otp::InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "acme";
    instance.credentials.emplace("api_key", otp::Secret("fake-acme-key-000"));
    otp::SendOtp send(otp::PhoneNumber::parse("+12025550162").value());
    otp::VerificationHandle handle("main", "acme", otp::Channel::sms);
    handle.set_reference("id", "code_1");
    otp::VerifyOtp verify(handle, otp::OtpCode::parse("481592").value());
    otp::conformance::AdapterUnderTest subject(
        vendors_with_acme(), std::move(instance), std::move(send), std::move(verify)
    );

    otp::HttpResponse const refused(400, {}, R"({"error":"no_credit","message":"Top up"})");
    subject.send_answers.successes = {
        {201, {}, R"({"id":"code_1","phone":"+12025550162","expires_at":"2026-01-01T00:05:00Z"})"}};
    subject.send_answers.refusals = {refused};
    subject.send_answers.decisive = {"/id", "/phone"};
    subject.verify_answers.successes = {{200, {}, R"({"id":"code_1","valid":true})"}};
    subject.verify_answers.refusals = {refused, {200, {}, R"({"valid":false})"}};
    subject.verify_answers.decisive = {"/id", "/valid"};

    for (auto const& failure : otp::conformance::check_conformance(subject)) {
        ADD_FAILURE() << failure;
    }
}
// [snippet end]

// [snippet acme_client]
TEST(AcmeAdapter, ServesAClient) {
    auto const script = std::make_shared<otp::testing::Script>();
    script->add(otp::testing::ScriptedStep(
        otp::HttpResponse(201, {}, R"({"id":"code_1","phone":"+12025550162"})")
    ));
    otp::ClientOptions options;
    options.vendors = vendors_with_acme();
    options.transport = otp::testing::scripted_transport_factory(script);
    auto config = otp::parse_config(
        R"({ "version": 1, "allow_inline_secrets": true,
             "instances": { "main": { "vendor": "acme", "credentials": { "api_key": "fake" } } },
             "routes": { "login": { "use": ["main"] } } })",
        options.vendors,
        otp::ConfigSources()
    );

    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), std::move(config).value(), std::move(options));
    otp::SendOtp request(otp::PhoneNumber::parse("+12025550162").value());
    auto const sent = client.async_send("login", request, asio::use_future).get();

    ASSERT_TRUE(sent) << sent.error();
    EXPECT_EQ(sent->handle.reference("id"), "code_1");
    EXPECT_EQ(script->requests().at(0).request.body, R"({"phone":"+12025550162"})");
}
// [snippet end]

}  // namespace
