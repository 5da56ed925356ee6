#include "eko/eko_mock.hpp"
#include "unit/mocks/played_vendor.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

class Eko : public testing::Test {
protected:
    /// Signed at `first_moment`: a vector of https://developers.eko.in/docs/authentication.
    static MockHeaders signature() {
        return {
            {"developer_key", "developer"},
            {"secret-key", "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo="},
            {"secret-key-timestamp", "1700000000000"}};
    }
    MockResponse send() {
        return vendor.answer(json_request(
            "POST",
            "/tools/kyc/mobile/otp",
            signature(),
            R"({"initiator_id":"9962981729","csp_id":"9002336768","mobile":"9002336768"})"
        ));
    }
    MockResponse verify(std::string const& code) {
        return vendor.answer(json_request(
            "PUT",
            "/tools/kyc/mobile/otp/verify",
            signature(),
            R"({"initiator_id":"9962981729","mobile":"9002336768","otp":")" + code + "\"}"
        ));
    }

    PlayedVendor<EkoState> vendor{
        "eko", EkoState{EkoAccount{"developer", "test-access-key-123", "9962981729"}}, answer_eko};
};

TEST_F(Eko, approves_the_code_that_it_sent_once) {
    auto const sent = send();
    EXPECT_EQ(member(sent, "/status"), "0");
    EXPECT_EQ(member(sent, "/data/otp_expiry_timestamp"), R"("Wed Nov 15 03:53:20 IST 2023")");
    EXPECT_EQ(member(sent, "/data/otp"), "");
    EXPECT_EQ(vendor.recipient(), "+919002336768");
    EXPECT_EQ(vendor.code().size(), 4U);
    auto const verified = verify(vendor.code());
    EXPECT_EQ(member(verified, "/message"), R"("OTP verification successful.")");
    EXPECT_EQ(vendor.code_state(), "verified");
    EXPECT_EQ(member(verify(vendor.code()), "/status"), "1");
}

TEST_F(Eko, refuses_a_wrong_code_and_takes_the_right_one_after_it) {
    send();
    auto const refused = verify(wrong_code(vendor.code()));
    EXPECT_EQ(refused.status, 200);
    EXPECT_EQ(member(refused, "/message"), R"("OTP verification failed.")");
    EXPECT_EQ(member(verify(vendor.code()), "/status"), "0");
}

TEST_F(Eko, refuses_a_code_from_its_expiry_on) {
    send();
    vendor.now += std::chrono::minutes(10);
    EXPECT_EQ(vendor.code_state(), "expired");
    EXPECT_EQ(member(verify(vendor.code()), "/message"), R"("OTP verification failed.")");
    vendor.now -= std::chrono::milliseconds(1);
    EXPECT_EQ(member(verify(vendor.code()), "/status"), "0");
}

TEST_F(Eko, compares_a_signature_with_the_clients_time) {
    vendor.now += std::chrono::hours(24);
    EXPECT_EQ(send().status, 200);
    vendor.client_now += std::chrono::minutes(5);
    EXPECT_EQ(send().status, 200);
    vendor.client_now += std::chrono::milliseconds(1);
    EXPECT_EQ(send().status, 403);
}

}  // namespace
}  // namespace otp::mocks::test
