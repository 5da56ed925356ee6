// Successes as documented at
// https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp and
// https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp, and what must
// never pass for one.
#include "contract/loyaltydog/loyaltydog_fixture.hpp"

#include <sstream>

namespace otp::contract {
namespace {

using testing::HasSubstr;
using testing::Not;

Result<SendReceipt> decode_send(int status, std::string_view body) {
    return make_adapter()->decode_send(
        send_to_phone(), answer(status, std::string(body)), make_context()
    );
}

Result<Verification> decode_verify(int status, std::string_view body) {
    return make_adapter()->decode_verify(
        verify_of("+12025550162"), answer(status, std::string(body)), make_context()
    );
}

TEST(LoyaltyDogResponses, DocumentedSendSuccess) {
    for (std::string_view const body :
         {R"({"success":true})",
          R"({"success":true,"message":"OTP sent","error":null,"otpType":"sms","mockCode":null})",
          R"({"success":true,"error":"","otpType":"carrier-pigeon","extra":{}})"}) {
        auto const receipt = decode_send(200, body);
        ASSERT_TRUE(receipt.has_value()) << body;
        EXPECT_EQ(receipt->handle.instance(), "main");
        EXPECT_EQ(receipt->handle.vendor(), "loyaltydog");
        EXPECT_EQ(receipt->handle.channel(), Channel::sms);
        EXPECT_FALSE(receipt->test_code.has_value());
    }
}

TEST(LoyaltyDogResponses, Trap04_ExpiryIsTheDocumented5Minutes) {
    auto const receipt = decode_send(200, R"({"success":true})").value();
    EXPECT_EQ(receipt.expires_at, test_now + std::chrono::minutes(5));
}

TEST(LoyaltyDogResponses, Trap05_HandleIsTheTarget) {
    auto const adapter = make_adapter();
    auto const receipt =
        adapter->decode_send(send_to_email(), answer(200, R"({"success":true})"), make_context())
            .value();
    EXPECT_EQ(receipt.handle.reference("target"), "user@example.com");
    EXPECT_EQ(receipt.handle.channel(), Channel::email);
    auto const request =
        adapter->encode_verify(VerifyOtp(receipt.handle, code("123456")), make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"target":"user@example.com","code":"123456"})"));
}

TEST(LoyaltyDogResponses, ExplicitTargetDecidesTheHandle) {
    SendOtp send = send_to_phone();
    send.vendor_fields["loyaltydog"]["target"] = "someone@example.com";
    auto const receipt = make_adapter()
                             ->decode_send(send, answer(200, R"({"success":true})"), make_context())
                             .value();
    EXPECT_EQ(receipt.handle.reference("target"), "someone@example.com");
    EXPECT_EQ(receipt.handle.channel(), Channel::email);
}

TEST(LoyaltyDogResponses, Trap16_MockCodeIsExposedAndUnprintable) {
    auto const receipt = make_test_adapter()
                             ->decode_send(
                                 send_to_phone(),
                                 answer(200, R"({"success":true,"mockCode":"482913"})"),
                                 make_context()
                             )
                             .value();
    EXPECT_TRUE(receipt.warnings.empty());
    ASSERT_TRUE(receipt.test_code.has_value());
    EXPECT_EQ(receipt.test_code->reveal(), "482913");
    std::ostringstream shown;
    shown << *receipt.test_code;
    EXPECT_THAT(shown.str(), Not(HasSubstr("482913")));
}

TEST(LoyaltyDogResponses, MockCodeOfProductionIsDroppedWithAWarning) {
    auto const receipt = decode_send(200, R"({"success":true,"mockCode":"482913"})").value();
    EXPECT_FALSE(receipt.test_code.has_value());
    ASSERT_EQ(receipt.warnings.size(), 1U);
    EXPECT_THAT(receipt.warnings.front(), HasSubstr("mockCode"));
    EXPECT_THAT(receipt.warnings.front(), Not(HasSubstr("482913")));
}

TEST(LoyaltyDogResponses, DocumentedVerifySuccess) {
    auto const verification =
        decode_verify(
            200,
            R"({"success":true,"error":null,"verifiedTarget":"+12025550162","otpType":"phone",)"
            R"("sessionToken":"not-a-real-session","identity":{"id":"507f1f77bcf86cd799439011",)"
            R"("email":null,"phone":"+12025550162","name":null,"verified":true,)"
            R"("verifiedAt":"2026-03-09T20:44:02Z","trustLevel":"low"}})"
        )
            .value();
    EXPECT_TRUE(verification.approved());
    ASSERT_TRUE(verification.session.has_value());
    EXPECT_EQ(verification.session->token.reveal(), "not-a-real-session");
    EXPECT_TRUE(verification.session->jwt.empty());
    EXPECT_EQ(verification.user_id, "507f1f77bcf86cd799439011");
    EXPECT_EQ(verification.http_status, 200);
}

TEST(LoyaltyDogResponses, VerifySuccessWithNullsHasNoSession) {
    for (std::string_view const body :
         {R"({"success":true})",
          R"({"success":true,"error":null,"sessionToken":null,"identity":null})",
          R"({"success":true,"sessionToken":""})"}) {
        auto const verification = decode_verify(200, body);
        ASSERT_TRUE(verification.has_value()) << body;
        EXPECT_TRUE(verification->approved());
        EXPECT_FALSE(verification->session.has_value());
    }
}

TEST(LoyaltyDogResponses, HostileSuccessesAreNotUnderstood) {
    auto bodies = broken_bodies();
    bodies.insert(
        bodies.end(),
        {"",
         "{}",
         R"({"success":null})",
         R"({"success":"true"})",
         R"({"success":1})",
         R"({"Success":true})",
         R"({"success":false,"success":true})",
         R"({"success":true,"error":"Rate limit exceeded"})",
         R"({"success":true,"error":{"code":"x","message":"y"}})",
         R"({"error":{"code":"x","message":"y","details":{}}})",
         R"({"detail":"Not authenticated"})"}
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
    EXPECT_TRUE(decode_verify(202, R"({"success":true})").has_error());
}

TEST(LoyaltyDogToken, Trap18_DocumentedCamelCaseResponse) {
    auto const adapter = make_adapter_with_password();
    auto const token =
        adapter->token_grant()
            ->decode(answer(
                200,
                R"({"accessToken":"granted.token","tokenType":"bearer","mfaPending":false,)"
                R"("pendingToken":null})"
            ))
            .value();
    EXPECT_EQ(token.token.reveal(), "granted.token");
    EXPECT_FALSE(token.expires_in.has_value());
}

TEST(LoyaltyDogToken, Trap18_MfaPendingIsAnAuthenticationError) {
    auto const adapter = make_adapter_with_password();
    auto const token = adapter->token_grant()->decode(answer(
        200,
        R"({"accessToken":null,"tokenType":"bearer","mfaPending":true,"pendingToken":"pending"})"
    ));
    ASSERT_TRUE(token.has_error());
    EXPECT_EQ(token.error().category, ErrorCategory::unauthenticated);
    EXPECT_EQ(token.error().delivery, Delivery::not_sent);
    EXPECT_THAT(token.error().message, HasSubstr("second factor"));
}

TEST(LoyaltyDogToken, Trap18_SnakeCaseIsNotUnderstood) {
    auto const adapter = make_adapter_with_password();
    auto const token = adapter->token_grant()->decode(
        answer(200, R"({"access_token":"granted.token","token_type":"bearer"})")
    );
    ASSERT_TRUE(token.has_error());
    EXPECT_EQ(token.error().category, ErrorCategory::bad_response);
    EXPECT_EQ(token.error().delivery, Delivery::not_sent);
}

TEST(LoyaltyDogToken, RefusedCredentials) {
    auto const adapter = make_adapter_with_password();
    for (int const status : {400, 401, 403, 422}) {
        auto const token = adapter->token_grant()->decode(
            answer(status, R"({"detail":"Incorrect username or password"})")
        );
        ASSERT_TRUE(token.has_error());
        EXPECT_EQ(token.error().category, ErrorCategory::unauthenticated) << status;
        EXPECT_EQ(token.error().delivery, Delivery::not_sent);
        EXPECT_THAT(token.error().message, HasSubstr("Incorrect username or password"));
    }
}

}  // namespace
}  // namespace otp::contract
