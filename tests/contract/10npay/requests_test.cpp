// Requests as documented at https://developers.10npay.com/docs/send-verification-code,
// https://developers.10npay.com/docs/resend-phone-verification-code-2/ and
// https://developers.10npay.com/docs/verify-the-phone-number.
#include "contract/10npay/ten_n_pay_fixture.hpp"

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(TenNPayRequests, SendIsTheDocumentedRequest) {
    auto const adapter = make_adapter({{"correlation_type", "0"}});
    auto const request = adapter->encode_send(send_to(), make_context()).value();
    EXPECT_EQ(adapter->base_url(), "https://api-test.10npay.com");
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/User/phone-number/send-code");
    EXPECT_EQ(request.route, "/User/phone-number/send-code");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(request.headers.size(), 1u);
    EXPECT_EQ(header(request, "authorization"), "Bearer not-a-real-token");
    EXPECT_EQ(
        json(request.body), json(R"({"id":2077,"phoneNumber":"+359881234567","correlationType":0})")
    );
}

TEST(TenNPayRequests, Trap06_PhoneNumberIsE164) {
    auto const request = make_adapter()->encode_send(send_to(), make_context()).value();
    EXPECT_EQ(json(request.body).at("phoneNumber"), json("\"+359881234567\""));
}

TEST(TenNPayRequests, Trap23_IdIsAJsonNumber) {
    auto const adapter = make_adapter();
    for (std::string_view const id : {"1", "174", "2147483647"}) {
        auto const body = json(adapter->encode_send(send_to(id), make_context()).value().body);
        ASSERT_TRUE(body.at("id").is_int64()) << id;
        EXPECT_EQ(std::to_string(body.at("id").as_int64()), id);
        auto const check = json(adapter->encode_verify(verify_of(id), make_context()).value().body);
        EXPECT_TRUE(check.at("id").is_int64()) << id;
    }
}

TEST(TenNPayRequests, Trap23_IdsOutsideOfPositiveInt32AreRefused) {
    auto const adapter = make_adapter();
    for (std::string_view const id :
         {"",
          "0",
          "-1",
          "2147483648",
          "99999999999999999999",
          "12a",
          "1.0",
          "1e3",
          "+5",
          " 5",
          "007",
          "../1",
          "1\r\nX: y"}) {
        SCOPED_TRACE(id);
        for (SendOtp const& send : {send_to(id), resend_to(id)}) {
            auto const request = adapter->encode_send(send, make_context());
            ASSERT_TRUE(request.has_error());
            EXPECT_EQ(request.error().category, ErrorCategory::invalid_request);
            EXPECT_EQ(request.error().delivery, Delivery::not_sent);
            EXPECT_THAT(pointers(request.error()), ElementsAre("/to/user_ids/10npay"));
        }
        auto const check = adapter->encode_verify(verify_of(id), make_context());
        ASSERT_TRUE(check.has_error());
        EXPECT_THAT(pointers(check.error()), ElementsAre("/handle/references/user_id"));
    }
}

TEST(TenNPayRequests, Trap23_CorrelationTypeIsLeftOutUnlessSet) {
    auto const request = make_adapter()->encode_send(send_to(), make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"id":2077,"phoneNumber":"+359881234567"})"));
    auto const check = make_adapter()->encode_verify(verify_of(), make_context()).value();
    EXPECT_EQ(json(check.body), json(R"({"id":2077,"code":"714982"})"));
}

TEST(TenNPayRequests, CorrelationTypeOfTheRequestOverridesTheInstances) {
    SendOtp send = send_to();
    send.vendor_fields["10npay"]["correlation_type"] = "1";
    auto const adapter = make_adapter({{"correlation_type", "0"}});
    auto const request = adapter->encode_send(send, make_context()).value();
    EXPECT_EQ(json(request.body).at("correlationType"), json("1"));
    for (std::string_view const bad : {"2", "-1", "merchant", ""}) {
        send.vendor_fields["10npay"]["correlation_type"] = std::string(bad);
        auto const refused = adapter->encode_send(send, make_context());
        ASSERT_TRUE(refused.has_error());
        EXPECT_THAT(
            pointers(refused.error()), ElementsAre("/vendor_fields/10npay/correlation_type")
        );
    }
}

