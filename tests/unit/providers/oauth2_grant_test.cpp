#include "common/oauth2_grant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>

namespace otp::common {
namespace {

OAuth2Grant make_grant(GrantType type = GrantType::client_credentials) {
    return OAuth2Grant(
        "https://auth.example.com",
        "/connect/token",
        "/connect/token",
        type,
        Secret("id+1"),
        Secret("p&w=%"),
        type == GrantType::password ? camel_case_members : rfc6749_members
    );
}

HttpResponse answer(int status, std::string body) {
    return HttpResponse(status, {}, std::move(body));
}

TEST(OAuth2Grant, ClientCredentialsForm) {
    auto const request = make_grant().encode();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/connect/token");
    EXPECT_EQ(request.content_type, form_content_type);
    EXPECT_TRUE(request.headers.empty());
    EXPECT_EQ(
        request.body, "grant_type=client_credentials&client_id=id%2B1&client_secret=p%26w%3D%25"
    );
}

TEST(OAuth2Grant, PasswordForm) {
    EXPECT_EQ(
        make_grant(GrantType::password).encode().body,
        "grant_type=password&username=id%2B1&password=p%26w%3D%25"
    );
}

TEST(OAuth2Grant, Success) {
    auto const token =
        make_grant()
            .decode(answer(200, R"({"access_token":"abc","token_type":"bearer","expires_in":"60"})")
            )
            .value();
    EXPECT_EQ(token.token.reveal(), "abc");
    EXPECT_EQ(token.expires_in, std::chrono::seconds(60));
    auto const bare = make_grant().decode(answer(200, R"({"access_token":"abc"})")).value();
    EXPECT_FALSE(bare.expires_in.has_value());
}

TEST(OAuth2Grant, OddLifetimesAreNotBelieved) {
    for (std::string const lifetime : {"0", "-1", "null", "1.5", "\"x\"", "9000000000000000000"}) {
        auto const token = make_grant().decode(
            answer(200, R"({"access_token":"abc","expires_in":)" + lifetime + "}")
        );
        ASSERT_TRUE(token.has_value()) << lifetime;
        EXPECT_FALSE(token->expires_in.has_value()) << lifetime;
    }
}

TEST(OAuth2Grant, UnusableSuccessesAreBadResponsesAndNothingIsSent) {
    for (std::string const body :
         {"",
          "<html>",
          "[]",
          "{}",
          R"({"access_token":null})",
          R"({"access_token":""})",
          R"({"access_token":7})",
          R"({"access_token":"a\r\nX: y"})",
          R"({"access_token":"a b"})",
          R"({"access_token":"abc","token_type":"mac"})",
          R"({"access_token":"abc","token_type":7})",
          R"({"access_token":"abc","access_token":"abd"})"}) {
        auto const token = make_grant().decode(answer(200, body));
        ASSERT_TRUE(token.has_error()) << body;
        EXPECT_EQ(token.error().category, ErrorCategory::bad_response) << body;
        EXPECT_EQ(token.error().delivery, Delivery::not_sent) << body;
    }
}

TEST(OAuth2Grant, EachErrorCode) {
    std::map<std::string, ErrorCategory> const expected{
        {"invalid_client", ErrorCategory::unauthenticated},
        {"invalid_grant", ErrorCategory::unauthenticated},
        {"unauthorized_client", ErrorCategory::permission_denied},
        {"invalid_scope", ErrorCategory::permission_denied},
        {"unsupported_grant_type", ErrorCategory::config_invalid},
        {"invalid_request", ErrorCategory::config_invalid},
        {"brand_new", ErrorCategory::unauthenticated},
    };
    for (auto const& [code, category] : expected) {
        auto const token = make_grant().decode(
            answer(400, R"({"error":")" + code + R"(","error_description":"why"})")
        );
        ASSERT_TRUE(token.has_error());
        EXPECT_EQ(token.error().category, category) << code;
        EXPECT_EQ(token.error().vendor_code, code);
        EXPECT_EQ(token.error().http_status, 400);
        EXPECT_THAT(token.error().message, testing::HasSubstr("why"));
    }
}

TEST(OAuth2Grant, ATokenComesWith200Only) {
    for (int const status : {201, 202, 203, 206, 299}) {
        auto const token = make_grant().decode(answer(status, R"({"access_token":"a"})"));
        ASSERT_FALSE(token) << status;
        EXPECT_EQ(token.error().category, ErrorCategory::bad_response);
        EXPECT_EQ(token.error().delivery, Delivery::not_sent);
    }
}

TEST(OAuth2Grant, CredentialsThatTheEndpointRepeatsAreMasked) {
    OAuth2Grant const grant(
        "https://auth.example.com",
        "/connect/token",
        "/connect/token",
        GrantType::client_credentials,
        Secret("fake-client"),
        Secret("fake-password"),
        rfc6749_members
    );
    for (auto const* const body :
         {R"({"error":"no_fake-client","error_description":"no fake-password"})",
          R"({"detail":"no fake-client with fake-password"})"}) {
        auto const token = grant.decode(answer(400, body));
        ASSERT_FALSE(token);
        for (auto const* const secret : {"fake-client", "fake-password"}) {
            EXPECT_EQ(token.error().message.find(secret), std::string::npos) << body;
            EXPECT_EQ(token.error().vendor_code.find(secret), std::string::npos) << body;
        }
    }
}

TEST(OAuth2Grant, EachStatusIsNotSent) {
    std::map<int, ErrorCategory> const expected{
        {302, ErrorCategory::bad_response},
        {400, ErrorCategory::unauthenticated},
        {401, ErrorCategory::unauthenticated},
        {403, ErrorCategory::unauthenticated},
        {404, ErrorCategory::config_invalid},
        {422, ErrorCategory::unauthenticated},
        {429, ErrorCategory::rate_limited},
        {500, ErrorCategory::provider_error},
        {503, ErrorCategory::unavailable},
    };
    for (auto const& [status, category] : expected) {
        for (std::string const body : {"", R"({"error":"zz_unheard_of"})", R"({"detail":"No."})"}) {
            auto const token = make_grant().decode(answer(status, body));
            ASSERT_TRUE(token.has_error());
            EXPECT_EQ(token.error().category, category) << status << body;
            EXPECT_EQ(token.error().delivery, Delivery::not_sent) << status << body;
        }
    }
}

TEST(OAuth2Grant, APageOfAGatewayIsNoWordAboutTheCredentials) {
    for (int const status : {400, 401, 403, 404, 422}) {
        for (std::string const body :
             {"<html></html>", "denied", R"({"message":"Forbidden"})", "[]", "{"}) {
            auto const token = make_grant().decode(answer(status, body));
            ASSERT_TRUE(token.has_error());
            EXPECT_EQ(token.error().category, ErrorCategory::bad_response) << status << body;
            EXPECT_EQ(token.error().delivery, Delivery::not_sent) << status << body;
            EXPECT_THAT(
                token.error().message, testing::HasSubstr("a gateway, a firewall or a proxy")
            );
        }
    }
    EXPECT_EQ(
        make_grant().decode(answer(429, "<html>")).error().category, ErrorCategory::rate_limited
    );
}

}  // namespace
}  // namespace otp::common
