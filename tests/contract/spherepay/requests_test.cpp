// Requests as documented at
// https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code and
// https://docs.spherepay.co/api-reference/enhanced-due-diligence/verify-verification-code.
#include "contract/spherepay/spherepay_fixture.hpp"

#include <otp/vendor_registry.hpp>

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SpherePayRequests, SendToPhoneIsTheDocumentedRequest) {
    auto const adapter = make_adapter();
    auto const request = adapter->encode_send(send_to(customer), make_context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(adapter->base_url(), "https://api.spherepay.co");
    EXPECT_EQ(request.target(), "/v2/customer/customer_f31121c389624d3697cbf3ea8830b7a4/otp-send");
    EXPECT_EQ(request.route, "/v2/customer/{id}/otp-send");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(request.headers.size(), 1u);
    EXPECT_EQ(header(request, "authorization"), "Bearer not-a-real-key");
    EXPECT_EQ(json(request.body), json(R"({"type":"phone"})"));
}

TEST(SpherePayRequests, SendToEmailIsTheDocumentedRequest) {
    auto const request =
        make_adapter()->encode_send(send_to(customer, Channel::email), make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"type":"email"})"));
}

TEST(SpherePayRequests, TheContactOfTheRecipientDecidesTheDefaultChannel) {
    auto const adapter = make_adapter();
    auto const type_of = [&](SendOtp send) {
        send.channel.reset();
        auto const request = adapter->encode_send(send, make_context()).value();
        return json(request.body).at("type").as_string();
    };
    SendOtp send = send_to(customer);
    EXPECT_EQ(type_of(send), "phone");
    send.to.email = email("user@example.com");
    EXPECT_EQ(type_of(send), "email");
    send.to.phone = phone("+12025550162");
    EXPECT_EQ(type_of(send), "phone");
}

TEST(SpherePayRequests, VerifyIsTheDocumentedRequest) {
    auto const request =
        make_adapter()->encode_verify(verify_of(customer, "email"), make_context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(
        request.target(), "/v2/customer/customer_f31121c389624d3697cbf3ea8830b7a4/otp-verify"
    );
    EXPECT_EQ(request.route, "/v2/customer/{id}/otp-verify");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(request.headers.size(), 1u);
    EXPECT_EQ(header(request, "authorization"), "Bearer not-a-real-key");
    EXPECT_EQ(json(request.body), json(R"({"type":"email","code":"123456"})"));
}

TEST(SpherePayRequests, Trap06_NoPhoneNumberLeavesTheProcess) {
    SendOtp send = send_to(customer);
    send.to.phone = phone("+12025550162");
    send.to.email = email("user@example.com");
    auto const request = make_adapter()->encode_send(send, make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"type":"phone"})"));
}

TEST(SpherePayRequests, Trap11_CodeIsAJsonString) {
    auto const request =
        make_adapter()->encode_verify(verify_of(customer, "phone", "012345"), make_context());
    auto const body = json(request.value().body);
    ASSERT_TRUE(body.at("code").is_string());
    EXPECT_EQ(body.at("code").as_string(), "012345");
}

TEST(SpherePayRequests, Trap12_IdsThatCouldLeaveTheirPathSegmentAreRefused) {
    auto const adapter = make_adapter();
    for (std::string const id :
         {"",
          ".",
          "..",
          "../admin",
          "a/b",
          "a%2Fb",
          "a\r\nX: y",
          "a b",
          "a?b",
          "a#b",
          "k\xC3\xBC"}) {
        SCOPED_TRACE(id);
        auto const sent = adapter->encode_send(send_to(id), make_context());
        ASSERT_TRUE(sent.has_error());
        EXPECT_EQ(sent.error().category, ErrorCategory::invalid_request);
        EXPECT_EQ(sent.error().delivery, Delivery::not_sent);
        EXPECT_THAT(pointers(sent.error()), ElementsAre("/to/user_ids/spherepay"));

        auto const verified = adapter->encode_verify(verify_of(id, "phone"), make_context());
        ASSERT_TRUE(verified.has_error());
        EXPECT_EQ(verified.error().category, ErrorCategory::invalid_request);
        EXPECT_THAT(pointers(verified.error()), ElementsAre("/handle/references/customer_id"));
    }
    std::string const longest(128, 'x');
    EXPECT_TRUE(adapter->encode_send(send_to(longest), make_context()).has_value());
    EXPECT_TRUE(adapter->encode_send(send_to(longest + "x"), make_context()).has_error());
}