TEST(TenNPayRequests, Trap24_ResendHasNoBodyAndNoContentType) {
    auto const adapter = make_adapter({{"correlation_type", "1"}});
    SendOtp send = resend_to();
    send.to.phone.reset();
    auto const request = adapter->encode_send(send, make_context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/User/2077/phone-number/resend-code");
    EXPECT_EQ(request.route, "/User/{id}/phone-number/resend-code");
    EXPECT_EQ(header(request, "authorization"), "Bearer not-a-real-token");
    EXPECT_EQ(request.headers.size(), 1u);
    // The transport answers to these two with `Content-Length: 0`.
    EXPECT_THAT(request.content_type, IsEmpty());
    EXPECT_THAT(request.body, IsEmpty());
}

TEST(TenNPayRequests, ResendFalseIsAnOrdinarySend) {
    SendOtp send = send_to();
    send.vendor_fields["10npay"]["resend"] = "false";
    auto const request = make_adapter()->encode_send(send, make_context()).value();
    EXPECT_EQ(request.target(), "/User/phone-number/send-code");
    send.vendor_fields["10npay"]["resend"] = "yes";
    auto const refused = make_adapter()->encode_send(send, make_context());
    ASSERT_TRUE(refused.has_error());
    EXPECT_THAT(pointers(refused.error()), ElementsAre("/vendor_fields/10npay/resend"));
}

TEST(TenNPayRequests, VerifyIsTheDocumentedRequest) {
    VerifyOtp verify = verify_of();
    verify.handle.set_reference("correlation_type", "1");
    auto const request = make_adapter()->encode_verify(verify, make_context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/User/phone-number/verify");
    EXPECT_EQ(request.route, "/User/phone-number/verify");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(header(request, "authorization"), "Bearer not-a-real-token");
    EXPECT_EQ(json(request.body), json(R"({"id":2077,"code":"714982","correlationType":1})"));

    verify.vendor_fields["10npay"]["correlation_type"] = "0";
    auto const other = make_adapter()->encode_verify(verify, make_context()).value();
    EXPECT_EQ(json(other.body).at("correlationType"), json("0"));
    verify.vendor_fields["10npay"].clear();
    verify.handle.set_reference("correlation_type", "9");
    auto const refused = make_adapter()->encode_verify(verify, make_context());
    ASSERT_TRUE(refused.has_error());
    EXPECT_THAT(pointers(refused.error()), ElementsAre("/handle/references/correlation_type"));
}

TEST(TenNPayRequests, ANeedThatIsNotMetIsUnsupported) {
    auto const adapter = make_adapter();
    auto const refused = [&](SendOtp const& send) {
        auto const request = adapter->encode_send(send, make_context());
        return request.has_error() ? request.error() : Error(ErrorCategory::internal);
    };
    SendOtp send{Recipient(phone("+359881234567"))};
    EXPECT_EQ(refused(send).category, ErrorCategory::unsupported);
    EXPECT_THAT(pointers(refused(send)), ElementsAre("/to/user_ids/10npay"));
    send = send_to();
    send.to.phone.reset();
    EXPECT_EQ(refused(send).category, ErrorCategory::unsupported);
    EXPECT_THAT(pointers(refused(send)), ElementsAre("/to/phone"));
    for (Channel const channel : {Channel::email, Channel::whatsapp}) {
        send = send_to();
        send.channel = channel;
        EXPECT_EQ(refused(send).category, ErrorCategory::unsupported);
        EXPECT_THAT(pointers(refused(send)), ElementsAre("/channel"));
    }
}

TEST(TenNPayRequests, UnknownVendorFieldsAreRefusedTogether) {
    SendOtp send = send_to("0");
    send.vendor_fields["10npay"]["correlationType"] = "1";
    send.vendor_fields["10npay"]["colour"] = "red";
    auto const request = make_adapter()->encode_send(send, make_context());
    ASSERT_TRUE(request.has_error());
    EXPECT_THAT(
        pointers(request.error()),
        UnorderedElementsAre(
            "/vendor_fields/10npay/correlationType",
            "/vendor_fields/10npay/colour",
            "/to/user_ids/10npay"
        )
    );
}

TEST(TenNPayRequests, TokenGrantIsTheDocumentedForm) {
    auto const adapter = make_adapter_with_secret();
    ASSERT_NE(adapter->token_grant(), nullptr);
    EXPECT_EQ(adapter->token_grant()->base_url(), "https://auth-test.10npay.com");
    auto const request = adapter->token_grant()->encode();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/connect/token");
    EXPECT_EQ(request.content_type, "application/x-www-form-urlencoded");
    EXPECT_THAT(request.headers, IsEmpty());
    EXPECT_EQ(
        request.body,
        "grant_type=client_credentials&client_id=merchant&client_secret=not%20a%20real%26secret"
    );
    // The client adds it.
    auto const send = adapter->encode_send(send_to(), make_context()).value();
    EXPECT_EQ(header(send, "authorization"), "<none>");
}

TEST(TenNPayRequests, HintsAreLeftOut) {
    SendOtp send = send_to();
    auto const without = make_adapter()->encode_send(send, make_context()).value();
    send.expires_in = std::chrono::minutes(5);
    EXPECT_EQ(make_adapter()->encode_send(send, make_context()).value().body, without.body);
}

}  // namespace
}  // namespace otp::contract
