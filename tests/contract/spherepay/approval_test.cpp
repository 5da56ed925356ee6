// Whom an answer names, and what speaks against it
// (https://docs.spherepay.co/api-reference/enhanced-due-diligence/verify-verification-code).
#include "contract/spherepay/spherepay_fixture.hpp"

namespace otp::contract {
namespace {

std::string success(
    std::string_view time, std::string_view members, std::string_view id = customer
) {
    return R"({"customerId":")" + std::string(id) + R"(",")" + std::string(time) +
           R"(":"2026-03-09T20:46:31.305Z")" + std::string(members) + '}';
}

Result<SendReceipt> sent(std::string body, int status = 200) {
    return make_adapter()->decode_send(
        send_to(customer), answer(status, std::move(body)), make_context()
    );
}

Result<Verification> check(std::string body) {
    return make_adapter()->decode_verify(
        verify_of(customer, "phone"), answer(200, std::move(body)), make_context()
    );
}

template <class T>
void expect_doubt(Result<T> const& result, std::string_view input) {
    ASSERT_TRUE(result.has_error()) << input;
    EXPECT_EQ(result.error().category, ErrorCategory::bad_response) << input;
    EXPECT_EQ(result.error().delivery, Delivery::unknown) << input;
}

TEST(SpherePayApproval, HasNothingThatSpeaksAgainstIt) {
    for (std::string_view const members :
         {R"(,"code":"address/invalid")",
          R"(,"detail":"Invalid request parameters")",
          R"(,"status":400)",
          R"(,"error":"customer/not-found")",
          R"(,"errors":[{"detail":"Invalid email format"}])",
          R"(,"success":false)",
          R"(,"Verified":false)",
          R"(,"data":{"error":{"general":"Not Found"}})",
          R"(,"CustomerId":"customer_other")",
          R"(,"customer_id":"customer_other")",
          R"(,"customer":"customer_other")",
          R"(,"customer":{"id":"customer_other"})",
          R"(,"data":[{"customer":{"customerId":"customer_other"}}])",
          R"(,"customer_id":17)",
          R"(,"id":"customer_other")",
          R"(,"data":{"ID":"customer_other"})",
          R"(,"customers":["customer_other"])",
          R"(,"verifiedCustomerId":"customer_other")",
          R"(,"owner":{"uuid":"customer_other"})",
          R"(,"channel":"EMAIL")",
          R"(,"channel":"email")",
          R"(,"type":"email")",
          R"(,"type":1)"}) {
        expect_doubt(sent(success("expiresAt", members)), members);
        expect_doubt(check(success("verifiedAt", members)), members);
    }
    for (std::string_view const members :
         {"",
          R"(,"status":200)",
          R"(,"type":"phone")",
          R"(,"channel":"sms")",
          R"(,"channel":null)",
          R"(,"id":"otp_17","contact":"x","added":{"text":"x","list":[1,true,null]})"}) {
        EXPECT_TRUE(sent(success("expiresAt", members)).has_value()) << members;
        EXPECT_TRUE(check(success("verifiedAt", members)).has_value()) << members;
    }
}

TEST(SpherePayApproval, ASendForAnotherCustomerIsUnknown) {
    for (std::string_view const id :
         {"customer_other", "customer_F31121c389624d3697cbf3ea8830b7a4"}) {
        expect_doubt(sent(success("expiresAt", "", id)), id);
    }
}

TEST(SpherePayApproval, ASendIsAnsweredWith200Only) {
    for (int const status : {201, 202, 204, 206, 299}) {
        expect_doubt(sent(success("expiresAt", ""), status), std::to_string(status));
    }
}

TEST(SpherePayHandle, IsTheReceiptsBeforeTheAnswer) {
    for (auto const channel : {Channel::sms, Channel::email}) {
        auto const send = send_to(customer, channel);
        auto const early = make_adapter()->handle_before_answer(send, make_context());
        ASSERT_TRUE(early);
        auto const receipt =
            make_adapter()
                ->decode_send(send, answer(200, success("expiresAt", "")), make_context())
                .value();
        EXPECT_EQ(early->to_json(), receipt.handle.to_json());
    }
    EXPECT_FALSE(make_adapter()->handle_before_answer(
        SendOtp(Recipient(phone("+12025550162"))), make_context()
    ));
}

}  // namespace
}  // namespace otp::contract
