#include "raw_client.hpp"

#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

constexpr char send_path[] = "/tools/kyc/mobile/otp";
constexpr char verify_path[] = "/tools/kyc/mobile/otp/verify";
constexpr char example[] = R"({"initiator_id":"9962981729","client_ref_id":"REQ-20260101-001",)"
                           R"("csp_id":"9002336768","mobile":"9002336768"})";

std::string verify_body(std::string const& code, std::string const& more = "") {
    return R"({"initiator_id":"9962981729","mobile":"9002336768","otp":")" + code + "\"" + more +
           "}";
}

class Eko : public testing::Test {
protected:
    Answer post(std::string const& body) { return bench.call("eko", "POST", send_path, body); }
    Answer put(std::string const& body) { return bench.call("eko", "PUT", verify_path, body); }
    int send_with(httplib::Headers const& headers) {
        return bench.request("POST", std::string("/eko") + send_path, headers, example).status;
    }
    Bench bench;
};

TEST_F(Eko, takes_the_documented_example) {
    auto const sent = post(example);
    EXPECT_EQ(sent.status, 200);
    EXPECT_EQ(sent.at("/status"), "0");
    EXPECT_EQ(sent.at("/response_status_id"), "0");
    EXPECT_EQ(sent.at("/response_type_id"), "1623");
    EXPECT_EQ(sent.at("/message"), "\"OTP has been sent\"");
    EXPECT_EQ(sent.at("/data/client_ref_id"), "\"REQ-20260101-001\"");
    EXPECT_EQ(sent.at("/data/initiator_id"), "\"9962981729\"");
    // 22:23:20 UTC is 3:53:20 of the next day in India.
    EXPECT_EQ(sent.at("/data/otp_expiry_timestamp"), "\"Wed Nov 15 03:53:20 IST 2023\"");
    EXPECT_EQ(sent.at("/data/otp"), "");
    auto const verified =
        put(verify_body(bench.last_code("eko"), R"(,"client_ref_id":"REQ-20260101-001")"));
    EXPECT_EQ(verified.at("/status"), "0");
    EXPECT_EQ(verified.at("/response_type_id"), "1632");
    EXPECT_EQ(verified.at("/message"), "\"OTP verification successful.\"");
    EXPECT_GT(verified.at("/data/otp_verification_token").size(), 10U);
}

TEST_F(Eko, refuses_a_wrong_code_with_http_200) {
    post(example);
    auto const answer = put(verify_body(wrong_code(bench.last_code("eko"))));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(
        answer.body,
        R"({"status":1,"response_status_id":1,"response_type_id":1632,)"
        R"("message":"OTP verification failed.","data":{}})"
    );
}

TEST_F(Eko, wants_the_reference_of_the_send_again) {
    post(example);
    auto const code = bench.last_code("eko");
    auto const other = put(verify_body(code, R"(,"client_ref_id":"REQ-20260101-002")"));
    EXPECT_EQ(other.at("/message"), "\"OTP not found. Please make the OTP request again.\"");
    EXPECT_EQ(put(verify_body(code)).at("/status"), "0") << "it may be left out";
}

TEST_F(Eko, wants_a_new_reference_for_each_send) {
    EXPECT_EQ(post(example).at("/status"), "0");
    auto const again = post(example);
    EXPECT_EQ(again.at("/status"), "461");
    EXPECT_NE(again.at("/invalid_params/client_ref_id"), "");
}

TEST_F(Eko, refuses_bad_bodies_with_http_200) {
    auto const refusal = [&](std::string const& body) {
        auto const answer = post(body);
        EXPECT_EQ(answer.status, 200);
        return answer.at("/status") + " " + answer.at("/invalid_params");
    };
    EXPECT_EQ(
        refusal(R"({"initiator_id":"9962981729","csp_id":"9002336768"})"),
        R"(97 {"mobile":"Please provide the value of the field"})"
    );
    auto const with = [&](std::string const& mobile, std::string const& more) {
        return refusal(
            R"({"initiator_id":"9962981729","csp_id":"9002336768","mobile":)" + mobile + more + "}"
        );
    };
    EXPECT_EQ(with("\"+919002336768\"", ""), R"(461 {"mobile":"Please provide 10 digits"})");
    EXPECT_EQ(with("9002336768", ""), R"(461 {"mobile":"Wrong type"})");
    EXPECT_EQ(with("\"9002336768\"", R"(,"lang":"hi")"), R"(461 {"lang":"Unknown field"})");
    EXPECT_EQ(
        with("\"9002336768\"", R"(,"client_ref_id":"123456789012345678901")"),
        R"(461 {"client_ref_id":"Please provide at most 20 characters"})"
    );
    EXPECT_EQ(
        refusal(R"({"initiator_id":"1234567890","csp_id":"9002336768","mobile":"9002336768"})"),
        R"(319 {"initiator_id":"Merchant does not exist in system."})"
    );
    EXPECT_EQ(
        put(verify_body("1234", R"(,"csp_id":"9002336768")")).at("/invalid_params"),
        R"({"csp_id":"Unknown field"})"
    );
    EXPECT_EQ(post("{").status, 400);
    EXPECT_TRUE(bench.mock.messages().empty());
}

