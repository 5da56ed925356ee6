// The adapter of docs/writing-an-adapter.md, for the fictional vendor "Acme", whole and tested.

#include <otp/adapter/adapter.hpp>
#include <otp/adapter/retry_after.hpp>
#include <otp/adapter/success_table.hpp>
#include <otp/iso8601.hpp>
#include <otp/otp.hpp>
#include <otp/testing/adapter_conformance.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

// [snippet acme_description]
otp::VendorDescription const& acme_description() {
    static otp::VendorDescription const description = [] {
        otp::VendorDescription acme;
        acme.name = "acme";
        acme.title = "Acme";
        acme.channels = {otp::Channel::sms};
        acme.recipient = "a phone number";
        acme.credentials = {{"api_key"}};
        acme.hints.locales = {{{otp::Channel::sms}, {"en", "de-DE"}}};
        acme.expiry = "as the answer says";
        acme.documentation_url = "https://docs.acme.example/codes";
        return acme;
    }();
    return description;
}
// [snippet end]

// [snippet acme_errors]
struct AcmeError {
    std::string_view code;
    otp::ErrorCategory category;
};

// https://docs.acme.example/errors
constexpr AcmeError acme_errors[] = {
    {"bad_number", otp::ErrorCategory::invalid_recipient},
    {"bad_key", otp::ErrorCategory::unauthenticated},
    {"no_credit", otp::ErrorCategory::quota_exhausted},
    {"slow_down", otp::ErrorCategory::rate_limited},
};

// What a status means whoever answers. Any other one is the vendor's word only with the vendor's
// own body: HTML under a 403 is a gateway's.
otp::ErrorCategory category_of(int http_status) {
    if (http_status == 429) return otp::ErrorCategory::rate_limited;
    if (http_status == 503) return otp::ErrorCategory::unavailable;
    return http_status >= 500 ? otp::ErrorCategory::provider_error
                              : otp::ErrorCategory::bad_response;
}

otp::Error read_error(otp::HttpResponse const& response, otp::AttemptContext const& context) {
    bool const vendor_failed = response.status >= 500;
    otp::Error error(category_of(response.status), {}, otp::delivery_of_refusal(response.status));
    if (auto const body = otp::parse_json_body(response.body); body && body->is_object()) {
        auto const code = otp::string_member(body->get_object(), "error").value_or("");
        auto const* const row = std::find_if(
            std::begin(acme_errors),
            std::end(acme_errors),
            [code](AcmeError const& known) { return known.code == code; }
        );
        // What a failing server says about the request counts for nothing.
        if (row != std::end(acme_errors) && !vendor_failed) error.category = row->category;
        error.vendor_code = context.sent.scrub_code(code);
        error.message =
            context.sent.scrub_text(otp::string_member(body->get_object(), "message").value_or(""));
    }
    if (auto const wait = response.headers.joined("retry-after")) {
        error.retry_after = otp::parse_retry_after(*wait, context.now);
    }
    return error;
}
// [snippet end]

// [snippet acme_success]
/// What the rows of the tables look at.
struct AcmeAnswer {
    otp::HttpResponse const& response;
    json::object const* body;
    /// The phone number or the code's id that the request names.
    std::string_view named;
};
using AcmePredicate = otp::SuccessPredicate<AcmeAnswer>;

constexpr std::string_view acme_codes = "https://docs.acme.example/codes";
constexpr std::string_view acme_checks = "https://docs.acme.example/checks";

/// What may stand in a path: nothing that could leave its segment.
bool is_acme_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == text.npos;
}

bool has_id(AcmeAnswer const& answer) {
    return is_acme_id(otp::string_member(*answer.body, "id").value_or(""));
}
bool names_phone(AcmeAnswer const& answer) {
    return otp::string_member(*answer.body, "phone") == answer.named;
}
bool names_id(AcmeAnswer const& answer) {
    return otp::string_member(*answer.body, "id") == answer.named;
}
bool is_valid(AcmeAnswer const& answer) {
    return otp::bool_member(*answer.body, "valid") == true;
}

