// Successes as documented at https://developers.10npay.com/docs/send-verification-code,
// https://developers.10npay.com/docs/resend-phone-verification-code-2/,
// https://developers.10npay.com/docs/verify-the-phone-number and
// http://developers.10npay.com/docs/client-credentials-grant/, and what must never pass for one.
#include "contract/10npay/ten_n_pay_fixture.hpp"

namespace otp::contract {
namespace {

Result<SendReceipt> decode_send(int status, std::string_view body) {
    return make_adapter()->decode_send(
        send_to(), answer(status, std::string(body)), make_context()
    );
}

Result<Verification> decode_verify(int status, std::string_view body) {
    return make_adapter()->decode_verify(
        verify_of(), answer(status, std::string(body)), make_context()
    );
}

TEST(TenNPayResponses, DocumentedSendSuccessIs204WithoutABody) {
    auto const receipt = decode_send(204, "").value();
    EXPECT_EQ(receipt.handle.instance(), "main");
    EXPECT_EQ(receipt.handle.vendor(), "10npay");
    EXPECT_EQ(receipt.handle.channel(), Channel::sms);
    EXPECT_FALSE(receipt.test_code.has_value());
    auto const resent = make_adapter()->decode_send(resend_to(), answer(204, ""), make_context());
    EXPECT_TRUE(resent.has_value());
}

TEST(TenNPayResponses, Trap19_Any2xxWithoutABodyIsASuccess) {
    for (int const status : {200, 201, 202, 204}) {
        EXPECT_TRUE(decode_send(status, "").has_value()) << status;
        EXPECT_TRUE(decode_verify(status, "").value().approved()) << status;
    }
    EXPECT_TRUE(decode_send(200, "{}").has_value());
    EXPECT_TRUE(decode_verify(200, "{}").value().approved());
    EXPECT_TRUE(decode_verify(200, " \r\n").value().approved());
    EXPECT_TRUE(decode_verify(200, R"({"isPhoneNumberVerified":true})").value().approved());
    EXPECT_TRUE(decode_verify(200, R"({"status":200,"message":"ok"})").value().approved());
}

TEST(TenNPayResponses, Trap04_NoExpiryIsMadeUp) {
    EXPECT_FALSE(decode_send(204, "").value().expires_at.has_value());
}

TEST(TenNPayResponses, Trap05_HandleIsTheUserId) {
    auto const adapter = make_adapter({{"correlation_type", "1"}});
    auto const receipt = adapter->decode_send(send_to(), answer(204, ""), make_context()).value();
    EXPECT_EQ(receipt.handle.reference("user_id"), "2077");
    auto const request =
        adapter->encode_verify(VerifyOtp(receipt.handle, code("714982")), make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"id":2077,"code":"714982","correlationType":1})"));
}

TEST(TenNPayResponses, DocumentedVerifySuccess) {
    auto const verification = decode_verify(200, "").value();
    EXPECT_TRUE(verification.approved());
    EXPECT_EQ(verification.http_status, 200);
    EXPECT_EQ(verification.user_id, "2077");
    EXPECT_FALSE(verification.session.has_value());
}

TEST(TenNPayResponses, HostileSuccessesAreNotUnderstood) {
    auto bodies = broken_bodies();
    bodies.insert(
        bodies.end(),
        {R"({"errors":{"Error":["Invalid code."]},"title":"Bad Request","status":400})",
         R"({"errors":{}})",
         R"({"error":"invalid_token"})",
         R"({"status":400})",
         R"({"status":"400"})",
         R"({"success":false})",
         R"({"verified":false})",
         R"({"isPhoneNumberVerified":false})",
         R"({"type":null,"title":null,"status":null,"detail":null,"instance":null})",
         R"({"detail":"failed"})",
         R"({"traceId":"00-trace-span-00"})",
         R"({"status":1,"message":"failed"})",
         R"({"status_code":400,"error_type":"failed"})",
         R"({"statusCode":500})"}
    );
    for (auto const& body : bodies) {
        SCOPED_TRACE(body.substr(0, 100));
        auto const receipt = decode_send(200, body);
        ASSERT_TRUE(receipt.has_error());
        EXPECT_EQ(receipt.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(receipt.error().delivery, Delivery::unknown);
        auto const verification = decode_verify(200, body);
        ASSERT_TRUE(verification.has_error());
        EXPECT_EQ(verification.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(verification.error().delivery, Delivery::unknown);
    }
}

TEST(TenNPayToken, DocumentedResponse) {
    auto const adapter = make_adapter_with_secret();
    auto const token =
        adapter->token_grant()
            ->decode(answer(
                200,
                R"({"id_token":"id","access_token":"granted.token","expires_in":3600,)"
                R"("token_type":"Bearer","refresh_token":"refresh","scope":"api"})"
            ))
            .value();
    EXPECT_EQ(token.token.reveal(), "granted.token");
    EXPECT_EQ(token.expires_in, std::chrono::seconds(3600));
}

TEST(TenNPayToken, RefusedCredentials) {
    auto const adapter = make_adapter_with_secret();
    auto const token = adapter->token_grant()->decode(answer(400, R"({"error":"invalid_client"})"));
    ASSERT_TRUE(token.has_error());
    EXPECT_EQ(token.error().category, ErrorCategory::unauthenticated);
    EXPECT_EQ(token.error().vendor_code, "invalid_client");
    EXPECT_EQ(token.error().delivery, Delivery::not_sent);
}

}  // namespace
}  // namespace otp::contract