TEST(SpherePayRequests, Trap12_TheSandboxOfOldPagesIsNeverAssumed) {
    auto instance = make_instance("spherepay", {{"api_key", "not-a-real-key"}});
    instance.environment = "sandbox";
    auto const adapter = VendorRegistry::built_in().make_adapter(instance);
    ASSERT_TRUE(adapter.has_error());
    EXPECT_THAT(pointers(adapter.error()), ElementsAre("/environment"));
    instance.environment.clear();
    instance.base_url = "https://api.sandbox.spherepay.co";
    EXPECT_EQ(
        spherepay::make_spherepay_adapter(instance).value()->base_url(),
        "https://api.sandbox.spherepay.co"
    );
}

TEST(SpherePayRequests, Trap13_NoIdempotencyKeyIsSent) {
    auto const request = make_adapter()->encode_send(send_to(customer), make_context()).value();
    EXPECT_EQ(header(request, "idempotency-key"), "<none>");
    EXPECT_EQ(header(request, "Idempotency-Key"), "<none>");
}

TEST(SpherePayRequests, WithoutACustomerIdItIsUnsupported) {
    SendOtp const send{Recipient(phone("+12025550162"))};
    auto const request = make_adapter()->encode_send(send, make_context());
    ASSERT_TRUE(request.has_error());
    EXPECT_EQ(request.error().category, ErrorCategory::unsupported);
    EXPECT_THAT(pointers(request.error()), ElementsAre("/to/user_ids/spherepay"));
}

TEST(SpherePayRequests, WhatsAppIsUnsupported) {
    auto const request =
        make_adapter()->encode_send(send_to(customer, Channel::whatsapp), make_context());
    ASSERT_TRUE(request.has_error());
    EXPECT_EQ(request.error().category, ErrorCategory::unsupported);
    EXPECT_THAT(pointers(request.error()), ElementsAre("/channel"));
}

TEST(SpherePayRequests, UnknownVendorFieldsAreRefusedAndThoseOfOthersAreNot) {
    SendOtp send = send_to(customer);
    send.vendor_fields["eko"]["csp_id"] = "9002336768";
    EXPECT_TRUE(make_adapter()->encode_send(send, make_context()).has_value());
    send.vendor_fields["spherepay"]["csp_id"] = "9002336768";
    auto const request = make_adapter()->encode_send(send, make_context());
    ASSERT_TRUE(request.has_error());
    EXPECT_EQ(request.error().category, ErrorCategory::invalid_request);
    EXPECT_THAT(pointers(request.error()), ElementsAre("/vendor_fields/spherepay/csp_id"));
}

TEST(SpherePayRequests, CodeOver10CharactersAndBadTypeAreRefused) {
    auto const request =
        make_adapter()->encode_verify(verify_of(customer, "fax", "12345678901"), make_context());
    ASSERT_TRUE(request.has_error());
    EXPECT_THAT(pointers(request.error()), ElementsAre("/handle/references/type", "/code"));
    EXPECT_TRUE(make_adapter()
                    ->encode_verify(verify_of(customer, "phone", "1234567890"), make_context())
                    .has_value());
}

TEST(SpherePayRequests, HintsAreLeftOut) {
    SendOtp send = send_to(customer);
    auto const without = make_adapter()->encode_send(send, make_context()).value();
    send.locale = "en";
    send.expires_in = std::chrono::minutes(5);
    send.reference = "order-1";
    send.client.ip_address = "192.0.2.1";
    send.client.user_agent = "test";
    EXPECT_EQ(make_adapter()->encode_send(send, make_context()).value().body, without.body);
}

}  // namespace
}  // namespace otp::contract
