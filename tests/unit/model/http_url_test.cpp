#include <otp/http_url.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HttpUrl, TakesSchemeHostPortAndPathApart) {
    auto const url = HttpUrl::parse("https://api.eko.in:25002/ekoicici/v3/").value();
    EXPECT_TRUE(url.is_https());
    EXPECT_EQ(url.host().text(), "api.eko.in");
    EXPECT_EQ(url.port(), 25002);
    EXPECT_EQ(url.written_port(), 25002);
    EXPECT_EQ(url.path(), "/ekoicici/v3/");
    EXPECT_EQ(url.base_path(), "/ekoicici/v3");
    EXPECT_FALSE(url.has_user_info());
    EXPECT_EQ(url.username(), "");
    EXPECT_TRUE(url.password().empty());
}

TEST(HttpUrl, HasThePortOfItsSchemeUnlessOneIsWritten) {
    EXPECT_EQ(HttpUrl::parse("https://a.example")->port(), 443);
    EXPECT_EQ(HttpUrl::parse("http://a.example")->port(), 80);
    EXPECT_EQ(HttpUrl::parse("https://a.example")->written_port(), std::nullopt);
    EXPECT_EQ(HttpUrl::parse("https://a.example:1")->port(), 1);
    EXPECT_EQ(HttpUrl::parse("https://a.example:65535")->port(), 65535);
    EXPECT_EQ(HttpUrl::parse("https://a.example:0000000443/x")->port(), 443);
    EXPECT_EQ(HttpUrl::parse("http://[::1]:080")->port(), 80);
}

TEST(HttpUrl, NamesThePortOnlyIfItIsNotItsSchemes) {
    EXPECT_EQ(HttpUrl::parse("https://localhost:8443/x")->authority(), "localhost:8443");
    EXPECT_EQ(HttpUrl::parse("https://localhost:443")->authority(), "localhost");
    EXPECT_EQ(HttpUrl::parse("http://localhost:443")->authority(), "localhost:443");
    EXPECT_EQ(HttpUrl::parse("http://[::1]:80")->authority(), "[::1]");
    EXPECT_EQ(HttpUrl::parse("https://a.example.")->authority(), "a.example");
}

TEST(HttpUrl, HasAnOriginThatLeadsToTheSamePlace) {
    std::vector<std::pair<std::string, std::string>> const rows{
        {"HTTPS://user:pass@A.example:443/x/", "https://a.example"},
        {"https://a.example.:8443", "https://a.example.:8443"},
        {"http://[0:0::1]:8080/a", "http://[::1]:8080"},
        {"http://192.0.2.1", "http://192.0.2.1"},
    };
    for (auto const& [text, origin] : rows) EXPECT_EQ(HttpUrl::parse(text)->origin(), origin);
}

TEST(HttpUrl, ReadsNamesThatBeginLikeAnAddressAsNames) {
    for (auto const* const host :
         {"127.0.0.1.example.com",
          "192.0.2.1.example.com",
          "127.0.0.1.2.example",
          "127.0.0.1a",
          "1.2.3.4.5.6.example"}) {
        auto const url = HttpUrl::parse("https://" + std::string(host) + ":8443/a.b/.c");
        ASSERT_TRUE(url) << host << ' ' << url.error().message;
        EXPECT_EQ(url->host().text(), host);
        EXPECT_FALSE(url->host().is_address()) << host;
        EXPECT_FALSE(url->host().is_loopback()) << host;
        EXPECT_EQ(url->port(), 8443) << host;
        EXPECT_EQ(url->path(), "/a.b/.c") << host;
    }
}