constexpr int acme_sent[] = {201};
constexpr int acme_checked[] = {200};
constexpr std::string_view acme_documented[] = {"/valid"};
constexpr std::string_view acme_check_members[] = {"/id", "/valid"};
constexpr AcmePredicate acme_send_predicates[] = {
    {"id is missing or no id", has_id, acme_codes},
    {"phone is another one", names_phone, acme_codes},
};
constexpr AcmePredicate acme_verify_predicates[] = {
    {"id is another one", names_id, acme_checks},
    {"valid is not true", is_valid, acme_checks},
};
constexpr otp::SuccessTable<AcmeAnswer> acme_send_success{acme_sent, acme_send_predicates, {}};
constexpr otp::SuccessTable<AcmeAnswer> acme_verify_success{
    acme_checked, acme_verify_predicates, acme_documented, acme_check_members};

/// A 2xx that is not the documented success: Acme may have acted on the request.
otp::Error not_understood(std::string_view problem) {
    return otp::Error(
        otp::ErrorCategory::bad_response, std::string(problem), otp::Delivery::unknown
    );
}
// [snippet end]

// [snippet acme_class]
class AcmeAdapter final : public otp::ProviderAdapter {
public:
    AcmeAdapter(std::string base_url, otp::Secret api_key)
        : base_url_(std::move(base_url)), api_key_(std::move(api_key)) {}

    otp::VendorDescription const& vendor() const noexcept override { return acme_description(); }
    std::string const& base_url() const noexcept override { return base_url_; }

    // [snippet end]

    // [snippet acme_encode_send]
    otp::Result<otp::HttpRequest> encode_send(otp::SendOtp const& send, otp::AttemptContext const&)
        const override {
        if (!send.to.phone || (send.channel && *send.channel != otp::Channel::sms)) {
            return otp::field_error(
                otp::ErrorCategory::unsupported, "/to/phone", "Acme sends SMS to phone numbers"
            );
        }
        json::object body{{"phone", send.to.phone->reveal()}};
        if (send.locale) body["language"] = *send.locale;  // fitted to acme.hints
        return make_request("/v1/codes", "/v1/codes", body);
    }
    // [snippet end]

    // [snippet acme_decode_send]
    otp::Result<otp::SendReceipt> decode_send(
        otp::SendOtp const& send,
        otp::HttpResponse const& response,
        otp::AttemptContext const& context
    ) const override {
        if (response.status < 200 || response.status > 299) return read_error(response, context);
        auto const body = otp::parse_json_body(response.body);
        if (!body) return body.error();
        auto const* const object = body->if_object();
        if (object == nullptr) return not_understood("the body is no object");
        AcmeAnswer const answer{response, object, send.to.phone->reveal()};
        if (auto const problem = otp::problem_of(answer, acme_send_success); !problem.empty()) {
            return not_understood(problem.text);
        }
        auto const id = otp::string_member(*object, "id").value_or("");
        otp::VerificationHandle handle(std::string(context.instance), "acme", otp::Channel::sms);
        handle.set_reference("id", id);
        otp::SendReceipt receipt(std::move(handle));
        receipt.request_id = context.sent.scrub_identifier(id);
        receipt.expires_at =
            otp::parse_iso8601(otp::string_member(*object, "expires_at").value_or(""));
        return receipt;
    }
    // [snippet end]

    // [snippet acme_verify]
    otp::Result<otp::HttpRequest>
    encode_verify(otp::VerifyOtp const& verify, otp::AttemptContext const&) const override {
        auto const id = verify.handle.reference("id");
        if (!is_acme_id(id)) {
            return otp::field_error(
                otp::ErrorCategory::invalid_request, "/handle/references/id", "is no id of Acme's"
            );
        }
        return make_request(
            "/v1/codes/" + otp::encode_path_segment(id) + "/check",
            "/v1/codes/{id}/check",
            {{"code", verify.code.reveal()}}
        );
    }

