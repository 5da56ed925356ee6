#include "raw_client.hpp"

#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

constexpr char send_path[] = "/v2/giftcards/customers/otp/send";
constexpr char verify_path[] = "/v2/giftcards/customers/otp/verify";
constexpr char form[] = "application/x-www-form-urlencoded";

class LoyaltyDog : public testing::Test {
protected:
    Answer post(std::string const& path, std::string const& body) {
        return bench.call("loyaltydog", "POST", path, body);
    }
    Answer grant(std::string const& body, std::string const& content_type = form) {
        return bench.request("POST", "/loyaltydog/v2/token", {}, body, content_type);
    }
    int send_with(std::string const& token) {
        return bench
            .request(
                "POST",
                std::string("/loyaltydog") + send_path,
                {{"Authorization", "Bearer " + token}},
                R"({"target":"user@example.com"})"
            )
            .status;
    }
    Bench bench;
};

TEST_F(LoyaltyDog, answers_with_the_documented_members) {
    auto const sent = post(send_path, R"({"target":"+12025550162"})");
    EXPECT_EQ(sent.at("/success"), "true");
    EXPECT_EQ(sent.at("/mockCode"), "null");
    EXPECT_EQ(bench.mock.messages().front().channel, "sms");
    auto const verified = post(
        verify_path,
        R"({"target":"+12025550162","name":null,"code":")" + bench.last_code("loyaltydog") + "\"}"
    );
    EXPECT_EQ(verified.at("/success"), "true");
    EXPECT_EQ(verified.at("/verifiedTarget"), "\"+12025550162\"");
    EXPECT_EQ(verified.at("/identity/phone"), "\"+12025550162\"");
    EXPECT_GT(verified.at("/sessionToken").size(), 10U);
}

TEST_F(LoyaltyDog, gives_a_code_three_tries) {
    bench.send("loyaltydog", "user@example.com");
    auto const code = bench.last_code("loyaltydog");
    for (int attempt = 1; attempt <= 3; ++attempt) {
        EXPECT_EQ(
            bench.verify("loyaltydog", "user@example.com", wrong_code(code)).at("/detail"),
            "\"Invalid code, expired, or too many attempts\""
        );
    }
    EXPECT_EQ(bench.last_state("loyaltydog"), "locked");
    EXPECT_EQ(bench.verify("loyaltydog", "user@example.com", code).status, 400);
}

TEST_F(LoyaltyDog, takes_the_third_try) {
    bench.send("loyaltydog", "user@example.com");
    auto const code = bench.last_code("loyaltydog");
    bench.verify("loyaltydog", "user@example.com", wrong_code(code));
    bench.verify("loyaltydog", "user@example.com", wrong_code(code));
    EXPECT_EQ(bench.verify("loyaltydog", "user@example.com", code).status, 200);
}

TEST_F(LoyaltyDog, codes_live_five_minutes) {
    bench.send("loyaltydog", "user@example.com");
    bench.clock.advance(std::chrono::minutes(5) - std::chrono::milliseconds(1));
    EXPECT_EQ(bench.last_state("loyaltydog"), "pending");
    bench.clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(bench.last_state("loyaltydog"), "expired");
}

TEST_F(LoyaltyDog, sends_five_an_hour_and_ten_a_day) {
    auto const send = [&] { return bench.send("loyaltydog", "user@example.com").status; };
    for (int sent = 0; sent < 5; ++sent) EXPECT_EQ(send(), 200);
    auto const refused = bench.send("loyaltydog", "user@example.com");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "3600");
    EXPECT_EQ(bench.send("loyaltydog", "+12025550162").status, 200);
    bench.clock.advance(std::chrono::hours(1));
    for (int sent = 0; sent < 5; ++sent) EXPECT_EQ(send(), 200);
    bench.clock.advance(std::chrono::hours(2));
    EXPECT_EQ(send(), 429);
    bench.clock.advance(std::chrono::hours(22));
    EXPECT_EQ(send(), 200);
}

