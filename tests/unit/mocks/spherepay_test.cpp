#include "spherepay/spherepay_mock.hpp"
#include "unit/mocks/played_vendor.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

class SpherePay : public testing::Test {
protected:
    MockResponse call(std::string const& operation, std::string const& body) {
        auto const path = "/v2/customer/customer_1/" + operation;
        return vendor.answer(json_request("POST", path, bearer("key"), body));
    }
    MockResponse send() { return call("otp-send", R"({"type":"phone"})"); }
    MockResponse verify(std::string const& code) {
        return call("otp-verify", R"({"type":"phone","code":")" + code + "\"}");
    }

    PlayedVendor<SpherePayState> vendor{"spherepay", SpherePayState{"key"}, answer_spherepay};
};

TEST_F(SpherePay, approves_the_code_that_it_sent_once) {
    auto const sent = send();
    EXPECT_EQ(sent.status, 200);
    EXPECT_EQ(sent.body, R"({"customerId":"customer_1","expiresAt":"2023-11-14T22:23:20.000Z"})");
    EXPECT_EQ(vendor.recipient(), "customer_1");
    EXPECT_EQ(vendor.code_state(), "pending");
    vendor.now += std::chrono::minutes(1);
    auto const verified = verify(vendor.code());
    EXPECT_EQ(
        verified.body, R"({"customerId":"customer_1","verifiedAt":"2023-11-14T22:14:20.000Z"})"
    );
    EXPECT_EQ(vendor.code_state(), "verified");
    EXPECT_EQ(verify(vendor.code()).status, 400);
}

TEST_F(SpherePay, refuses_a_wrong_code_and_takes_the_right_one_after_it) {
    send();
    auto const refused = verify(wrong_code(vendor.code()));
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(member(refused, "/detail"), R"("The code is expired or incorrect")");
    EXPECT_EQ(vendor.code_state(), "pending");
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(SpherePay, refuses_a_code_from_its_expiry_on) {
    send();
    vendor.now += std::chrono::minutes(10);
    EXPECT_EQ(vendor.code_state(), "expired");
    EXPECT_EQ(verify(vendor.code()).status, 400);
    vendor.now -= std::chrono::milliseconds(1);
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(SpherePay, keeps_a_code_for_each_channel) {
    send();
    auto const phone_code = vendor.code();
    call("otp-send", R"({"type":"email"})");
    auto const email_code = vendor.code();
    ASSERT_NE(email_code, phone_code);
    EXPECT_EQ(verify(email_code).status, 400);
    EXPECT_EQ(verify(phone_code).status, 200);
    auto const body = R"({"type":"email","code":")" + email_code + "\"}";
    EXPECT_EQ(call("otp-verify", body).status, 200);
}

}  // namespace
}  // namespace otp::mocks::test
