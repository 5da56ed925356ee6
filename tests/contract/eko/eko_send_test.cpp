#include "contract/eko/eko_fixture.hpp"

// https://eps.eko.in/docs/mobile-otp-send

namespace otp::eko::test {
namespace {

TEST(EkoSend, SendsTheDocumentedExample) {
    auto const request = adapter()->encode_send(example(), context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/tools/kyc/mobile/otp");
    EXPECT_EQ(request.route, "/tools/kyc/mobile/otp");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(parse(request.body), parse(R"({
        "initiator_id": "9962981729",
        "client_ref_id": "REQ-20260101-001",
        "csp_id": "9002336768",
        "mobile": "9002336768"
    })"));
}

TEST(EkoSend, HasTheDocumentedHeaders) {
    auto const request = adapter()->encode_send(example(), context()).value();
    EXPECT_EQ(request.headers.size(), 3U);
    EXPECT_EQ(header(request, "developer_key"), "not-a-real-developer-key");
    EXPECT_EQ(header(request, "secret-key"), "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo=");
    EXPECT_EQ(header(request, "secret-key-timestamp"), "1700000000000");
}

TEST(EkoSend, OlderFieldsAreSentOnRequest) {
    auto send = example();
    send.vendor_fields["eko"] = {
        {"initiator_id", "1234567891"},
        {"csp_id", "1234567892"},
        {"user_code", "20810200"},
        {"intent_id", "1"},
    };
    EXPECT_EQ(send_body(send), parse(R"({
        "initiator_id": "1234567891",
        "client_ref_id": "REQ-20260101-001",
        "csp_id": "1234567892",
        "mobile": "9002336768",
        "user_code": "20810200",
        "intent_id": "1"
    })"));
}

TEST(EkoSend, FieldsOfTheRequestDoForMissingOptions) {
    auto config = instance();
    config.options.clear();
    auto const vendor = adapter(config);
    auto send = example();
    send.vendor_fields["eko"] = {{"initiator_id", "1234567891"}, {"csp_id", "1234567892"}};
    auto const body = parse(vendor->encode_send(send, context()).value().body);
    EXPECT_EQ(body.at("initiator_id").as_string(), "1234567891");
    EXPECT_EQ(body.at("csp_id").as_string(), "1234567892");
}

TEST(EkoSend, ReferenceIsTheAttemptsUnlessGiven) {
    EXPECT_EQ(send_body(send_to()).at("client_ref_id").as_string(), "abcdefghij0123456789");
    EXPECT_EQ(send_body(example()).at("client_ref_id").as_string(), "REQ-20260101-001");
}

TEST(EkoSend, OtherHintsAreLeftOut) {
    auto send = example();
    send.locale = "en";
    send.expires_in = std::chrono::minutes(5);
    send.client.ip_address = "203.0.113.7";
    EXPECT_EQ(send_body(send), send_body(example()));
}

// --- refused before anything is sent ---

Error refusal(SendOtp const& send) {
    return error_of(adapter()->encode_send(send, context()));
}

TEST(EkoInput, OnlyIndianNumbers) {
    for (auto const* const phone :
         {"+12025550162", "+359881234567", "+9190023367", "+91900233676", "+9190023367689"}) {
        expect_refused(refusal(send_to(phone)), ErrorCategory::invalid_recipient, "/to/phone");
    }
}

TEST(EkoInput, NeedsAPhoneNumber) {
    expect_refused(refusal(SendOtp(Recipient())), ErrorCategory::unsupported, "/to/phone");
    expect_refused(
        refusal(SendOtp(EmailAddress::parse("user@example.com").value())),
        ErrorCategory::unsupported,
        "/to/phone"
    );
}

TEST(EkoInput, SmsOnly) {
    for (auto const channel : {Channel::email, Channel::whatsapp}) {
        auto send = example();
        send.channel = channel;
        expect_refused(refusal(send), ErrorCategory::unsupported, "/channel");
    }
    auto send = example();
    send.channel = Channel::sms;
    EXPECT_TRUE(adapter()->encode_send(send, context()).has_value());
}

TEST(EkoInput, UnknownVendorField) {
    auto send = example();
    send.vendor_fields["eko"]["cspid"] = "1";
    expect_refused(refusal(send), ErrorCategory::invalid_request, "/vendor_fields/eko/cspid");
}

TEST(EkoInput, BadVendorFieldValues) {
    for (auto const* const field : {"initiator_id", "csp_id", "user_code", "intent_id"}) {
        for (auto const& value : {std::string(), std::string("1\r\n2"), std::string(65, '1')}) {
            auto send = example();
            send.vendor_fields["eko"][field] = value;
            expect_refused(
                refusal(send),
                ErrorCategory::invalid_request,
                std::string("/vendor_fields/eko/") + field
            );
        }
    }
}

TEST(EkoInput, MissingOptions) {
    for (auto const* const option : {"initiator_id", "csp_id"}) {
        auto config = instance();
        config.options.erase(option);
        expect_refused(
            error_of(adapter(config)->encode_send(example(), context())),
            ErrorCategory::invalid_request,
            std::string("/vendor_fields/eko/") + option
        );
    }
}

// --- answers ---

TEST(EkoSendAnswer, DocumentedExample) {
    auto const sent = decode_send(200, sent_example);
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->request_id, "2886978474");
    EXPECT_EQ(sent->expires_at, std::chrono::sys_seconds(std::chrono::seconds(1779446044)));
    EXPECT_FALSE(sent->test_code.has_value());
    EXPECT_EQ(sent->handle.instance(), "india");
    EXPECT_EQ(sent->handle.vendor(), "eko");
    EXPECT_EQ(sent->handle.channel(), Channel::sms);
}

TEST(EkoSendAnswer, NumbersMayBeText) {
    auto const sent =
        decode_send(200, R"({"status":"0","response_status_id":"0","message":"OTP has been sent",
                 "data":{"tid":2886978474}})");
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->request_id, "2886978474");
    EXPECT_FALSE(sent->expires_at.has_value());
}