TEST(HttpUrl, KeepsThePathAsItIsWritten) {
    for (auto const* const path :
         {"", "/", "/a", "/a/", "/A/%41/b;c=d,e:@!$&'()*+", "/.a/a./..."}) {
        auto const url = HttpUrl::parse("https://a.example" + std::string(path));
        ASSERT_TRUE(url) << path << ' ' << url.error().message;
        EXPECT_EQ(url->path(), path);
    }
    EXPECT_EQ(HttpUrl::parse("https://a.example/")->base_path(), "");
    EXPECT_EQ(HttpUrl::parse("https://a.example/a")->base_path(), "/a");
}

TEST(HttpUrl, DecodesUserAndPassword) {
    struct Row {
        std::string user_info;
        std::string username;
        std::string password;
    };
    for (auto const& row : std::vector<Row>{
             {"user:pass", "user", "pass"},
             {"u:p%40ss%23%2F%3f%25%3A", "u", "p@ss#/?%:"},
             {"u:a:b", "u", "a:b"},
             {"d%6Fmain%5Cuser:p+q", "domain\\user", "p+q"},
             {"u:%C3%A4", "u", "\xC3\xA4"},
             {"user", "user", ""},
             {"user:", "user", ""},
             {":pass", "", "pass"},
             {"", "", ""},
         }) {
        auto const url = HttpUrl::parse("http://" + row.user_info + "@proxy.example:3128");
        ASSERT_TRUE(url) << row.user_info;
        EXPECT_TRUE(url->has_user_info());
        EXPECT_EQ(url->username(), row.username);
        EXPECT_EQ(url->password().reveal(), row.password);
        EXPECT_EQ(url->host().text(), "proxy.example");
        EXPECT_EQ(url->port(), 3128);
    }
}

TEST(HttpUrl, RefusesWithAReasonThatQuotesNothing) {
    std::vector<std::pair<std::string, std::string>> const rows{
        {"", "absolute URL"},
        {"secret.example.com", "absolute URL"},
        {"/secret", "absolute URL"},
        {"//secret.example", "absolute URL"},
        {"https:secret.example.com", "absolute URL"},
        {"https:/secret", "absolute URL"},
        {"ftp://secret.example.com", "must begin with https://"},
        {" https://secret.example.com", "must begin with https://"},
        {"httpss://secret.example.com", "must begin with https://"},
        {"secret://", "must begin with https://"},
        {"https://", "no valid host"},
        {"https:///secret", "no valid host"},
        {"https://?secret", "no valid host"},
        {"https://:443/secret", "no valid host"},
        {"https://user:secret@", "no valid host"},
        {"https://secret example", "no valid host"},
        {"https://secret\\x", "no valid host"},
        {"https://a%2esecret", "no valid host"},
        {"https://a%0d%0asecret:1/", "no valid host"},
        {"https://[::1", "no valid host"},
        {"https://[::1]secret", "no valid host"},
        {"https://[v1.secret]", "no valid host"},
        {"https://::1", "no valid host"},
        {"https://2001:db8::7/secret", "no valid host"},
        {"https://fe80:secret::1", "no valid port"},
        {"https://secret..example", "no valid host"},
        {"https://127.0.0.1.", "ends in a number"},
        {"https://[fe80::1%25secret]/", "zone"},
        {"https://user:sec@ret@host", "percent-encoded"},
        {"https://user:secret%0d%0a@host", "percent-encoded"},
        {"https://user:secret%00@host", "percent-encoded"},
        {"https://us%3Aer:secret@host", "percent-encoded"},
        {"https://us%0aer:secret@host", "percent-encoded"},
        {"https://us%7fer:secret@host", "percent-encoded"},
        {"https://user:secret%@host", "percent-encoded"},
        {"https://user:sec^ret@host", "percent-encoded"},
        {"https://user:secret word@host", "percent-encoded"},
        {"https://user:sec\xC3\xA4ret@host", "percent-encoded"},
        {"https://host:0", "no valid port"},
        {"https://host:000", "no valid port"},
        {"https://host:65536", "no valid port"},
        {"https://host:4294967739", "no valid port"},
        {"https://host:18446744073709552059", "no valid port"},
        {"https://host:", "no valid port"},
        {"https://host:/secret", "no valid port"},
        {"https://host:+1", "no valid port"},
        {"https://host:-1", "no valid port"},
        {"https://host: 1", "no valid port"},
        {"https://host:8443secret", "no valid port"},
        {"https://host:80:80", "no valid port"},
        {"https://host:secret", "no valid port"},
        {"https://user:sec#ret@host", "no valid port"},
        {"https://user:1/secret@host?", "query or fragment"},
        {"https://host/?a=secret", "query or fragment"},
        {"https://host?secret", "query or fragment"},
        {"https://host?", "query or fragment"},
        {"https://host/#secret", "query or fragment"},
        {"https://host#", "query or fragment"},
        {"https://host/\r\nHost: secret", "characters"},
        {"https://host/secret word", "characters"},
        {"https://host/secret\xC3\xA4", "characters"},
        {"https://host/secret%", "characters"},
        {"https://host/%zz", "characters"},
        {"https://host/secret\\x", "characters"},
        {"https://host/secret//b", "path segments"},
        {"https://host//", "path segments"},
        {"https://host/secret/../b", "path segments"},
        {"https://host/%2e%2E/secret", "path segments"},
        {"https://host/.%2e", "path segments"},
        {"https://host/./secret", "path segments"},
        {"https://host/secret/.", "path segments"},
        {"https://host/../", "path segments"},
        {"https://host/secret%5Cb", "path segments"},
        {"https://host/secret%00", "path segments"},
        {"https://host/secret%2fb", "path segments"},
    };
    for (auto const& [text, reason] : rows) {
        auto const url = HttpUrl::parse(text);
        ASSERT_FALSE(url) << text;
        EXPECT_EQ(url.error().category, ErrorCategory::config_invalid) << text;
        EXPECT_THAT(url.error().message, HasSubstr(reason)) << text;
        EXPECT_THAT(url.error().message, Not(HasSubstr("secret"))) << text;
        EXPECT_FALSE(HttpUrl::parse_endpoint(text)) << text;
    }
    EXPECT_FALSE(HttpUrl::parse(std::string_view("https://host/a\0b", 16)));
    EXPECT_FALSE(HttpUrl::parse(std::string_view("https://ho\0st/", 14)));
}

