#include <otp/adapter/oauth2_grant.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>

namespace otp::adapter {
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

TEST(OAuth2Grant, ATokenBesideAnErrorIsNone) {
    for (std::string const member :
         {R"("error":"invalid_client")",
          R"("error":"brand_new")",
          R"("error":{"code":7})",
          R"("Error":true)",
          R"("errors":["no"])",
          R"("success":false)",
          R"("success":"false")",
          R"("status":401)",
          R"("message":"Invalid client.")",
          R"("data":{"error":"no"})"}) {
        for (GrantType const type : {GrantType::client_credentials, GrantType::password}) {
            std::string const name =
                type == GrantType::password ? R"("accessToken")" : R"("access_token")";
            for (std::string const& body :
                 {"{" + name + R"(:"abc",)" + member + "}",
                  "{" + member + "," + name + R"(:"abc"})"}) {
                auto const token = make_grant(type).decode(answer(200, body));
                ASSERT_TRUE(token.has_error()) << body;
                EXPECT_EQ(token.error().delivery, Delivery::not_sent) << body;
                EXPECT_EQ(token.error().http_status, 200) << body;
                EXPECT_FALSE(token.error().message.empty());
            }
        }
    }
}

TEST(OAuth2Grant, AKnownErrorUnder200IsWhatItSays) {
    for (std::string const token : {"", R"(,"access_token":"abc")"}) {
        auto const refused = make_grant().decode(answer(
            200, R"({"error":"invalid_client","error_description":"no such client")" + token + "}"
        ));
        ASSERT_TRUE(refused.has_error());
        EXPECT_EQ(refused.error().category, ErrorCategory::unauthenticated);
        EXPECT_EQ(refused.error().vendor_code, "invalid_client");
        EXPECT_THAT(refused.error().message, testing::HasSubstr("no such client"));
    }
    auto const unknown = make_grant().decode(answer(200, R"({"error":"brand_new"})"));
    ASSERT_TRUE(unknown.has_error());
    EXPECT_EQ(unknown.error().category, ErrorCategory::bad_response);
    EXPECT_EQ(unknown.error().vendor_code, "brand_new");
    auto const contradicted =
        make_grant().decode(answer(200, R"({"access_token":"abc","success":false})"));
    ASSERT_TRUE(contradicted.has_error());
    EXPECT_EQ(contradicted.error().category, ErrorCategory::bad_response);
    EXPECT_THAT(contradicted.error().message, testing::HasSubstr("a verdict in it is not true"));
}

TEST(OAuth2Grant, WhatServersAddToATokenDoesNotSpeakAgainstIt) {
    // As the documents of identity servers show it, and null for "no error".
    for (std::string const members :
         {R"("id_token":"a.b.c","expires_in":3600,"refresh_token":"r","scope":"openid api")",
          R"("refresh_expires_in":0,"not-before-policy":0,"session_state":"6d5c-8f","scope":"")",
          R"("ext_expires_in":3599,"expires_on":"1388444763","not_before":"1388440863")",
          R"("issued_token_type":"urn:ietf:params:oauth:token-type:access_token")",
          R"("signature":"c2ln","instance_url":"https://e.example","issued_at":"1388440863")",
          R"("error":null,"error_description":null)",
          R"("success":true,"status":200)"}) {
        auto const token = make_grant().decode(
            answer(200, R"({"access_token":"abc","token_type":"Bearer",)" + members + "}")
        );
        EXPECT_TRUE(token.has_value()) << members;
    }
    auto const camel = make_grant(GrantType::password)
                           .decode(answer(
                               200,
                               R"({"accessToken":"abc","tokenType":"bearer","mfaPending":false,)"
                               R"("user":null})"
                           ));
    EXPECT_TRUE(camel.has_value());
}

TEST(OAuth2Grant, APageUnder200IsCalledOne) {
    auto const page = make_grant().decode(answer(200, "<html>Sign in</html>"));
    ASSERT_TRUE(page.has_error());
    EXPECT_THAT(page.error().message, testing::HasSubstr("the body is HTML, not JSON"));
}

TEST(OAuth2Grant, ARedirectIsCalledOne) {
    auto const moved = make_grant().decode(
        HttpResponse(302, {{"Location", "https://login.example.com/?id=id%2B1"}}, "<html>")
    );
    ASSERT_TRUE(moved.has_error());
    EXPECT_EQ(moved.error().category, ErrorCategory::bad_response);
    EXPECT_EQ(moved.error().delivery, Delivery::not_sent);
    EXPECT_THAT(
        moved.error().message,
        testing::HasSubstr("with a redirect to https://login.example.com, and redirects")
    );
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
}  // namespace otp::adapter
