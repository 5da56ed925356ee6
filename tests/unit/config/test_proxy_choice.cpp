#include "config/proxy_url.hpp"

#include <otp/proxy_choice.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view vendor = "https://api.example.com/v2";

using Variables = std::map<std::string, std::string>;

class Environment {
public:
    explicit Environment(Variables variables) : variables_(std::move(variables)) {}

    std::optional<std::string> operator()(std::string const& name) const {
        auto const found = variables_.find(name);
        return found == variables_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    Variables variables_;
};

Result<ProxyChoice> choice(
    Variables variables, std::string_view url = vendor, InstanceConfig const& instance = {}
) {
    return choose_proxy(instance, url, Environment(std::move(variables)));
}

InstanceConfig with_proxy(std::string host) {
    InstanceConfig instance;
    instance.proxy = ProxyConfig{std::move(host), 3128, "me", Secret("secret")};
    return instance;
}

TEST(ProxyUrl, is_read_as_it_is_written) {
    struct Row {
        std::string text;
        std::string host;
        std::uint16_t port;
        std::string username;
        std::string password;
    };
    for (auto const& row : std::vector<Row>{
             {"http://proxy.example:3128", "proxy.example", 3128, "", ""},
             {"http://proxy.example", "proxy.example", 8080, "", ""},
             {"http://proxy.example/", "proxy.example", 8080, "", ""},
             {"HTTP://Proxy.Example:80", "proxy.example", 80, "", ""},
             {"proxy.example:3128", "proxy.example", 3128, "", ""},
             {"proxy", "proxy", 8080, "", ""},
             {"http:3128", "http", 3128, "", ""},
             {"me:secret@proxy.example:3128", "proxy.example", 3128, "me", "secret"},
             {"http://me:p%40s%23s@proxy.example:1", "proxy.example", 1, "me", "p@s#s"},
             {"http://corp:secret@127.0.0.1.proxy.example:3128",
              "127.0.0.1.proxy.example",
              3128,
              "corp",
              "secret"},
             {"127.0.0.1.proxy.example", "127.0.0.1.proxy.example", 8080, "", ""},
             {"http://[::1]:9", "::1", 9, "", ""},
             {"[2001:db8::7]:9", "2001:db8::7", 9, "", ""},
             {"http://192.0.2.1:9", "192.0.2.1", 9, "", ""},
             {"http://LOCALHOST:1", "localhost", 1, "", ""},
             {"http://proxy.example.:1", "proxy.example.", 1, "", ""},
         }) {
        auto const proxy = read_proxy_url(row.text);
        ASSERT_TRUE(proxy) << row.text << ": " << proxy.error().text;
        EXPECT_EQ(proxy->host, row.host) << row.text;
        EXPECT_EQ(proxy->port, row.port) << row.text;
        EXPECT_EQ(proxy->username, row.username) << row.text;
        EXPECT_EQ(proxy->password.reveal(), row.password) << row.text;
    }
}

TEST(ProxyUrl, is_refused_without_any_of_its_text) {
    for (std::string const text :
         {"http://corp:sec@ret@proxy.example:3128",
          "http://corp:@secret@proxy.example",
          "http://corp:sec#ret@proxy.example:3128",
          "http://corp:1#secret@proxy.example:3128",
          "http://corp:sec/ret@proxy.example:3128",
          "http://corp:1/secret@proxy.example:3128",
          "http://corp:sec?ret@proxy.example:3128",
          "http://corp:1?secret@proxy.example:3128",
          "http://corp:secret%@proxy.example:3128",
          "http://corp:secret word@proxy.example:3128",
          "http://corp:secret\\@proxy.example:3128",
          "http://corp:[secret]@proxy.example:3128",
          "http://corp:secret%0d%0aX:1@proxy.example:3128",
          "corp:sec@ret@proxy.example:3128",
          "corp:sec#ret@proxy.example:3128",
          "corp:secret@",
          "corp:secret@[::1%25lo]:9"}) {
        auto const proxy = read_proxy_url(text);
        ASSERT_FALSE(proxy) << text;
        EXPECT_THAT(proxy.error().text, HasSubstr("@ is written %40, # %23")) << text;
        for (auto const* const part : {"sec", "ret", "corp", "proxy.example"}) {
            EXPECT_THAT(proxy.error().text, Not(HasSubstr(part))) << text;
        }
    }
    for (std::string const text :
         {"socks5://secret.example:1080",
          "socks5h://secret.example",
          "https://secret.example:443",
          "ftp://secret.example",
          "secret://",
          "http://",
          "://secret",
          "//secret.example:3128",
          "http:///secret",
          "http://secret.example:0",
          "http://secret.example:65536",
          "http://secret.example:",
          "secret.example:port",
          "secret example",
          " http://secret.example",
          "http://secret.example ",
          "http://a%0d%0asecret:1",
          "http://%73ecret.example:1",
          "http://127.1:3128",
          "http://secret.example/path",
          "http://secret.example?a",
          "http://secret.example#a"}) {
        auto const proxy = read_proxy_url(text);
        ASSERT_FALSE(proxy) << text;
        EXPECT_THAT(proxy.error().text, Not(HasSubstr("secret"))) << text;
        EXPECT_THAT(proxy.error().text, Not(HasSubstr("%40"))) << text;
    }
}

TEST(ProxyUrl, keeps_the_rules_of_the_configurations_proxy) {
    for (auto const& [text, reason] : std::map<std::string, std::string>{
             {"http://:secret@proxy.example:3128",
              "cannot be used: its username is missing: a password needs a user name"},
             {"http://corp:'secret'@proxy.example:3128",
              "cannot be used: its password is in quotation marks: remove them"}}) {
        auto const proxy = read_proxy_url(text);
        ASSERT_FALSE(proxy) << text;
        EXPECT_EQ(proxy.error().text, reason);
    }
}

TEST(ProxyUrl, of_another_kind_than_http_is_refused_with_the_reason) {
    for (auto const* const text : {"socks5://proxy.example:1", "https://proxy.example"}) {
        EXPECT_EQ(
            read_proxy_url(text).error().text,
            "must begin with http://: no other kind of proxy is supported"
        );
    }
}

TEST(ProxyChoice, is_none_where_nothing_names_one) {
    for (auto const& variables : std::vector<Variables>{
             {},
             {{"HTTPS_PROXY", ""}, {"https_proxy", ""}},
             {{"NO_PROXY", "*"}},
             // For other URLs, or for nothing that Go looks at.
             {{"HTTP_PROXY", "http://secret:1"}, {"http_proxy", "http://secret:1"}},
             {{"ALL_PROXY", "http://secret:1"}, {"all_proxy", "socks5://secret:1"}},
             {{"Https_Proxy", "http://secret:1"}},
         }) {
        auto const chosen = choice(variables).value();
        EXPECT_FALSE(chosen.proxy);
        EXPECT_EQ(chosen.reason, ProxyReason::none);
        EXPECT_EQ(chosen.variable, "");
        EXPECT_EQ(describe(chosen), "none");
    }
    EXPECT_EQ(choose_proxy({}, vendor, nullptr)->reason, ProxyReason::none);
}

TEST(ProxyChoice, takes_the_first_variable_that_is_not_empty) {
    auto const capitals = choice({{"HTTPS_PROXY", "one:1"}, {"https_proxy", "two:2"}}).value();
    EXPECT_EQ(capitals.proxy->host, "one");
    EXPECT_EQ(capitals.reason, ProxyReason::environment);
    EXPECT_EQ(capitals.variable, "HTTPS_PROXY");
    EXPECT_EQ(describe(capitals), "one:1 (HTTPS_PROXY)");
    auto const small = choice({{"HTTPS_PROXY", ""}, {"https_proxy", "two:2"}}).value();
    EXPECT_EQ(small.proxy->host, "two");
    EXPECT_EQ(describe(small), "two:2 (https_proxy)");
    EXPECT_EQ(
        choice({{"HTTPS_PROXY", "one:1"}, {"NO_PROXY", "other"}, {"no_proxy", "*"}})->reason,
        ProxyReason::environment
    );
    auto const excluded = choice({{"HTTPS_PROXY", "one:1"}, {"NO_PROXY", ""}, {"no_proxy", "a *"}});
    EXPECT_EQ(excluded->reason, ProxyReason::no_proxy);
    EXPECT_EQ(excluded->variable, "no_proxy");
    EXPECT_EQ(excluded->entry, 2U);
    EXPECT_EQ(describe(*excluded), "none (no_proxy, entry 2)");
}

TEST(ProxyChoice, stays_a_proxy_in_a_cgi_program) {
    EXPECT_TRUE(choice({{"HTTPS_PROXY", "one:1"}, {"REQUEST_METHOD", "POST"}})->proxy);
}

TEST(ProxyChoice, asks_no_proxy_with_the_port) {
    Variables const variables{{"HTTPS_PROXY", "one:1"}, {"NO_PROXY", "api.example.com:8443"}};
    EXPECT_TRUE(choice(variables)->proxy);
    EXPECT_FALSE(choice(variables, "https://api.example.com:8443/v2")->proxy);
}

TEST(ProxyChoice, is_none_for_this_machine) {
    Variables const variables{{"HTTPS_PROXY", "http://proxy.example"}, {"NO_PROXY", ""}};
    for (auto const* const url :
         {"https://localhost:8443",
          "https://LOCALHOST.",
          "https://127.0.0.2",
          "https://[::1]",
          "https://[::ffff:127.0.0.1]:1",
          "http://localhost:1"}) {
        auto const chosen = choice(variables, url).value();
        EXPECT_FALSE(chosen.proxy) << url;
        EXPECT_EQ(chosen.reason, ProxyReason::loopback) << url;
        EXPECT_EQ(describe(chosen), "none (this machine)");
    }
    for (auto const* const url :
         {"https://foo.localhost", "https://127.0.0.1.example.com", "https://0.0.0.0"}) {
        EXPECT_TRUE(choice(variables, url)->proxy) << url;
    }
}

TEST(ProxyChoice, of_the_configuration_comes_before_the_environment) {
    Variables const variables{{"HTTPS_PROXY", "one:1"}, {"NO_PROXY", "*"}};
    auto const chosen = choice(variables, vendor, with_proxy("proxy.example")).value();
    ASSERT_TRUE(chosen.proxy);
    EXPECT_EQ(chosen.reason, ProxyReason::configured);
    EXPECT_EQ(chosen.proxy->host, "proxy.example");
    EXPECT_EQ(chosen.proxy->port, 3128);
    EXPECT_EQ(chosen.proxy->username, "me");
    EXPECT_EQ(chosen.proxy->password.reveal(), "secret");
    EXPECT_EQ(describe(chosen), "proxy.example:3128 (configured)");
    EXPECT_TRUE(choice(variables, "https://localhost", with_proxy("proxy.example"))->proxy);
}

TEST(ProxyChoice, of_an_address_in_brackets_can_be_connected_to) {
    for (auto const* const host : {"[::1]", "::1"}) {
        auto const chosen = choice({}, vendor, with_proxy(host)).value();
        EXPECT_EQ(chosen.proxy->host, "::1");
        EXPECT_EQ(describe(chosen), "[::1]:3128 (configured)");
    }
}

TEST(ProxyChoice, never_takes_clear_text_away_from_this_machine) {
    auto const chosen = choice({}, "http://127.0.0.1:1", with_proxy("proxy.example")).value();
    EXPECT_FALSE(chosen.proxy);
    EXPECT_EQ(chosen.reason, ProxyReason::loopback);
}

TEST(ProxyChoice, leaves_the_environment_alone_if_told_so) {
    InstanceConfig instance;
    instance.ignore_proxy_environment = true;
    Variables const variables{{"HTTPS_PROXY", "socks5://secret"}, {"NO_PROXY", "<local>"}};
    EXPECT_EQ(choice(variables, vendor, instance)->reason, ProxyReason::none);
}

TEST(ProxyChoice, names_the_variable_that_cannot_be_understood_and_quotes_nothing) {
    auto const proxy = choice({{"https_proxy", "http://corp:sec#ret@proxy.example"}});
    ASSERT_FALSE(proxy);
    EXPECT_EQ(proxy.error().category, ErrorCategory::config_invalid);
    EXPECT_THAT(
        proxy.error().message, HasSubstr("the environment's https_proxy has no valid port")
    );
    EXPECT_THAT(proxy.error().message, Not(HasSubstr("ret")));
    auto const list = choice({{"HTTPS_PROXY", "one:1"}, {"NO_PROXY", "a,secret:b"}});
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().category, ErrorCategory::config_invalid);
    EXPECT_THAT(list.error().message, HasSubstr("the environment's NO_PROXY has an entry"));
    EXPECT_THAT(list.error().message, HasSubstr("the 2. of its list"));
    EXPECT_THAT(list.error().message, Not(HasSubstr("secret")));
    auto const address = choice({}, "https://user:secret@host");
    ASSERT_FALSE(address);
    EXPECT_EQ(address.error().category, ErrorCategory::config_invalid);
    EXPECT_THAT(address.error().message, Not(HasSubstr("secret")));
}

TEST(ProxyChoice, has_a_stable_name_for_each_reason) {
    EXPECT_EQ(to_string(ProxyReason::none), "none");
    EXPECT_EQ(to_string(ProxyReason::configured), "configured");
    EXPECT_EQ(to_string(ProxyReason::environment), "environment");
    EXPECT_EQ(to_string(ProxyReason::no_proxy), "no_proxy");
    EXPECT_EQ(to_string(ProxyReason::loopback), "loopback");
}

}  // namespace
}  // namespace otp::config
