#include "http/proxy_tunnel.hpp"

#include <gtest/gtest.h>
#include <map>
#include <string>

namespace otp::http {
namespace {

ProxyConfig proxy(std::string username, std::string_view password) {
    ProxyConfig config;
    config.host = "proxy.example.com";
    config.username = std::move(username);
    config.password = Secret(password);
    return config;
}

auto environment(std::map<std::string, std::string> values) {
    return [values](std::string const& name) -> std::optional<std::string> {
        auto const found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

TEST(ProxyTunnel, AsksForATunnelToTheOrigin) {
    auto const origin = parse_origin("https://test.stytch.com").value();
    EXPECT_EQ(
        connect_request(origin, proxy("", "")),
        "CONNECT test.stytch.com:443 HTTP/1.1\r\nHost: test.stytch.com:443\r\n\r\n"
    );
    EXPECT_NE(
        connect_request(origin, proxy("user", "pass"))
            .find("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n"),
        std::string::npos
    );
}

TEST(ProxyTunnel, WaitsForTheWholeHeaderOfTheAnswer) {
    ConnectAnswer answer;
    EXPECT_FALSE(answer.feed("HTTP/1.1 200 Connection "));
    EXPECT_FALSE(answer.feed("established\r\nVia: x\r\n"));
    auto const verdict = answer.feed("\r\n");
    ASSERT_TRUE(verdict);
    EXPECT_FALSE(verdict->error);
}

TEST(ProxyTunnel, ExplainsARefusal) {
    for (auto const& [answer_text, expected] : std::map<std::string, std::string>{
             {"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "407"},
             {"HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\n", "403"},
             {"nonsense\r\n\r\n", "not valid HTTP"},
             {"HTTP/1.1 200 OK\r\n\r\n\x16\x03", "before the tunnel"},
         }) {
        ConnectAnswer answer;
        auto const verdict = answer.feed(answer_text);
        ASSERT_TRUE(verdict) << answer_text;
        ASSERT_TRUE(verdict->error) << answer_text;
        EXPECT_EQ(verdict->error->category, ErrorCategory::connect_failed);
        EXPECT_NE(verdict->error->message.find(expected), std::string::npos)
            << verdict->error->message;
    }
}

TEST(ProxyEnvironment, TakesHttpsProxyUnlessTheHostIsExcluded) {
    auto const origin = parse_origin("https://api.stytch.com").value();
    auto const found = proxy_from_environment(
                           origin, environment({{"HTTPS_PROXY", "http://u:p%40ss@proxy:3128"}})
    ).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->host, "proxy");
    EXPECT_EQ(found->port, 3128);
    EXPECT_EQ(found->username, "u");
    EXPECT_EQ(found->password.reveal(), "p@ss");
    for (auto const* const excluded :
         {"*", "api.stytch.com", "API.Stytch.com", ".stytch.com", "x, stytch.com"})
        EXPECT_FALSE(
            proxy_from_environment(
                origin, environment({{"https_proxy", "http://proxy:3128"}, {"NO_PROXY", excluded}})
            ).value()
        ) << excluded;
    EXPECT_TRUE(proxy_from_environment(
                    origin,
                    environment({{"https_proxy", "proxy:3128"}, {"NO_PROXY", "tytch.com,stytch.co"}}
                    )
    ).value());
}

TEST(ProxyEnvironment, LeavesLoopbackAlone) {
    auto const origin = parse_origin("https://localhost:8443").value();
    EXPECT_FALSE(
        proxy_from_environment(origin, environment({{"HTTPS_PROXY", "http://proxy:3128"}})).value()
    );
}

TEST(ProxyEnvironment, RefusesWhatItCannotUseWithoutRepeatingIt) {
    auto const origin = parse_origin("https://api.stytch.com").value();
    for (auto const* const text :
         {"socks5://user:secret@proxy:1", "http://", "http://proxy:99999"}) {
        auto const found = proxy_from_environment(origin, environment({{"HTTPS_PROXY", text}}));
        ASSERT_FALSE(found) << text;
        EXPECT_EQ(found.error().message.find("secret"), std::string::npos);
    }
}

}  // namespace
}  // namespace otp::http
