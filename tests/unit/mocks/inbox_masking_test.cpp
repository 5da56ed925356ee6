#include "inbox/clean_text.hpp"
#include "inbox/masked_half.hpp"
#include "inbox/masked_text.hpp"
#include "inbox/secret_names.hpp"
#include "unit/mocks/played_vendor.hpp"

#include <gtest/gtest.h>
#include <string>

namespace otp::mocks::test {
namespace {

TEST(SecretNames, are_those_of_all_five_vendors) {
    for (char const* name : {// Header fields.
                             "Authorization",
                             "Proxy-Authorization",
                             "Cookie",
                             "Set-Cookie",
                             "developer_key",
                             "secret-key",
                             "X-Api-Key",
                             // Token endpoints.
                             "password",
                             "client_secret",
                             "accessToken",
                             "refreshToken",
                             "pendingToken",
                             "access_token",
                             "id_token",
                             "refresh_token",
                             // Checks and their answers.
                             "session_token",
                             "session_jwt",
                             "sessionToken",
                             "otp_verification_token",
                             "api_key"}) {
        EXPECT_TRUE(is_secret_name(name)) << name;
    }
}

TEST(SecretNames, are_not_what_an_inbox_is_for) {
    for (char const* name :
         {"code",
          "otp",
          "mockCode",
          "target",
          "phone_number",
          "phoneNumber",
          "email",
          "mobile",
          "initiator_id",
          "csp_id",
          "client_id",
          "username",
          "method_id",
          "secret-key-timestamp",
          "token_type",
          "tokenType",
          "grant_type",
          "expires_in",
          "Content-Type",
          "traceparent",
          ""}) {
        EXPECT_FALSE(is_secret_name(name)) << name;
    }
}

TEST(MaskedJson, hides_secrets_at_any_depth_and_nothing_else) {
    EXPECT_EQ(
        masked_json(R"({ "a":1, "session_token" : "s3cret", "user":{"id":"u","accessToken":"x"} })"
        ),
        R"({ "a":1, "session_token" : "***", "user":{"id":"u","accessToken":"***"} })"
    );
    EXPECT_EQ(
        masked_json(R"([{"password":"a"},{"password":"b"}])"),
        R"([{"password":"***"},{"password":"***"}])"
    );
    std::string const harmless = R"({"code":"123456","n":1e400,"n":2,"t":"\u00e9\"password\":"})";
    EXPECT_EQ(masked_json(harmless), harmless);
}

TEST(MaskedJson, hides_values_of_every_type) {
    EXPECT_EQ(masked_json(R"({"token":12345,"b":1})"), R"({"token":"***","b":1})");
    EXPECT_EQ(masked_json(R"({"token":true})"), R"({"token":"***"})");
    EXPECT_EQ(masked_json(R"({"token":{"a":["}",{}]},"b":1})"), R"({"token":"***","b":1})");
    EXPECT_EQ(masked_json(R"({"token":["a","]"],"b":1})"), R"({"token":"***","b":1})");
    EXPECT_EQ(masked_json(R"({"token":"a\"b\\","b":1})"), R"({"token":"***","b":1})");
}

TEST(MaskedJson, shows_that_there_is_none) {
    std::string const none = R"({"pendingToken":null,"session_token":"","token" : null})";
    EXPECT_EQ(masked_json(none), none);
}

TEST(MaskedJson, reads_names_that_are_escaped) {
    EXPECT_EQ(masked_json(R"({"pass\u0077ord":"a"})"), R"({"pass\u0077ord":"***"})");
}

