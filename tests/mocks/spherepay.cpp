#include "raw_client.hpp"

#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

constexpr char send_path[] = "/v2/customer/customer_f31121c389624d3697cbf3ea8830b7a4/otp-send";
constexpr char verify_path[] = "/v2/customer/customer_f31121c389624d3697cbf3ea8830b7a4/otp-verify";

class SpherePay : public testing::Test {
protected:
    Answer post(std::string const& path, std::string const& body) {
        return bench.call("spherepay", "POST", path, body);
    }
    Bench bench;
};

TEST_F(SpherePay, answers_with_the_documented_members) {
    auto const sent = post(send_path, R"({"type":"email"})");
    EXPECT_EQ(sent.at("/customerId"), "\"customer_f31121c389624d3697cbf3ea8830b7a4\"");
    EXPECT_EQ(sent.at("/expiresAt"), "\"2023-11-14T22:23:20.000Z\"");
    EXPECT_EQ(bench.mock.messages().front().channel, "email");
    auto const code = bench.last_code("spherepay");
    auto const verified = post(verify_path, R"({"type":"email","code":")" + code + "\"}");
    EXPECT_EQ(verified.status, 200);
    EXPECT_EQ(verified.at("/verifiedAt"), "\"2023-11-14T22:13:20.000Z\"");
}

TEST_F(SpherePay, wants_the_type_of_the_send_again) {
    post(send_path, R"({"type":"email"})");
    auto const code = bench.last_code("spherepay");
    EXPECT_EQ(post(verify_path, R"({"type":"phone","code":")" + code + "\"}").status, 400);
}

TEST_F(SpherePay, refuses_a_wrong_key_without_a_code) {
    auto const answer = bench.request(
        "POST",
        std::string("/spherepay").append(send_path),
        {{"Authorization", "Bearer wrong"}},
        R"({"type":"phone"})"
    );
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.at("/detail"), "\"Forbidden resource\"");
    EXPECT_EQ(answer.at("/code"), "");
}

TEST_F(SpherePay, wants_one_space_after_bearer) {
    auto const header = "Bearer  " + bench.credentials.spherepay_api_key;
    EXPECT_EQ(
        bench
            .request(
                "POST",
                std::string("/spherepay").append(send_path),
                {{"Authorization", header}},
                R"({"type":"phone"})"
            )
            .status,
        403
    );
}

TEST_F(SpherePay, refuses_bad_bodies) {
    EXPECT_EQ(post(send_path, R"({})").at("/errors/0/pointer"), "\"/type\"");
    EXPECT_EQ(post(send_path, R"({"type":null})").status, 422);
    EXPECT_EQ(post(send_path, R"({"type":"fax"})").status, 422);
    EXPECT_EQ(post(send_path, R"({"type":1})").status, 422);
    EXPECT_EQ(post(send_path, R"({"type":"phone","to":"x"})").at("/errors/0/pointer"), "\"/to\"");
    EXPECT_EQ(post(send_path, R"({"type":"phone")").status, 400);
    EXPECT_EQ(post(send_path, R"(["phone"])").status, 400);
    EXPECT_EQ(post(verify_path, R"({"type":"phone"})").status, 422);
    EXPECT_EQ(post(verify_path, R"({"type":"phone","code":123456})").status, 422);
    EXPECT_EQ(post(verify_path, R"({"type":"phone","code":""})").status, 422);
    EXPECT_EQ(post(verify_path, R"({"type":"phone","code":"12345678901"})").status, 422);
    EXPECT_TRUE(bench.mock.messages().empty());
}

TEST_F(SpherePay, refuses_a_wrong_method_content_type_and_customer) {
    auto const path = std::string("/spherepay").append(send_path);
    auto const headers = bench.authorization("spherepay");
    auto const put = bench.request("PUT", path, headers, R"({"type":"phone"})");
    EXPECT_EQ(put.status, 405);
    EXPECT_EQ(put.header("Allow"), "POST");
    EXPECT_EQ(bench.request("POST", path, headers, "type=phone", "text/plain").status, 415);
    EXPECT_EQ(bench.request("POST", path + "?x=1", headers, R"({"type":"phone"})").status, 400);
    EXPECT_EQ(post("/v2/customer/17/otp-send", R"({"type":"phone"})").status, 404);
    EXPECT_EQ(post("/v2/customer//otp-send", R"({"type":"phone"})").status, 404);
    EXPECT_EQ(post("/v2/customer/customer_a%2fb/otp-send", R"({"type":"phone"})").status, 404);
    EXPECT_EQ(post("/v2/customer/customer_a/otp-send/", R"({"type":"phone"})").status, 404);
}

}  // namespace
}  // namespace otp::mocks::test
