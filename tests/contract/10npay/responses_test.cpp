// Successes as documented at https://developers.10npay.com/docs/send-verification-code,
// https://developers.10npay.com/docs/resend-phone-verification-code-2/,
// https://developers.10npay.com/docs/verify-the-phone-number and
// http://developers.10npay.com/docs/client-credentials-grant/, and what must never pass for one.
#include "contract/10npay/ten_n_pay_fixture.hpp"

namespace otp::contract {
namespace {

Result<SendReceipt> decode_send(int status, std::string_view body) {
    return make_adapter()->decode_send(
        send_to(), sized_answer(status, std::string(body)), make_context()
    );
}

Result<Verification> decode_verify(int status, std::string_view body) {
    return make_adapter()->decode_verify(
        verify_of(), sized_answer(status, std::string(body)), make_context()
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

TEST(TenNPayResponses, Trap19_TheDocumentedStatusesAloneAreSuccesses) {
    EXPECT_TRUE(decode_send(200, "").has_value());
    EXPECT_TRUE(decode_send(200, "{}").has_value());
    for (int status = 200; status <= 299; ++status) {
        if (status != 200) {
            auto const verification = decode_verify(status, "");
            ASSERT_TRUE(verification.has_error()) << status;
            EXPECT_EQ(verification.error().category, ErrorCategory::bad_response) << status;
            EXPECT_EQ(verification.error().delivery, Delivery::unknown) << status;
        }
        if (status != 200 && status != 204) {
            auto const receipt = decode_send(status, "");
            ASSERT_TRUE(receipt.has_error()) << status;
            EXPECT_EQ(receipt.error().delivery, Delivery::unknown) << status;
        }
    }
    EXPECT_TRUE(decode_send(204, "{}").has_value());
}

TEST(TenNPayResponses, AResendIsAnsweredWith204Only) {
    auto const decode = [](int status, std::string body) {
        return make_adapter()->decode_send(
            resend_to(), sized_answer(status, std::move(body)), make_context()
        );
    };
    EXPECT_TRUE(decode(204, "").has_value());
    for (std::string const body : {"", "{}"}) {
        auto const receipt = decode(200, body);
        ASSERT_TRUE(receipt.has_error()) << body;
        EXPECT_EQ(receipt.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(receipt.error().delivery, Delivery::unknown);
    }
}

TEST(TenNPayResponses, ASendHasNoConfirmation) {
    for (std::string_view const body : {R"({"isPhoneNumberVerified":true})", R"({"id":2077})"}) {
        EXPECT_TRUE(decode_send(200, body).has_error()) << body;
        EXPECT_TRUE(decode_send(204, body).has_error()) << body;
    }
}

TEST(TenNPayResponses, ACheckMayBeConfirmed) {
    for (std::string_view const body :
         {"",
          "{}",
          " \r\n",
          R"({"isPhoneNumberVerified":true})",
          R"({"verified":true,"status":200})",
          R"({"id":2077,"phoneNumber":"+359881234567","verified":true})",
          R"({"userId":"2077","data":{"approved":true,"correlationType":0,"x":null}})"}) {
        auto const verification = decode_verify(200, body);
        ASSERT_TRUE(verification.has_value()) << body;
        EXPECT_TRUE(verification->approved()) << body;
    }
}

TEST(TenNPayResponses, AnotherUsersConfirmationIsNone) {
    for (std::string_view const body :
         {R"({"id":2078})",
          R"({"userId":"2078","verified":true})",
          R"({"ID":20770})",
          R"({"data":{"user_id":207}})",
          R"({"id":true})",
          R"({"id":{}})",
          R"({"id":[2077]})",
          R"({"user":[2077]})",
          R"({"userId":{"id":2077}})",
          R"({"userIds":[2077,2078]})"}) {
        auto const verification = decode_verify(200, body);
        ASSERT_TRUE(verification.has_error()) << body;
        EXPECT_EQ(verification.error().delivery, Delivery::unknown) << body;
    }
}

TEST(TenNPayResponses, AMessageOfAnyTypeIsNoConfirmation) {
    for (std::string_view const body :
         {R"({"message":1})",
          R"({"message":true})",
          R"({"Message":["Invalid code."]})",
          R"({"message":{"x":1},"verified":true})",
          R"({"data":{"message":7}})"}) {
        auto const verification = decode_verify(200, body);
        ASSERT_TRUE(verification.has_error()) << body;
        EXPECT_EQ(verification.error().category, ErrorCategory::bad_response) << body;
        EXPECT_EQ(verification.error().delivery, Delivery::unknown) << body;
    }
}

TEST(TenNPayResponses, AnEmptyAnswerMustTellItsLengthAndBeNoPage) {
    auto const check = [](std::string body, HttpHeaders headers) {
        return make_adapter()->decode_verify(
            verify_of(), answer(200, std::move(body), std::move(headers)), make_context()
        );
    };
    EXPECT_TRUE(check("", {{"Content-Length", "0"}}).value().approved());
    EXPECT_TRUE(check("", {{"Transfer-Encoding", "chunked"}}).value().approved());
    EXPECT_TRUE(
        check("{}", {{"Content-Length", "2"}, {"Content-Type", "application/json; charset=utf-8"}})
            .value()
            .approved()
    );
    for (auto const& [body, headers] : std::initializer_list<std::pair<std::string, HttpHeaders>>{
             {"", {}},
             {"{}", {}},
             {" ", {{"Connection", "close"}}},
             {"", {{"Content-Length", "0"}, {"Content-Type", "text/html"}}},
             {"", {{"Content-Length", "0"}, {"Content-Type", "text/html; x=json"}}},
             {"", {{"Content-Length", "0"}, {"Content-Type", "application/jsonp"}}},
             {"{}", {{"Content-Length", "2"}, {"Content-Type", "multipart/json"}}},
             {"", {{"Content-Length", "0"}, {"Content-Type", "application/problem+json"}}},
             {"{}", {{"Content-Length", "2"}, {"Content-Type", "application/problem+json"}}},
             {"{}", {{"Content-Length", "2"}, {"Content-Type", "text/html; charset=utf-8"}}},
             {"", {{"Content-Length", "0"}, {"Content-Type", "text/plain"}}}}) {
        auto const verification = check(body, headers);
        ASSERT_TRUE(verification.has_error()) << body;
        EXPECT_EQ(verification.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(verification.error().delivery, Delivery::unknown);
    }
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
         R"({"message":"Invalid code."})",
         R"({"Title":"Bad Request","Status":400,"Detail":"Invalid code."})",
         R"({"TITLE":null})",
         R"({"errCode":40029})",
         R"({"result":0})",
         R"({"errmsg":5})",
         R"({"user":2078})",
         R"({"uid":2078})",
         R"({"userIds":[2078]})",
         R"({"user":{"id":2078}})",
         R"({"PhoneNumber":["The phone number is not verified."]})",
         R"({"phoneNumber":"Invalid code."})",
         R"({"fail":true})",
         R"({"reject":true})",
         R"({"failureCode":12})",
         R"({"resultCode":400})",
         R"({"responseCode":400})",
         R"({"returnCode":1})",
         R"({"match":0})",
         R"({"locked":true})",
         R"({"verified":"false"})",
         R"({"verified":0})",
         R"({"verified":null})",
         R"({"data":{"error":"Invalid code."}})",
         R"({"data":[{"reason":"Invalid code."}]})",
         R"({"success":0})",
         R"({"done":false})",
         R"({"list":[true,false]})",
         R"({"isInvalidCode":true})",
         R"({"isIncorrectOtp":true})",
         R"({"isUnverifiedPhone":true})",
         R"({"invalidCode":true})",
         R"({"expiredCode":true})",
         R"({"wrongCode":true})",
         R"({"verdict":null})",
         R"({"result":null})",
         R"({"result":-1})",
         R"({"responseStatus":400})",
         R"({"responseStatusCode":400})",
         R"({"captchaRequired":true})",
         R"({"attemptsLeft":2})",
         R"({"verified":true,"x":1})",
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
