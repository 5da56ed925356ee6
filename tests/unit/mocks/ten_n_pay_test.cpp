#include "10npay/ten_n_pay_mock.hpp"
#include "unit/mocks/played_vendor.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

class TenNPay : public testing::Test {
protected:
    MockResponse call(std::string const& path, std::string const& body) {
        return vendor.answer(json_request("POST", path, bearer("token"), body));
    }
    MockResponse send(std::string const& user = "2077") {
        auto const body = R"({"id":)" + user + R"(,"phoneNumber":"+359881234567"})";
        return call("/User/phone-number/send-code", body);
    }
    MockResponse verify(std::string const& code) {
        return call("/User/phone-number/verify", R"({"id":2077,"code":")" + code + "\"}");
    }
    std::string verified_status() {
        auto const request = json_request("GET", "/User/2077/status", bearer("token"), "");
        return member(vendor.answer(request), "/isPhoneNumberVerified");
    }

    PlayedVendor<TenNPayState> vendor{
        "10npay", TenNPayState{TenNPayAccount{"client", "secret", "token"}}, answer_ten_n_pay};
};

TEST_F(TenNPay, approves_the_code_that_it_sent_once) {
    EXPECT_EQ(send().status, 204);
    EXPECT_EQ(vendor.recipient(), "+359881234567");
    EXPECT_EQ(verified_status(), "false");
    auto const verified = verify(vendor.code());
    EXPECT_EQ(verified.status, 200);
    EXPECT_EQ(verified.body, "");
    EXPECT_EQ(vendor.code_state(), "verified");
    EXPECT_EQ(verified_status(), "true");
    EXPECT_EQ(verify(vendor.code()).status, 400);
}

TEST_F(TenNPay, refuses_a_wrong_code_and_takes_the_right_one_after_it) {
    send();
    auto const refused = verify(wrong_code(vendor.code()));
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(member(refused, "/errors/Error/0"), R"("Invalid code.")");
    EXPECT_EQ(verified_status(), "false");
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(TenNPay, refuses_a_code_from_its_expiry_on) {
    send();
    vendor.now += std::chrono::minutes(10);
    EXPECT_EQ(vendor.code_state(), "expired");
    EXPECT_EQ(verify(vendor.code()).status, 400);
    vendor.now -= std::chrono::milliseconds(1);
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(TenNPay, sends_nothing_to_a_number_that_is_verified) {
    send();
    verify(vendor.code());
    auto const code = vendor.code();
    EXPECT_EQ(send().status, 204) << "still idempotent for its owner";
    EXPECT_EQ(send("2078").status, 400) << "not another user's number";
    EXPECT_EQ(vendor.code(), code);
}

}  // namespace
}  // namespace otp::mocks::test