TEST_F(LoyaltyDog, refuses_bad_bodies_as_fastapi_does) {
    auto const missing = post(send_path, R"({})");
    EXPECT_EQ(missing.status, 422);
    EXPECT_EQ(missing.at("/detail/0/loc"), R"(["body","target"])");
    EXPECT_EQ(missing.at("/detail/0/type"), "\"missing\"");
    EXPECT_EQ(post(send_path, R"({"target":1})").at("/detail/0/type"), "\"string_type\"");
    EXPECT_EQ(post(send_path, R"({"target":""})").at("/detail/0/type"), "\"string_too_short\"");
    auto const longest = R"({"target":")" + std::string(256, 'a') + "\"}";
    EXPECT_EQ(post(send_path, longest).at("/detail/0/ctx"), R"({"max_length":255})");
    auto const extra = R"({"target":"user@example.com","channel":"sms"})";
    EXPECT_EQ(post(send_path, extra).at("/detail/0/type"), "\"extra_forbidden\"");
    EXPECT_EQ(post(send_path, R"({"target")").at("/detail/0/type"), "\"json_invalid\"");
    EXPECT_EQ(post(send_path, R"([])").at("/detail/0/loc"), R"(["body"])");
    EXPECT_EQ(post(send_path, R"({"target":"nobody"})").status, 400);
    auto const pattern = R"({"target":"user@example.com","code":"12345a"})";
    EXPECT_EQ(post(verify_path, pattern).at("/detail/0/type"), "\"string_pattern_mismatch\"");
    auto const number = R"({"target":"user@example.com","code":123456})";
    EXPECT_EQ(post(verify_path, number).at("/detail/0/type"), "\"string_type\"");
    EXPECT_TRUE(bench.mock.messages().empty());
}

TEST_F(LoyaltyDog, refuses_a_wrong_method_and_content_type) {
    auto const path = std::string("/loyaltydog") + send_path;
    auto const headers = bench.authorization("loyaltydog");
    EXPECT_EQ(bench.request("PUT", path, headers, R"({"target":"a@b.c"})").status, 405);
    EXPECT_EQ(bench.request("POST", path, headers, R"({"target":"a@b.c"})", form).status, 422);
    EXPECT_EQ(send_with("wrong"), 401);
    EXPECT_EQ(bench.request("POST", path, {}, "{}").header("WWW-Authenticate"), "Bearer");
}

TEST_F(LoyaltyDog, hands_out_tokens_that_can_be_revoked_and_expire) {
    auto const body =
        "grant_type=password&username=mock-merchant%40example.com"
        "&password=mock-loyaltydog-password";
    auto const answer = grant(body);
    EXPECT_EQ(answer.at("/tokenType"), "\"bearer\"");
    EXPECT_EQ(answer.at("/mfaPending"), "false");
    auto const quoted = answer.at("/accessToken");
    auto const token = quoted.substr(1, quoted.size() - 2);
    EXPECT_EQ(send_with(token), 200);
    EXPECT_EQ(bench.request("DELETE", "/api/tokens", {}).status, 204);
    EXPECT_EQ(send_with(token), 401);
    EXPECT_EQ(send_with(bench.credentials.loyaltydog_token), 200);
    auto const second = grant(body).at("/accessToken");
    bench.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(send_with(second.substr(1, second.size() - 2)), 401);
}

TEST_F(LoyaltyDog, may_ask_for_a_second_factor) {
    auto const answer = grant("username=mfa-pending%40example.com&password=any");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.at("/accessToken"), "null");
    EXPECT_EQ(answer.at("/mfaPending"), "true");
    EXPECT_GT(answer.at("/pendingToken").size(), 2U);
}

TEST_F(LoyaltyDog, refuses_bad_grants) {
    EXPECT_EQ(grant("username=mock-merchant%40example.com&password=wrong").status, 401);
    EXPECT_EQ(grant("username=a").at("/detail/0/loc"), R"(["body","password"])");
    EXPECT_EQ(grant("username=a&password=b&grant_type=refresh_token").status, 422);
    EXPECT_EQ(grant("username=a&password=b&color=red").status, 422);
    EXPECT_EQ(grant(R"({"username":"a","password":"b"})", "application/json").status, 422);
}

TEST(LoyaltyDogDevelopment, tells_the_code) {
    MockOptions options;
    options.development_mode = true;
    Bench bench(options);
    auto const sent = bench.send("loyaltydog", "user@example.com");
    EXPECT_EQ(sent.at("/mockCode"), "\"" + bench.last_code("loyaltydog") + "\"");
    auto const other = bench.send("eko", "+919002336768");
    EXPECT_EQ(other.at("/data/otp"), "\"" + bench.last_code("eko") + "\"");
}

}  // namespace
}  // namespace otp::mocks::test
