#include "http/origin.hpp"

#include <gtest/gtest.h>

namespace otp::http {
namespace {

TEST(Origin, TakesSchemeHostPortAndPathPrefixApart) {
    auto const origin = parse_origin("https://api.eko.in/ekoicici/v3/").value();
    EXPECT_TRUE(origin.secure);
    EXPECT_EQ(origin.host, "api.eko.in");
    EXPECT_EQ(origin.port, 443);
    EXPECT_EQ(origin.base_path, "/ekoicici/v3");
    EXPECT_EQ(origin.authority, "api.eko.in");
    EXPECT_FALSE(origin.host_is_address);
}

TEST(Origin, NamesThePortInTheHostFieldOnlyIfItIsNotTheDefault) {
    EXPECT_EQ(parse_origin("https://localhost:8443")->authority, "localhost:8443");
    EXPECT_EQ(parse_origin("https://localhost:443")->authority, "localhost");
}

TEST(Origin, KeepsTheBracketsOfAnAddressInTheHostFieldOnly) {
    auto const origin = parse_origin("http://[::1]:8080").value();
    EXPECT_EQ(origin.host, "::1");
    EXPECT_EQ(origin.authority, "[::1]:8080");
    EXPECT_TRUE(origin.host_is_address);
}

TEST(Origin, AllowsPlainHttpForLoopbackOnly) {
    for (auto const* const url :
         {"http://localhost", "http://127.0.0.1:80", "http://127.9.9.9", "http://[::1]"})
        EXPECT_TRUE(parse_origin(url)) << url;
    for (auto const* const url :
         {"http://api.stytch.com",
          "http://10.0.0.1",
          "http://localhost.evil.test",
          "http://127.0.0.1.evil.test/x",
          "http://0.0.0.0"})
        EXPECT_FALSE(parse_origin(url)) << url;
}

TEST(Origin, ReadsSchemeAndLocalhostWithoutRegardToCase) {
    auto const origin = parse_origin("HTTPS://API.example.com").value();
    EXPECT_TRUE(origin.secure);
    EXPECT_EQ(origin.port, 443);
    auto const local = parse_origin("Http://LOCALHOST").value();
    EXPECT_FALSE(local.secure);
    EXPECT_EQ(local.port, 80);
    EXPECT_FALSE(parse_origin("HTTP://api.example.com"));
}

TEST(Origin, TakesTheNamesThatHostsHave) {
    for (auto const* const url :
         {"https://api-1.example.com",
          "https://under_score.example",
          "https://xn--bcher-kva.example",
          "https://API.example.com.",
          "https://[2001:db8::1]:443"})
        EXPECT_TRUE(parse_origin(url)) << url;
}

TEST(Origin, RefusesWhatHasNoPlaceInABaseUrl) {
    for (auto const* const url :
         {"",
          "api.stytch.com",
          "ftp://api.stytch.com",
          "https://user:secret@api.stytch.com",
          "https://api.stytch.com?x=1",
          "https://api.stytch.com#x",
          "https://",
          "https://a%0d%0aX:1/",
          "https://a%0D%0Asecret.example/",
          "https://a%00b.example",
          "https://a%2eb.example",
          "https://%61pi.example.com",
          "https://a%25b.example",
          "https://[::1%25lo]",
          "https://[v1.secret]",
          "https://a!secret.example",
          "https://a'b.example",
          "https://127.0.0.1.secret.example",
          "https://host:0",
          "https://host:99999"}) {
        auto const origin = parse_origin(url);
        ASSERT_FALSE(origin) << url;
        EXPECT_EQ(origin.error().category, ErrorCategory::config_invalid) << url;
        EXPECT_EQ(origin.error().message.find("secret"), std::string::npos);
    }
}

}  // namespace
}  // namespace otp::http