TEST(HttpUrl, LeadsToAVendorWithoutUserAndInTheClearOnThisMachineOnly) {
    for (auto const* const text :
         {"https://a.example",
          "https://a.example:8443/x/y",
          "https://192.0.2.1",
          "https://[2001:db8::1]:443",
          "http://localhost",
          "HTTP://LOCALHOST:1",
          "HTTPS://localhost:1",
          "http://localhost.:80",
          "http://127.0.0.1:1",
          "http://127.9.9.9",
          "http://[::1]:8080/p",
          "http://[0:0:0:0:0:0:0:1]",
          "http://[::ffff:127.0.0.1]:9"}) {
        EXPECT_TRUE(HttpUrl::parse_endpoint(text)) << text;
    }
    for (auto const* const text :
         {"http://a.example",
          "http://10.0.0.1",
          "http://0.0.0.0",
          "http://128.0.0.1",
          "http://[::]",
          "http://[::2]",
          "http://localhost.example.com",
          "http://foo.localhost",
          "http://127.0.0.1.example.com",
          "http://127.0.0.1.evil.test/x"}) {
        auto const url = HttpUrl::parse_endpoint(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().message, HasSubstr("must be https")) << text;
    }
    for (auto const* const text :
         {"https://user:secret@a.example", "https://user@a.example", "https://@a.example"}) {
        auto const url = HttpUrl::parse_endpoint(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().message, HasSubstr("user or password")) << text;
        EXPECT_THAT(url.error().message, Not(HasSubstr("secret"))) << text;
    }
}

}  // namespace
}  // namespace otp
