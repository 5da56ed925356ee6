#include "stytch/stytch_mock.hpp"
#include "unit/mocks/played_vendor.hpp"
#include "wire/base64.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

class Stytch : public testing::Test {
protected:
    MockResponse call(std::string const& path, std::string const& body) {
        MockHeaders const headers{{"Authorization", "Basic " + base64("project:secret")}};
        return vendor.answer(json_request("POST", "/v1/otps/" + path, headers, body));
    }
    MockResponse send(std::string const& more = "") {
        auto sent = call("sms/send", R"({"phone_number":"+12025550162")" + more + "}");
        method_id = member(sent, "/phone_id");
        return sent;
    }
    MockResponse verify(std::string const& code) {
        return call("authenticate", R"({"method_id":)" + method_id + R"(,"code":")" + code + "\"}");
    }

    /// As JSON text.
    std::string method_id;
    PlayedVendor<StytchState> vendor{
        "stytch", StytchState{StytchAccount{"project", "secret"}}, answer_stytch};
};

TEST_F(Stytch, approves_the_code_that_it_sent_once) {
    auto const sent = send();
    EXPECT_EQ(sent.status, 200);
    EXPECT_EQ(vendor.recipient(), "+12025550162");
    auto const verified = verify(vendor.code());
    EXPECT_EQ(verified.status, 200);
    EXPECT_EQ(member(verified, "/method_id"), method_id);
    EXPECT_EQ(member(verified, "/user_id"), member(sent, "/user_id"));
    EXPECT_EQ(vendor.code_state(), "verified");
    auto const again = verify(vendor.code());
    EXPECT_EQ(member(again, "/error_type"), R"("unable_to_auth_otp_code")");
}

TEST_F(Stytch, refuses_a_wrong_code_and_takes_the_right_one_after_it) {
    send();
    auto const refused = verify(wrong_code(vendor.code()));
    EXPECT_EQ(refused.status, 404);
    EXPECT_EQ(member(refused, "/error_type"), R"("otp_code_not_found")");
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(Stytch, refuses_a_code_from_its_expiry_on) {
    send();
    vendor.now += std::chrono::minutes(2);
    EXPECT_EQ(vendor.code_state(), "expired");
    auto const late = verify(vendor.code());
    EXPECT_EQ(member(late, "/error_type"), R"("unable_to_auth_otp_code")");
    vendor.now -= std::chrono::milliseconds(1);
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(Stytch, takes_the_expiry_of_the_request) {
    send(R"(,"expiration_minutes":10)");
    vendor.now += std::chrono::minutes(10) - std::chrono::milliseconds(1);
    EXPECT_EQ(verify(vendor.code()).status, 200);
}

TEST_F(Stytch, takes_the_sandbox_code_at_any_time) {
    auto const sent = call("email/send", R"({"email":"sandbox@stytch.com"})");
    method_id = member(sent, "/email_id");
    EXPECT_EQ(vendor.code(), "000000");
    vendor.now += std::chrono::hours(1);
    EXPECT_EQ(verify("000001").status, 404);
    EXPECT_EQ(verify("000000").status, 200);
    EXPECT_EQ(verify("000000").status, 200);
}

}  // namespace
}  // namespace otp::mocks::test
