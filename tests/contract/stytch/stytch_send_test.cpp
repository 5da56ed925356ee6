#include "contract/stytch/stytch_fixture.hpp"

// https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send and its siblings.

namespace otp::stytch::test {
namespace {

using std::chrono::minutes;

TEST(StytchSend, SendsTheDocumentedExample) {
    auto const request = adapter()->encode_send(sms(), context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/v1/otps/sms/send");
    EXPECT_EQ(request.route, "/v1/otps/sms/send");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(request.body, R"({"phone_number":"+12025550162"})");
}

TEST(StytchSend, AuthenticatesWithProjectIdAndSecret) {
    auto const request = adapter()->encode_send(sms(), context()).value();
    ASSERT_EQ(request.headers.size(), 1U);
    EXPECT_EQ(request.headers[0].name, "Authorization");
    // base64 of project-test-not-a-real-project:secret-test-not-a-real-secret
    EXPECT_EQ(
        request.headers[0].value,
        "Basic cHJvamVjdC10ZXN0LW5vdC1hLXJlYWwtcHJvamVjdDpzZWNyZXQtdGVzdC1ub3QtYS1yZWFsLXNlY3JldA=="
    );
}

TEST(StytchSend, SendsEveryFieldOfTheDocument) {
    auto send = sms();
    send.expires_in = minutes(5);
    send.locale = "de-DE";
    send.client.ip_address = "203.0.113.7";
    send.client.user_agent = "Mozilla/5.0 \"quoted\"";
    send.vendor_fields["stytch"] = {
        {"user_id", std::string(user_id)},
        {"session_token", "fake-session-token"},
        {"session_jwt", "fake.session.jwt"},
    };
    EXPECT_EQ(send_body(*adapter(), send), parse(R"({
        "phone_number": "+12025550162",
        "expiration_minutes": 5,
        "attributes": {"ip_address": "203.0.113.7", "user_agent": "Mozilla/5.0 \"quoted\""},
        "locale": "de-DE",
        "user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",
        "session_token": "fake-session-token",
        "session_jwt": "fake.session.jwt"
    })"));
}

TEST(StytchSend, SendsEveryEmailField) {
    auto send = email();
    send.expires_in = minutes(10);
    send.locale = "fr";
    send.vendor_fields["stytch"] = {
        {"user_id", std::string(user_id)},
        {"session_token", "fake-session-token"},
        {"session_jwt", "fake.session.jwt"},
        {"login_template_id", "login-template"},
        {"signup_template_id", "signup-template"},
    };
    auto const request = adapter()->encode_send(send, context()).value();
    EXPECT_EQ(request.target(), "/v1/otps/email/send");
    EXPECT_EQ(parse(request.body), parse(R"({
        "email": "user@example.com",
        "expiration_minutes": 10,
        "locale": "fr",
        "user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",
        "session_token": "fake-session-token",
        "session_jwt": "fake.session.jwt",
        "login_template_id": "login-template",
        "signup_template_id": "signup-template"
    })"));
}

TEST(StytchSend, TakesTheUserIdFromTheRecipient) {
    auto send = sms();
    send.to.user_ids["stytch"] = std::string(user_id);
    send.to.user_ids["10npay"] = "2077";
    EXPECT_EQ(send_body(*adapter(), send).at("user_id").as_string(), user_id);
}

TEST(StytchSend, VendorFieldOverridesTheRecipientsUserId) {
    auto send = sms();
    send.to.user_ids["stytch"] = "user-test-other";
    send.vendor_fields["stytch"]["user_id"] = std::string(user_id);
    EXPECT_EQ(send_body(*adapter(), send).at("user_id").as_string(), user_id);
}

struct EndpointCase {
    std::string_view name;
    SendOtp (*send)();
    bool create_user;
    std::string_view target;
    std::string_view body;
};

class StytchEndpoint : public testing::TestWithParam<EndpointCase> {};

TEST_P(StytchEndpoint, HasItsPathAndAddress) {
    auto const& expected = GetParam();
    auto const vendor = expected.create_user ? creating_adapter() : adapter();
    auto const request = vendor->encode_send(expected.send(), context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), expected.target);
    EXPECT_EQ(request.body, expected.body);
}

INSTANTIATE_TEST_SUITE_P(
    All,
    StytchEndpoint,
    testing::Values(
        EndpointCase{
            "sms_send", sms, false, "/v1/otps/sms/send", R"({"phone_number":"+12025550162"})"},
        EndpointCase{
            "sms_login_or_create",
            sms,
            true,
            "/v1/otps/sms/login_or_create",
            R"({"phone_number":"+12025550162"})"},
        EndpointCase{
            "whatsapp_send",
            whatsapp,
            false,
            "/v1/otps/whatsapp/send",
            R"({"phone_number":"+12025550162"})"},
        EndpointCase{
            "whatsapp_login_or_create",
            whatsapp,
            true,
            "/v1/otps/whatsapp/login_or_create",
            R"({"phone_number":"+12025550162"})"},
        EndpointCase{
            "email_send", email, false, "/v1/otps/email/send", R"({"email":"user@example.com"})"},
        EndpointCase{
            "email_login_or_create",
            email,
            true,
            "/v1/otps/email/login_or_create",
            R"({"email":"user@example.com"})"}
    ),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST(StytchSend, PrefersThePhoneNumber) {
    auto send = sms();
    send.to.email = EmailAddress::parse(email_text).value();
    EXPECT_EQ(adapter()->encode_send(send, context()).value().target(), "/v1/otps/sms/send");
    send.channel = Channel::email;
    EXPECT_EQ(adapter()->encode_send(send, context()).value().target(), "/v1/otps/email/send");
}

TEST(StytchSend, CreatesAPendingUser) {
    auto send = sms();
    send.vendor_fields["stytch"]["create_user_as_pending"] = "true";
    EXPECT_EQ(
        send_body(*creating_adapter(), send),
        parse(R"({"phone_number": "+12025550162", "create_user_as_pending": true})")
    );
    send.vendor_fields["stytch"]["create_user_as_pending"] = "false";
    EXPECT_FALSE(send_body(*creating_adapter(), send).at("create_user_as_pending").as_bool());
}

TEST(StytchSend, LoginOrCreateTakesTemplates) {
    auto send = email();
    send.vendor_fields["stytch"] = {{"login_template_id", "a"}, {"signup_template_id", "b"}};
    EXPECT_EQ(
        send_body(*creating_adapter(), send),
        parse(
            R"({"email": "user@example.com", "login_template_id": "a", "signup_template_id": "b"})"
        )
    );
}

TEST(StytchSend, AReferenceIsLeftOut) {
    auto send = sms();
    send.reference = "login-1";
    EXPECT_EQ(send_body(*adapter(), send), parse(R"({"phone_number": "+12025550162"})"));
}

TEST(StytchSend, IgnoresFieldsOfOtherVendors) {
    auto send = sms();
    send.vendor_fields["eko"]["csp_id"] = "9002336768";
    EXPECT_EQ(send_body(*adapter(), send), parse(R"({"phone_number": "+12025550162"})"));
}

TEST(StytchSend, InstanceLocaleIsTheDefault) {
    auto config = instance();
    config.options["locale"] = "PT-BR";
    auto const vendor = adapter(config);
    EXPECT_EQ(send_body(*vendor, sms()).at("locale").as_string(), "pt-br");
    auto send = sms();
    send.locale = "ja-JP";
    EXPECT_EQ(send_body(*vendor, send).at("locale").as_string(), "ja");
    // None of Stytch's is near: the operator's language is, rather than Stytch's.
    send.locale = "sv";
    EXPECT_EQ(send_body(*vendor, send).at("locale").as_string(), "pt-br");
}

TEST(StytchSend, InstanceLocaleIsTheNearest) {
    auto config = instance();
    config.options["locale"] = "en-US";
    EXPECT_EQ(send_body(*adapter(config), sms()).at("locale").as_string(), "en");
    EXPECT_EQ(send_body(*adapter(config), email()).at("locale").as_string(), "en");
    config.options["locale"] = "de";
    EXPECT_EQ(send_body(*adapter(config), whatsapp()).at("locale").as_string(), "de-DE");
}

TEST(StytchSend, DefaultLocaleThatEmailDoesNotKnowIsLeftOut) {
    auto config = instance();
    config.options["locale"] = "ja";
    EXPECT_EQ(send_body(*adapter(config), email()), parse(R"({"email": "user@example.com"})"));
}

// --- answers ---

TEST(StytchSendAnswer, AcceptedSms) {
    auto const sent = adapter()->decode_send(sms(), answer(200, sms_accepted), context());
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->request_id, request_id);
    EXPECT_EQ(sent->handle.instance(), "login-sms");
    EXPECT_EQ(sent->handle.vendor(), "stytch");
    EXPECT_EQ(sent->handle.channel(), Channel::sms);
    EXPECT_EQ(sent->handle.reference("method_id"), phone_id);
    EXPECT_FALSE(sent->test_code.has_value());
}

TEST(StytchSendAnswer, AcceptedWhatsApp) {
    auto const sent = adapter()->decode_send(whatsapp(), answer(200, sms_accepted), context());
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->handle.channel(), Channel::whatsapp);
    EXPECT_EQ(sent->handle.reference("method_id"), phone_id);
}

TEST(StytchSendAnswer, AcceptedEmail) {
    auto const sent =
        creating_adapter()->decode_send(email(), answer(200, email_accepted), context());
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->handle.channel(), Channel::email);
    EXPECT_EQ(sent->handle.reference("method_id"), email_id);
}

