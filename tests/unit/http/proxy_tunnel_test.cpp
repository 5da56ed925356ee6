#include "http/connect/proxy_tunnel.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace otp::http {
namespace {

ProxyConfig proxy(std::string username, std::string_view password) {
    ProxyConfig config;
    config.host = "proxy.example.com";
    config.username = std::move(username);
    config.password = Secret(password);
    return config;
}

TEST(ProxyTunnel, AsksForATunnelToTheOrigin) {
    auto const origin = parse_origin("https://test.stytch.com").value();
    EXPECT_EQ(
        connect_request(origin, proxy("", "")).value(),
        "CONNECT test.stytch.com:443 HTTP/1.1\r\nHost: test.stytch.com:443\r\n\r\n"
    );
    EXPECT_NE(
        connect_request(origin, proxy("user", "pass"))
            .value()
            .find("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n"),
        std::string::npos
    );
}

TEST(ProxyTunnel, NeverWritesAHostThatIsNone) {
    for (std::string const& host : std::vector<std::string>{
             "a\r\nX: 1", "a\nb", "a b", "a%0d%0ab", "", std::string("a\0b", 3)}) {
        Origin origin;
        origin.host = host;
        auto const request = connect_request(origin, proxy("", ""));
        ASSERT_TRUE(request.has_error()) << host;
        EXPECT_EQ(request.error().category, ErrorCategory::config_invalid);
        EXPECT_EQ(request.error().message.find("a%0d"), std::string::npos);
    }
    Origin address;
    address.host = "::1";
    EXPECT_TRUE(connect_request(address, proxy("", ""))->starts_with("CONNECT [::1]:443 "));
}

/// What an answer comes to: empty for a tunnel, `incomplete`, or the error's text.
std::string verdict_of(std::vector<std::string_view> const& pieces) {
    ConnectAnswer answer("the proxy", false);
    for (auto const piece : pieces) {
        if (auto const verdict = answer.feed(piece)) {
            return verdict->error ? verdict->error->message : "";
        }
    }
    return "incomplete";
}

TEST(ProxyTunnel, ReadsTheSameFromEveryPairOfPieces) {
    for (std::string const& bytes : std::vector<std::string>{
             "HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n",
             "HTTP/1.0 200 Connection established\r\n\r\n",
             "HTTP/1.1 200\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
             "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
             "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
             "HTTP/1.1 403\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n",
             "HTTP/1.1 2x0 OK\r\n\r\n",
             "SSH-2.0-OpenSSH_9.2\r\n",
         }) {
        auto const whole = verdict_of({bytes});
        EXPECT_NE(whole, "incomplete") << bytes;
        std::string_view const all = bytes;
        for (std::size_t first = 0; first < all.size(); ++first) {
            for (std::size_t second = first; second < all.size(); ++second) {
                ASSERT_EQ(
                    verdict_of(
                        {all.substr(0, first),
                         all.substr(first, second - first),
                         all.substr(second)}
                    ),
                    whole
                ) << bytes
                  << first << ' ' << second;
            }
        }
    }
    EXPECT_EQ(verdict_of({"HTTP/1.1 200\r\n\r\n"}), "");
    EXPECT_EQ(verdict_of({"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"}), "");
}

TEST(ProxyTunnel, LimitsTheAnswerHoweverItComes) {
    std::string const bytes = "HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n";
    ConnectAnswer answer("the proxy", false);
    std::optional<ConnectAnswer::Verdict> verdict;
    for (std::size_t at = 0; at < bytes.size() && !verdict; at += 100) {
        verdict = answer.feed(std::string_view(bytes).substr(at, 100));
    }
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->error->message, verdict_of({bytes}));
    EXPECT_NE(verdict->error->message.find("header is larger"), std::string::npos);
}

TEST(ProxyTunnel, WaitsForTheWholeHeaderOfTheAnswer) {
    ConnectAnswer answer("the proxy", false);
    EXPECT_FALSE(answer.feed("HTTP/1.1 200 Connection "));
    EXPECT_FALSE(answer.feed("established\r\nVia: x\r\n"));
    auto const verdict = answer.feed("\r\n");
    ASSERT_TRUE(verdict);
    EXPECT_FALSE(verdict->error);
}

TEST(ProxyTunnel, TellsRefusedCredentialsFromMissingOnes) {
    for (bool const sent : {true, false}) {
        for (auto const* const status : {"407", "401"}) {
            ConnectAnswer answer("the proxy 192.0.2.1:3128", sent);
            auto const verdict = answer.feed("HTTP/1.1 " + std::string(status) + " No\r\n\r\n");
            ASSERT_TRUE(verdict && verdict->error);
            auto const begin = sent ? "the proxy 192.0.2.1:3128 refuses the credentials ("
                                    : "the proxy 192.0.2.1:3128 asks for credentials (";
            EXPECT_EQ(verdict->error->message.find(begin + std::string(status)), 0U)
                << verdict->error->message;
            EXPECT_NE(verdict->error->message.find("HTTPS_PROXY"), std::string::npos);
        }
    }
}

TEST(ProxyTunnel, ExplainsARefusal) {
    for (auto const& [answer_text, expected] : std::map<std::string, std::string>{
             {"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "407"},
             {"HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\n", "403"},
             {"nonsense\r\n\r\n", "not valid HTTP"},
             {"HTTP/1.1 200 OK\r\n\r\n\x16\x03", "before the tunnel"},
         }) {
        ConnectAnswer answer("the proxy", false);
        auto const verdict = answer.feed(answer_text);
        ASSERT_TRUE(verdict) << answer_text;
        ASSERT_TRUE(verdict->error) << answer_text;
        EXPECT_EQ(verdict->error->category, ErrorCategory::connect_failed);
        EXPECT_NE(verdict->error->message.find(expected), std::string::npos)
            << verdict->error->message;
    }
}

}  // namespace
}  // namespace otp::http
