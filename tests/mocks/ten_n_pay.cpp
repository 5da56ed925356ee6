#include "raw_client.hpp"

#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

constexpr char send_path[] = "/User/phone-number/send-code";
constexpr char verify_path[] = "/User/phone-number/verify";
constexpr char form[] = "application/x-www-form-urlencoded";

class TenNPay : public testing::Test {
protected:
    Answer post(std::string const& path, std::string const& body) {
        return bench.call("10npay", "POST", path, body);
    }
    Answer grant(std::string const& body, httplib::Headers const& headers = {}) {
        return bench.request("POST", "/10npay/connect/token", headers, body, form);
    }
    Bench bench;
};

TEST_F(TenNPay, takes_the_documented_example) {
    auto const sent =
        post(send_path, R"({"id":2077,"phoneNumber":"+359881234567","correlationType":0})");
    EXPECT_EQ(sent.status, 204);
    EXPECT_EQ(sent.body, "");
    EXPECT_EQ(sent.header("Content-Length"), "");
    EXPECT_EQ(bench.mock.messages("10npay", "+359881234567").size(), 1U);
    auto const verified = bench.verify("10npay", "2077", bench.last_code("10npay"));
    EXPECT_EQ(verified.status, 200);
    EXPECT_EQ(verified.body, "");
}

TEST_F(TenNPay, links_a_verified_phone_to_one_user) {
    bench.send("10npay", "2077");
    bench.verify("10npay", "2077", bench.last_code("10npay"));
    EXPECT_EQ(bench.send("10npay", "2077").status, 204);
    EXPECT_EQ(bench.mock.messages().size(), 1U) << "no message for a verified user";
    auto const other = bench.send("10npay", "2078");
    EXPECT_EQ(other.status, 400);
    EXPECT_EQ(other.at("/errors/Error/0"), "\"Phone already registered\"");
}

TEST_F(TenNPay, refuses_a_wrong_code_with_problem_details) {
    bench.send("10npay", "2077");
    auto const answer = bench.verify("10npay", "2077", wrong_code(bench.last_code("10npay")));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.at("/errors"), R"({"Error":["Invalid code."]})");
    EXPECT_EQ(answer.at("/title"), "\"Bad Request\"");
}

TEST_F(TenNPay, sends_again_without_a_body) {
    bench.send("10npay", "2077");
    auto const headers = bench.authorization("10npay");
    auto const path = "/10npay/User/2077/phone-number/resend-code";
    EXPECT_EQ(bench.request("POST", path, headers).status, 204);
    EXPECT_EQ(bench.mock.messages().size(), 2U);
    EXPECT_EQ(bench.mock.messages().back().state, "superseded");
    EXPECT_EQ(bench.request("POST", path, headers, "{}").status, 400);
    auto const unknown = "/10npay/User/99/phone-number/resend-code";
    EXPECT_EQ(bench.request("POST", unknown, headers).status, 400);
    auto const no_id = "/10npay/User/x/phone-number/resend-code";
    EXPECT_EQ(bench.request("POST", no_id, headers).status, 404);
}

TEST_F(TenNPay, tells_whether_a_phone_is_verified) {
    auto const status = [&](char const* user) {
        auto const path = "/10npay/User/" + std::string(user) + "/status";
        return bench.request("GET", path, bench.authorization("10npay"));
    };
    bench.send("10npay", "2077");
    auto const before = status("2077");
    EXPECT_EQ(before.status, 200);
    EXPECT_EQ(before.at("/isPhoneNumberVerified"), "false");
    EXPECT_EQ(before.at("/status"), "50");
    bench.verify("10npay", "2077", bench.last_code("10npay"));
    EXPECT_EQ(status("2077").at("/isPhoneNumberVerified"), "true");
    EXPECT_EQ(status("2077").at("/status"), "200");
    EXPECT_EQ(status("2078").at("/isPhoneNumberVerified"), "false");
    EXPECT_EQ(bench.request("GET", "/10npay/User/2077/status", {}).status, 401);
    EXPECT_EQ(status("x").status, 404);
}