    otp::Result<otp::Verification> decode_verify(
        otp::VerifyOtp const& verify,
        otp::HttpResponse const& response,
        otp::AttemptContext const& context
    ) const override {
        if (response.status < 200 || response.status > 299) return read_error(response, context);
        auto const body = otp::parse_json_body(response.body);
        if (!body) return body.error();
        auto const* const object = body->if_object();
        if (object == nullptr) return not_understood("the body is no object");
        using Outcome = otp::Verification::Outcome;
        if (response.status == 200 && otp::bool_member(*object, "valid") == false) {
            return otp::Verification(Outcome::wrong_code);
        }
        AcmeAnswer const answer{response, object, verify.handle.reference("id")};
        if (auto const problem = otp::problem_of(answer, acme_verify_success); !problem.empty()) {
            return not_understood(problem.text);
        }
        return otp::Verification(Outcome::approved);
    }
    // [snippet end]

    // [snippet acme_private]
private:
    otp::HttpRequest make_request(
        std::string target, std::string_view route, json::object const& body
    ) const {
        otp::HttpRequest request(otp::HttpMethod::post, std::move(target), route);
        request.headers.push_back({"X-Api-Key", std::string(api_key_.reveal())});
        request.content_type = otp::json_content_type;
        request.body = json::serialize(body);
        return request;
    }

    std::string base_url_;
    otp::Secret api_key_;
};
// [snippet end]

// [snippet acme_factory]
otp::Result<std::unique_ptr<otp::ProviderAdapter>> make_acme_adapter(
    otp::InstanceConfig const& instance
) {
    otp::adapter::InstanceSettings settings(instance, acme_description());
    auto adapter = std::make_unique<AcmeAdapter>(
        settings.base_url("https://api.acme.example"), settings.credential("api_key")
    );
    if (!settings.ok()) return settings.error();
    return std::unique_ptr<otp::ProviderAdapter>(std::move(adapter));
}

otp::VendorRegistry vendors_with_acme() {
    auto vendors = otp::VendorRegistry::built_in();
    vendors.add(acme_description(), make_acme_adapter);
    return vendors;
}
// [snippet end]

// [snippet acme_conformance]
TEST(AcmeAdapter, Conforms) {
    AcmeAdapter const adapter("https://api.acme.example", otp::Secret("fake-acme-key-000"));
    otp::SendOtp send(otp::PhoneNumber::parse("+12025550162").value());
    otp::VerificationHandle handle("main", "acme", otp::Channel::sms);
    handle.set_reference("id", "code_1");
    otp::VerifyOtp verify(handle, otp::OtpCode::parse("481592").value());

    otp::testing::AdapterUnderTest subject(adapter, std::move(send), std::move(verify));
    subject.context.instance = "main";
    subject.context.now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
    subject.canaries = {"+12025550162", "481592", "fake-acme-key-000"};
    subject.identifiers = {"error"};
    otp::HttpResponse const refused(400, {}, R"({"error":"no_credit","message":"Top up"})");

    subject.send_answers.successes = {
        {201, {}, R"({"id":"code_1","phone":"+12025550162","expires_at":"2026-01-01T00:05:00Z"})"}};
    subject.send_answers.refusals = {refused};
    subject.send_answers.decisive = {"/id", "/phone"};
    subject.verify_answers.successes = {{200, {}, R"({"id":"code_1","valid":true})"}};
    subject.verify_answers.refusals = {refused, {200, {}, R"({"valid":false})"}};
    subject.verify_answers.decisive = {"/id", "/valid"};

    for (auto const& failure : otp::testing::check_conformance(subject)) {
        ADD_FAILURE() << failure.check << ": " << failure.what;
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