TEST(MaskedJson, hides_secrets_in_text_that_is_broken) {
    EXPECT_EQ(masked_json(R"({"token":"abc)"), R"({"token":"***")");
    EXPECT_EQ(masked_json(R"({"token":["abc)"), R"({"token":"***")");
    EXPECT_EQ(
        masked_json(R"({"token":"abc" "password":"x" : })"),
        R"({"token":"***" "password":"***" : })"
    );
    EXPECT_EQ(masked_json(R"({"token":)"), R"({"token":)");
    EXPECT_EQ(masked_json(R"({"token)"), R"({"token)");
    EXPECT_EQ(masked_json("\"\\"), "\"\\");
}

TEST(MaskedForm, hides_secrets_and_nothing_else) {
    EXPECT_EQ(
        masked_form("username=a%40b&password=s3cret&client%5Fsecret=x&scope=api"),
        "username=a%40b&password=***&client%5Fsecret=***&scope=api"
    );
    EXPECT_EQ(masked_form("password=a=b"), "password=***");
    EXPECT_EQ(masked_form("password=&password&=a"), "password=&password&=a");
    EXPECT_EQ(masked_form("a=b\r\npassword=c; token=d"), "a=b\r\npassword=***; token=***");
    EXPECT_EQ(masked_form("%zz=1&token=d&"), "%zz=1&token=***&");
}

TEST(MaskedHeader, keeps_the_scheme_of_an_authorization) {
    EXPECT_EQ(masked_header("authorization", "Bearer abc"), "Bearer ***");
    EXPECT_EQ(masked_header("Authorization", "basic a b"), "basic ***");
    EXPECT_EQ(masked_header("Authorization", "s3cret abc"), "***");
    EXPECT_EQ(masked_header("Authorization", "s3cret"), "***");
    EXPECT_EQ(masked_header("secret-key", "abc="), "***");
    EXPECT_EQ(masked_header("secret-key-timestamp", "1700000000000"), "1700000000000");
}

TEST(MaskedHalf, says_what_kind_of_body_it_is) {
    auto request = json_request("POST", "/", {}, R"({"a":1})");
    EXPECT_EQ(masked_half(request).body_kind, "json");
    request.body = "password=a";
    EXPECT_EQ(masked_half(request).body_kind, "text") << "whatever its type says";
    EXPECT_EQ(masked_half(request).body, "password=***");
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    EXPECT_EQ(masked_half(request).body_kind, "form");
    request.body = R"( {"password":"a"})";
    EXPECT_EQ(masked_half(request).body_kind, "json");
    EXPECT_EQ(masked_half(request).body, R"( {"password":"***"})");
    request.body = R"("password":"a&b")";
    EXPECT_EQ(masked_half(request).body, R"("password":"***")");
    request.body = "";
    EXPECT_EQ(masked_half(request).body_kind, "none");
}

TEST(MaskedHalf, has_the_headers_that_came_in_an_order_of_its_own) {
    MockRequest request;
    request.headers = {
        {"b", "2"}, {"REMOTE_ADDR", "127.0.0.1"}, {"Authorization", "Bearer x"}, {"a", "\xFF"}};
    MockHeaders const expected{{"a", "\xEF\xBF\xBD"}, {"Authorization", "Bearer ***"}, {"b", "2"}};
    EXPECT_EQ(masked_half(request).headers, expected);
    auto response = json_response(200, {{"accessToken", "x"}});
    response.headers = {{"Set-Cookie", "a=b"}};
    MockHeaders const answered{{"Content-Type", "application/json"}, {"Set-Cookie", "***"}};
    EXPECT_EQ(masked_half(response).headers, answered);
    EXPECT_EQ(masked_half(response).body, R"({"accessToken":"***"})");
}

TEST(MaskedHalf, keeps_64_kib_of_a_body) {
    MockRequest request;
    request.body = std::string(65534, 'a') + R"(b{"token":"abc"})";
    EXPECT_EQ(masked_half(request).body, std::string(65534, 'a') + "b{");
    request.body = R"({"token":")" + std::string(70000, 'a');
    EXPECT_EQ(masked_half(request).body, R"({"token":"***")");
}

TEST(CleanText, replaces_what_is_no_utf_8) {
    std::string const good = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F";
    EXPECT_EQ(clean_text(good), good);
    std::string const bad = "\xEF\xBF\xBD";
    for (char const* bytes :
         {"\x80", "\xFF", "\xC3", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
        std::string expected = "a";
        for (std::size_t at = 0; bytes[at] != '\0'; ++at) expected += bad;
        EXPECT_EQ(clean_text("a" + std::string(bytes)), expected);
    }
    EXPECT_EQ(clean_text("\xE2\x82z"), bad + bad + "z");
}

}  // namespace
}  // namespace otp::mocks::test