TEST_F(TenNPay, refuses_bad_bodies) {
    auto const error = [&](std::string const& body, char const* field) {
        auto const answer = post(send_path, body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_NE(answer.at("/errors/" + std::string(field) + "/0"), "") << answer.body;
    };
    error(R"({"phoneNumber":"+359881234567"})", "Id");
    error(R"({"id":2077})", "PhoneNumber");
    error(R"({"id":"2077","phoneNumber":"+359881234567"})", "Id");
    error(R"({"id":0,"phoneNumber":"+359881234567"})", "Id");
    error(R"({"id":2147483648,"phoneNumber":"+359881234567"})", "Id");
    error(R"({"id":18446744073709551615,"phoneNumber":"+359881234567"})", "Id");
    error(R"({"id":2077.5,"phoneNumber":"+359881234567"})", "Id");
    error(R"({"id":2077,"phoneNumber":"0881234567"})", "PhoneNumber");
    error(R"({"id":2077,"phoneNumber":"+359881234567","correlationType":2})", "CorrelationType");
    error(R"({"id":2077,"phoneNumber":"+359881234567","locale":"bg"})", "Locale");
    EXPECT_EQ(post(send_path, "{").status, 400);
    EXPECT_EQ(post(verify_path, R"({"id":2077,"code":""})").status, 400);
    EXPECT_EQ(post(verify_path, R"({"id":2077,"code":123456})").status, 400);
    EXPECT_EQ(post(verify_path, R"({"id":2077})").status, 400);
    EXPECT_TRUE(bench.mock.messages().empty());
}

TEST_F(TenNPay, refuses_a_wrong_method_content_type_and_token) {
    auto const path = std::string("/10npay") + send_path;
    auto const body = R"({"id":2077,"phoneNumber":"+359881234567"})";
    auto const headers = bench.authorization("10npay");
    EXPECT_EQ(bench.request("PUT", path, headers, body).status, 405);
    EXPECT_EQ(bench.request("POST", path, headers, body, "text/plain").status, 415);
    auto const refused = bench.request("POST", path, {{"Authorization", "Bearer x"}}, body);
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.body, "");
}

TEST_F(TenNPay, hands_out_tokens) {
    auto const answer = grant(
        "grant_type=client_credentials&client_id=mock-10npay-client"
        "&client_secret=mock-10npay-client-secret"
    );
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.at("/expires_in"), "3600");
    EXPECT_EQ(answer.at("/token_type"), "\"Bearer\"");
    auto const quoted = answer.at("/access_token");
    httplib::Headers const headers{
        {"Authorization", "Bearer " + quoted.substr(1, quoted.size() - 2)}};
    auto const send = [&] {
        auto const body = R"({"id":2077,"phoneNumber":"+359881234567"})";
        return bench.request("POST", std::string("/10npay") + send_path, headers, body).status;
    };
    EXPECT_EQ(send(), 204);
    bench.mock.revoke_tokens();
    EXPECT_EQ(send(), 401);
}

TEST_F(TenNPay, takes_client_credentials_as_basic) {
    httplib::Headers const headers{httplib::make_basic_authentication_header(
        bench.credentials.ten_n_pay_client_id, bench.credentials.ten_n_pay_client_secret
    )};
    EXPECT_EQ(grant("grant_type=client_credentials", headers).status, 200);
}

TEST_F(TenNPay, refuses_bad_grants) {
    auto const error = [&](std::string const& body) { return grant(body).at("/error"); };
    EXPECT_EQ(
        error("grant_type=client_credentials&client_id=mock-10npay-client&client_secret=wrong"),
        "\"invalid_client\""
    );
    EXPECT_EQ(error("grant_type=client_credentials"), "\"invalid_client\"");
    EXPECT_EQ(error("grant_type=password"), "\"unsupported_grant_type\"");
    EXPECT_EQ(error("client_id=a"), "\"invalid_request\"");
    EXPECT_EQ(error("grant_type=client_credentials&color=red"), "\"invalid_request\"");
    EXPECT_EQ(error("grant_type=a&grant_type=b"), "\"invalid_request\"");
}

}  // namespace
}  // namespace otp::mocks::test