TEST(EkoSendAnswer, DataMayBeMissing) {
    for (auto const* const body :
         {R"({"status":0,"response_status_id":0})",
          R"({"status":0,"data":null})",
          R"({"status":0,"response_status_id":null,"data":{}})"}) {
        auto const sent = decode_send(200, body);
        ASSERT_TRUE(sent.has_value()) << sent.error();
        EXPECT_EQ(sent->request_id, "");
        EXPECT_EQ(sent->handle.reference("mobile"), "9002336768");
    }
}

TEST(EkoSendAnswer, InitiatorOfTheRequestIsKeptForVerify) {
    auto send = example();
    send.vendor_fields["eko"]["initiator_id"] = "1234567891";
    auto sent = adapter()->decode_send(send, answer(200, sent_example), context());
    ASSERT_TRUE(sent.has_value()) << sent.error();
    VerifyOtp const check(std::move(sent->handle), OtpCode::parse("3643").value());
    EXPECT_EQ(verify_body(check).at("initiator_id").as_string(), "1234567891");
}

struct HostileCase {
    std::string_view name;
    int status;
    std::string_view body;
};

class EkoHostileSend : public testing::TestWithParam<HostileCase> {};

TEST_P(EkoHostileSend, NeverPassesForSuccess) {
    auto const& hostile = GetParam();
    auto const error = error_of(decode_send(hostile.status, hostile.body));
    EXPECT_EQ(error.delivery, Delivery::unknown) << error;
    EXPECT_EQ(error.http_status, hostile.status);
}

constexpr HostileCase hostile_sends[] = {
    {"empty", 200, ""},
    {"empty_object", 200, "{}"},
    {"html", 200, "<html>OK</html>"},
    {"html_502", 502, "<html>Bad Gateway</html>"},
    {"truncated", 200, R"({"status":0,"response_status_id":0,"data":{"tid":"28)"},
    {"array", 200, R"([{"status":0}])"},
    {"null_status", 200, R"({"status":null,"response_status_id":0})"},
    {"no_status", 200, R"({"response_status_id":0,"message":"OTP has been sent","data":{}})"},
    {"bool_status", 200, R"({"status":false})"},
    {"word_status", 200, R"({"status":"ok"})"},
    {"array_status", 200, R"({"status":[0]})"},
    {"fraction_status", 200, R"({"status":0.5})"},
    {"huge_status", 200, R"({"status":1e400})"},
    {"one_with_a_fraction_status", 200, R"({"status":1.0,"response_status_id":0,"data":{}})"},
    {"one_with_a_fraction_display_status",
     200,
     R"({"status":0,"response_status_id":1.0,"data":{}})"},
    {"zero_with_a_fraction_status", 200, R"({"status":0.0,"response_status_id":0,"data":{}})"},
    {"zero_with_a_fraction_display_status",
     200,
     R"({"status":0,"response_status_id":0.0,"data":{}})"},
    {"zero_with_an_exponent_status", 200, R"({"status":0e0,"response_status_id":0,"data":{}})"},
    {"zero_with_an_exponent_display_status",
     200,
     R"({"status":0,"response_status_id":0e0,"data":{}})"},
    {"two_to_the_63_status",
     200,
     R"({"status":9223372036854775808,"response_status_id":0,"data":{}})"},
    {"two_to_the_63_display_status",
     200,
     R"({"status":0,"response_status_id":9223372036854775808,"data":{}})"},
    {"two_to_the_64_status",
     200,
     R"({"status":18446744073709551616,"response_status_id":0,"data":{}})"},
    {"two_to_the_64_display_status",
     200,
     R"({"status":0,"response_status_id":18446744073709551616,"data":{}})"},
    {"empty_status", 200, R"({"status":""})"},
    {"duplicate_status", 200, R"({"status":1,"status":0})"},
    {"bad_display_status", 200, R"({"status":0,"response_status_id":"x"})"},
    {"failed_display_status", 200, R"({"status":0,"response_status_id":1})"},
    {"in_progress", 200, R"({"status":0,"response_status_id":-2})"},
    {"bad_data", 200, R"({"status":0,"response_status_id":0,"data":"x"})"},
    {"created", 201, R"({"status":0,"response_status_id":0,"data":{}})"},
    {"server_error", 500, R"({"status":0,"response_status_id":0,"data":{}})"},
};

INSTANTIATE_TEST_SUITE_P(
    All,
    EkoHostileSend,
    testing::ValuesIn(hostile_sends),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST(EkoHostileSend, DeepBodyIsRefused) {
    std::string const deep = std::string(1000, '[') + std::string(1000, ']');
    EXPECT_EQ(error_of(decode_send(200, deep)).category, ErrorCategory::bad_response);
}

TEST(EkoHostileSend, SuccessInARefusalIsNone) {
    auto const error = error_of(decode_send(403, sent_example));
    EXPECT_EQ(error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
}

}  // namespace
}  // namespace otp::eko::test
