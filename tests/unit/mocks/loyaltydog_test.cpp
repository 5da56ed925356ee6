#include "loyaltydog/loyaltydog_mock.hpp"
#include "unit/mocks/played_vendor.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

class LoyaltyDog : public testing::Test {
protected:
    MockResponse call(std::string const& operation, std::string const& body) {
        auto const path = "/v2/giftcards/customers/otp/" + operation;
        return vendor.answer(json_request("POST", path, bearer(token), body));
    }
    MockResponse send() { return call("send", R"({"target":"+12025550162"})"); }
    MockResponse verify(std::string const& code) {
        return call("verify", R"({"target":"+12025550162","code":")" + code + "\"}");
    }
    MockResponse grant(std::string const& password) {
        MockRequest request{"POST", "/v2/token", {}, {}, {}};
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = "username=user&password=" + password;
        return vendor.answer(request);
    }

    std::string token{"token"};
    PlayedVendor<LoyaltyDogState> vendor{
        "loyaltydog",
        LoyaltyDogState{LoyaltyDogAccount{"user", "password", "token"}},
        answer_loyaltydog};
};

TEST_F(LoyaltyDog, approves_the_code_that_it_sent_once) {
    auto const sent = send();
    EXPECT_EQ(
        sent.body,
        R"({"success":true,"message":"OTP sent successfully","error":null,"otpType":"phone",)"
        R"("mockCode":null})"
    );
    EXPECT_EQ(vendor.recipient(), "+12025550162");
    auto const verified = verify(vendor.code());
    EXPECT_EQ(verified.status, 200);
    EXPECT_EQ(member(verified, "/identity/verifiedAt"), R"("2023-11-14T22:13:20.000Z")");
    EXPECT_EQ(vendor.code_state(), "verified");
    EXPECT_EQ(verify(vendor.code()).status, 400);
}

TEST_F(LoyaltyDog, locks_a_code_after_three_wrong_tries) {
    send();
    EXPECT_EQ(verify(wrong_code(vendor.code())).status, 400);
    EXPECT_EQ(verify(wrong_code(vendor.code())).status, 400);
    EXPECT_EQ(vendor.code_state(), "pending");
    EXPECT_EQ(verify(wrong_code(vendor.code())).status, 400);
    EXPECT_EQ(vendor.code_state(), "locked");
    EXPECT_EQ(verify(vendor.code()).status, 400);
}

TEST_F(LoyaltyDog, refuses_a_code_from_its_expiry_on) {
    send();
    vendor.now += std::chrono::minutes(5);
    EXPECT_EQ(vendor.code_state(), "expired");
    EXPECT_EQ(verify(vendor.code()).status, 400);
    vendor.now -= std::chrono::milliseconds(1);
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(LoyaltyDog, sends_five_codes_in_an_hour) {
    for (int sent = 0; sent < 5; ++sent) EXPECT_EQ(send().status, 200);
    auto const code = vendor.code();
    EXPECT_EQ(send().status, 429);
    EXPECT_EQ(vendor.code(), code) << "a refused send reports no message";
    vendor.now += std::chrono::hours(1);
    EXPECT_EQ(send().status, 200);
}

TEST_F(LoyaltyDog, takes_a_granted_token_until_it_expires_or_is_forgotten) {
    EXPECT_EQ(grant("wrong").status, 401);
    auto const granted = member(grant("password"), "/accessToken");
    ASSERT_GT(granted.size(), 2U);
    token = granted.substr(1, granted.size() - 2);
    EXPECT_EQ(send().status, 200);
    vendor.now += std::chrono::hours(1);
    EXPECT_EQ(send().status, 401);
    vendor.now -= std::chrono::milliseconds(1);
    EXPECT_EQ(send().status, 200);
    vendor.state.forget();
    EXPECT_EQ(send().status, 401);
}

}  // namespace
}  // namespace otp::mocks::test