TEST(StytchSendAnswer, ExpiryIsTheRequestedOne) {
    auto send = sms();
    send.expires_in = minutes(7);
    auto const sent = adapter()->decode_send(send, answer(200, sms_accepted), context());
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->expires_at, now + minutes(7));
    send.expires_in = minutes(15);
    EXPECT_EQ(
        adapter()->decode_send(send, answer(200, sms_accepted), context())->expires_at,
        now + minutes(10)
    );
}

TEST(StytchSendAnswer, UnknownMembersAreTolerated) {
    auto const sent = adapter()->decode_send(
        sms(),
        answer(
            200, R"({"status_code": 200, "request_id": "r-1", "user_id": "u-1", "phone_id": "p-1",
                        "error_type": null, "extra": {"deep": [1, 2]}})"
        ),
        context()
    );
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->handle.reference("method_id"), "p-1");
}

TEST(StytchSendAnswer, AnotherUserThanTheRequestsIsUnknown) {
    auto const decode = [](std::string const& wanted, ProviderAdapter const& vendor) {
        auto send = sms();
        send.to.user_ids["stytch"] = wanted;
        return vendor.decode_send(send, answer(200, sms_accepted), context());
    };
    EXPECT_TRUE(decode(std::string(user_id), *adapter()).has_value());
    // An id of the application's own is not echoed.
    EXPECT_TRUE(decode("my-own-id-7", *adapter()).has_value());
    // With create_user it is not sent.
    EXPECT_TRUE(decode("user-test-another", *creating_adapter()).has_value());
    auto const error = error_of(decode("user-test-another", *adapter()));
    EXPECT_EQ(error.category, ErrorCategory::bad_response);
    EXPECT_EQ(error.delivery, Delivery::unknown);
}