TEST_F(Eko, refuses_a_wrong_method_and_content_type) {
    auto const headers = bench.authorization("eko");
    auto const path = std::string("/eko") + send_path;
    EXPECT_EQ(bench.request("PUT", path, headers, example).header("Allow"), "POST");
    EXPECT_EQ(bench.call("eko", "POST", verify_path, verify_body("1234")).status, 405);
    EXPECT_EQ(bench.request("POST", path, headers, example, "text/plain").status, 415);
}

TEST_F(Eko, refuses_a_bad_signature) {
    auto const good = bench.authorization("eko");
    for (char const* name : {"developer_key", "secret-key", "secret-key-timestamp"}) {
        auto without = good;
        without.erase(name);
        EXPECT_EQ(send_with(without), 403) << name;
        without.emplace(name, "1700000000001");
        EXPECT_EQ(send_with(without), 403) << name;
    }
    auto hyphen = good;
    hyphen.erase("developer_key");
    hyphen.emplace("developer-key", bench.credentials.eko_developer_key);
    EXPECT_EQ(send_with(hyphen), 403);
    EXPECT_EQ(send_with(good), 200);
}

TEST_F(Eko, refuses_a_stale_signature) {
    auto const headers = bench.authorization("eko");
    bench.clock.advance(std::chrono::minutes(5) + std::chrono::milliseconds(1));
    EXPECT_EQ(send_with(headers), 403);
    bench.clock.advance(-std::chrono::milliseconds(1));
    EXPECT_EQ(send_with(headers), 200);
    auto const early = eko_headers(bench.credentials, bench.clock.now() + std::chrono::minutes(6));
    EXPECT_EQ(send_with(early), 403);
}

TEST_F(Eko, asks_for_its_own_reference_where_older_documents_do) {
    auto const sent = bench.send("eko", "+919000690002");
    auto const reference = sent.at("/data/otp_ref_id");
    ASSERT_GT(reference.size(), 2U);
    auto const code = bench.last_code("eko");
    EXPECT_EQ(bench.verify("eko", "+919000690002", code).at("/status"), "97");
    auto const verified =
        put(R"({"initiator_id":"9962981729","mobile":"9000690002","otp":")" + code +
            R"(","otp_ref_id":)" + reference + "}");
    EXPECT_EQ(verified.at("/status"), "0");
}

struct KnownSignature {
    char const* access_key;
    char const* signature;
};

class EkoSignature : public testing::TestWithParam<KnownSignature> {};

// Published by Eko with dummy keys: https://developers.eko.in/docs/authentication and the vectors
// of https://github.com/ekoindia/eps-platform.
INSTANTIATE_TEST_SUITE_P(
    Published,
    EkoSignature,
    testing::Values(
        KnownSignature{"test-access-key-123", "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo="},
        KnownSignature{"TEST_ACCESS_KEY_DO_NOT_USE", "u30ak/iOGwKCaspqCeiYng8fd98QDx7kF3DBBOadQHk="}
    )
);

TEST_P(EkoSignature, is_accepted) {
    MockOptions options;
    options.credentials.eko_access_key = GetParam().access_key;
    Bench bench(options);
    httplib::Headers const headers{
        {"developer_key", bench.credentials.eko_developer_key},
        {"secret-key", GetParam().signature},
        {"secret-key-timestamp", "1700000000000"}};
    auto const path = std::string("/eko") + send_path;
    EXPECT_EQ(bench.request("POST", path, headers, example).status, 200);
}

}  // namespace
}  // namespace otp::mocks::test
