// Successes as documented at
// https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code, and what
// must never pass for one.
#include "contract/spherepay/spherepay_fixture.hpp"

namespace otp::contract {
namespace {

using testing::IsEmpty;

constexpr std::string_view sent_body =
    R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4",)"
    R"("expiresAt":"2026-03-09T20:46:31.305Z"})";
constexpr std::string_view verified_body =
    R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4",)"
    R"("verifiedAt":"2026-03-09T20:44:02.118Z"})";

Result<SendReceipt> decode_send(int status, std::string_view body) {
    return make_adapter()->decode_send(
        send_to(customer), answer(status, std::string(body)), make_context()
    );
}

Result<Verification> decode_verify(int status, std::string_view body) {
    return make_adapter()->decode_verify(
        verify_of(customer, "phone"), answer(status, std::string(body)), make_context()
    );
}

TEST(SpherePayResponses, DocumentedSendSuccess) {
    auto const receipt = decode_send(200, sent_body).value();
    EXPECT_EQ(receipt.handle.instance(), "main");
    EXPECT_EQ(receipt.handle.vendor(), "spherepay");
    EXPECT_EQ(receipt.handle.channel(), Channel::sms);
    EXPECT_FALSE(receipt.test_code.has_value());
    EXPECT_THAT(receipt.request_id, IsEmpty());
}

TEST(SpherePayResponses, Trap04_ExpiryIsTheVendorsOwn) {
    auto const receipt = decode_send(200, sent_body).value();
    ASSERT_TRUE(receipt.expires_at.has_value());
    EXPECT_EQ(receipt.expires_at->time_since_epoch().count(), 1773089191305);
}

TEST(SpherePayResponses, Trap05_HandleIsCustomerIdAndType) {
    auto const adapter = make_adapter();
    auto const send = send_to(customer, Channel::email);
    auto const receipt =
        adapter->decode_send(send, answer(200, std::string(sent_body)), make_context()).value();
    EXPECT_EQ(receipt.handle.reference("customer_id"), customer);
    EXPECT_EQ(receipt.handle.reference("type"), "email");
    auto const request =
        adapter->encode_verify(VerifyOtp(receipt.handle, code("123456")), make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"type":"email","code":"123456"})"));
}

TEST(SpherePayResponses, UnknownMembersAreTolerated) {
    EXPECT_TRUE(decode_send(
                    200,
                    R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4",)"
                    R"("expiresAt":"2026-03-09T20:46:31Z","type":"phone","x":[null]})"
    )
                    .has_value());
}

TEST(SpherePayResponses, DocumentedVerifySuccess) {
    auto const verification = decode_verify(200, verified_body).value();
    EXPECT_TRUE(verification.approved());
    EXPECT_EQ(verification.http_status, 200);
    EXPECT_EQ(verification.user_id, customer);
    EXPECT_FALSE(verification.session.has_value());
}

TEST(SpherePayResponses, HostileSuccessesOfASendAreNotUnderstood) {
    auto bodies = broken_bodies();
    bodies.insert(
        bodies.end(),
        {"",
         "{}",
         R"({"customerId":"customer_1"})",
         R"({"expiresAt":"2026-03-09T20:46:31.305Z"})",
         R"({"customerId":null,"expiresAt":"2026-03-09T20:46:31.305Z"})",
         R"({"customerId":"","expiresAt":"2026-03-09T20:46:31.305Z"})",
         R"({"customerId":7,"expiresAt":"2026-03-09T20:46:31.305Z"})",
         R"({"customerId":"customer_1","expiresAt":null})",
         R"({"customerId":"customer_1","expiresAt":1773089191305})",
         R"({"customerId":"customer_1","expiresAt":"soon"})",
         R"({"customerId":"a","customerId":"b","expiresAt":"2026-03-09T20:46:31.305Z"})",
         R"({"status":400,"detail":"Invalid request parameters","code":"address/invalid"})"}
    );
    for (auto const& body : bodies) {
        SCOPED_TRACE(body.substr(0, 100));
        auto const receipt = decode_send(200, body);
        ASSERT_TRUE(receipt.has_error());
        EXPECT_EQ(receipt.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(receipt.error().delivery, Delivery::unknown);
    }
}

TEST(SpherePayResponses, HostileSuccessesOfACheckAreNeverApproved) {
    auto bodies = broken_bodies();
    bodies.insert(
        bodies.end(),
        {"",
         "{}",
         R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4"})",
         R"({"verifiedAt":"2026-03-09T20:44:02.118Z"})",
         R"({"customerId":"customer_other","verifiedAt":"2026-03-09T20:44:02.118Z"})",
         R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4","verifiedAt":null})",
         R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4","verifiedAt":true})",
         R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4",)"
         R"("verifiedAt":"2026-03-09T20:44:02.118Z","verified":false})",
         R"({"customerId":"customer_f31121c389624d3697cbf3ea8830b7a4",)"
         R"("verifiedAt":"2026-03-09T20:44:02.118Z","verified":null})"}
    );
    for (auto const& body : bodies) {
        SCOPED_TRACE(body.substr(0, 100));
        auto const verification = decode_verify(200, body);
        ASSERT_TRUE(verification.has_error());
        EXPECT_EQ(verification.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(verification.error().delivery, Delivery::unknown);
    }
    for (int const status : {201, 202, 204}) {
        EXPECT_TRUE(decode_verify(status, verified_body).has_error()) << status;
    }
}

}  // namespace
}  // namespace otp::contract