TEST(StytchSendAnswer, AnotherRecipientThanTheRequestsIsUnknown) {
    auto const decode = [](SendOtp const& send, std::string_view id, std::string_view member) {
        auto const body = R"({"status_code":200,"request_id":"r","user_id":"u",")" +
                          std::string(id) + R"(":"p",)" + std::string(member) + '}';
        return adapter()->decode_send(send, answer(200, body), context());
    };
    for (std::string_view const member :
         {R"("phone_number":"+12025550199")",
          R"("data":{"phoneNumber":"+12025550199"})",
          R"("phone_number":1)",
          R"("phoneId":"q")",
          R"("email_id":"q")",
          R"("userId":"v")"}) {
        auto const error = error_of(decode(sms(), "phone_id", member));
        EXPECT_EQ(error.delivery, Delivery::unknown) << member;
        EXPECT_EQ(error.category, ErrorCategory::bad_response) << member;
    }
    for (std::string_view const member :
         {R"("phone_number":"+12025550162")",
          R"("phone_number":"+1******0162")",
          R"("phone_number":"12025550162")",
          R"("phone_number":"+1 (202) 555-0162")",
          R"("email":"another@example.com")",
          R"("method_id":"p")"}) {
        EXPECT_TRUE(decode(sms(), "phone_id", member).has_value()) << member;
    }
    EXPECT_TRUE(decode(email(), "email_id", R"("email":"User@Example.com")").has_value());
    EXPECT_TRUE(decode(email(), "email_id", R"("phone_number":"+12025550199")").has_value());
    EXPECT_TRUE(decode(email(), "email_id", R"("email":"another@example.com")").has_error());
}

TEST(StytchSendAnswer, NoHandleCanBeMadeBeforeIt) {
    EXPECT_FALSE(adapter()->handle_before_answer(sms(), context()));
}

// --- hostile answers ---

struct HostileCase {
    std::string_view name;
    int status;
    std::string_view body;
};

class StytchHostileSend : public testing::TestWithParam<HostileCase> {};

TEST_P(StytchHostileSend, NeverPassesForSuccess) {
    auto const& hostile = GetParam();
    auto const error =
        error_of(adapter()->decode_send(sms(), answer(hostile.status, hostile.body), context()));
    EXPECT_EQ(error.delivery, Delivery::unknown) << error;
    EXPECT_EQ(error.http_status, hostile.status);
}

constexpr HostileCase hostile_sends[] = {
    {"html_502", 502, "<html><body>Bad Gateway</body></html>"},
    {"empty", 200, ""},
    {"truncated", 200, R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":"p)"},
    {"array", 200, R"([{"status_code":200}])"},
    {"null_body", 200, "null"},
    {"no_phone_id", 200, R"({"status_code":200,"request_id":"r","user_id":"u"})"},
    {"null_phone_id", 200, R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":null})"},
    {"number_phone_id", 200, R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":5})"},
    {"empty_phone_id", 200, R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":""})"},
    {"line_break", 200, R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":"a\nb"})"},
    {"email_id_for_sms",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","email_id":"e"})"},
    {"no_user_id", 200, R"({"status_code":200,"request_id":"r","phone_id":"p"})"},
    {"no_request_id", 200, R"({"status_code":200,"user_id":"u","phone_id":"p"})"},
    {"other_status", 200, R"({"status_code":401,"request_id":"r","user_id":"u","phone_id":"p"})"},
    {"null_status", 200, R"({"status_code":null,"request_id":"r","user_id":"u","phone_id":"p"})"},
    {"bool_status", 200, R"({"status_code":true,"request_id":"r","user_id":"u","phone_id":"p"})"},
    {"huge_status", 200, R"({"status_code":1e400,"request_id":"r","user_id":"u","phone_id":"p"})"},
    {"duplicate",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":"p","phone_id":"q"})"},
    {"error_inside",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":"p","error_type":"x"})"},
    {"other_2xx", 202, R"({"status_code":202,"request_id":"r","user_id":"u","phone_id":"p"})"},
    {"no_content", 204, ""},
};

INSTANTIATE_TEST_SUITE_P(
    All,
    StytchHostileSend,
    testing::ValuesIn(hostile_sends),
    [](auto const& tested) { return std::string(tested.param.name); }
);

// A member of a known name is looked into as any other, if there is something in it.
TEST(StytchHostileSend, WhatSpeaksAgainstItIsFoundBelowEveryName) {
    for (std::string_view const name : {"session_token", "session_jwt", "user_created", "x"}) {
        for (std::string_view const nested :
             {R"({"invalid_params":{"a":"b"}})",
              R"([{"verified":false}])",
              R"({"a":[{"error":"failed"}]})"}) {
            std::string body(sms_accepted);
            body.insert(body.rfind('}'), ",\"" + std::string(name) + "\":" + std::string(nested));
            auto const error =
                error_of(adapter()->decode_send(sms(), answer(200, body), context()));
            EXPECT_EQ(error.category, ErrorCategory::bad_response) << body;
            EXPECT_EQ(error.delivery, Delivery::unknown) << body;
        }
    }
}

TEST(StytchHostileSend, DeepBodyIsRefused) {
    std::string const deep = std::string(1000, '[') + std::string(1000, ']');
    auto const error = error_of(adapter()->decode_send(sms(), answer(200, deep), context()));
    EXPECT_EQ(error.category, ErrorCategory::bad_response);
    EXPECT_EQ(error.delivery, Delivery::unknown);
}

TEST(StytchHostileSend, ErrorInA200KeepsItsCategoryButProvesNothing) {
    auto const error =
        error_of(adapter()->decode_send(sms(), error_answer(200, "too_many_requests"), context()));
    EXPECT_EQ(error.category, ErrorCategory::rate_limited);
    EXPECT_EQ(error.delivery, Delivery::unknown);
}

}  // namespace
}  // namespace otp::stytch::test
