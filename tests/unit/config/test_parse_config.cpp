// What a configuration that can be used becomes.
#include "config_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <utility>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Pair;

class ParseConfig : public testing::Test {
protected:
    ClientConfig parse(std::string_view text) const {
        auto config = fixture_.parse(text);
        if (!config) {
            ADD_FAILURE() << config.error();
            return {};
        }
        return std::move(*config);
    }

    ConfigFixture fixture_;
};

TEST_F(ParseConfig, reads_every_member) {
    fixture_.add_tls_files();
    auto const config = parse(R"({
        "$schema": "./otp-config.schema.json",
        "version": 1,
        "allow_inline_secrets": true,
        "defaults": { "deadline": "8s" },
        "instances": {
            "main": {
                "vendor": "acme",
                "environment": "live",
                "base_url": "https://api.example.com/v2/",
                "credentials": { "username": "user@example.com", "password": "${env:ACME_KEY}" },
                "options": { "sender": "shop", "retries": 3 },
                "connect_timeout": "1s",
                "handshake_timeout": "2s",
                "first_byte_timeout": "3s",
                "attempt_timeout": "4s",
                "idle_timeout": "0s",
                "max_connection_age": "5m",
                "max_connections": 7,
                "max_in_flight": 70,
                "max_header_bytes": 4096,
                "max_header_fields": 50,
                "max_body_bytes": 1024,
                "retry": {
                    "attempts": 2, "base_delay": "10ms", "factor": 1.5, "max_delay": "1s",
                    "rest": "2s", "max_rest": "20s", "max_retry_after": "1m", "budget": 100,
                    "retry_cost": 10, "throttle_cost": 4, "success_gain": 2
                },
                "breaker": {
                    "failure_ratio": 0.25, "minimum_calls": 10, "window": "10s",
                    "connection_failures": 3, "open": "3s", "max_open": "30s", "good_probes": 2
                },
                "commit_timeout": "700ms",
                "tls": {
                    "ca_file": "ca.pem",
                    "client_certificate": "client.pem",
                    "client_key": "client.key",
                    "pinned_public_key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                    "crl_file": "revoked.pem"
                },
                "proxy": {
                    "host": "proxy.example.com", "port": 3128,
                    "username": "me", "password": "${file:secret}"
                },
                "ignore_proxy_environment": true,
                "record": "recordings/main"
            }
        },
        "routes": { "login": { "use": ["main"], "on_unknown": "stop" } }
    })");
    EXPECT_EQ(config.deadline, 8s);
    ASSERT_EQ(config.instances.size(), 1U);
    auto const& instance = config.instances.front();
    EXPECT_EQ(instance.name, "main");
    EXPECT_EQ(instance.vendor, "acme");
    EXPECT_EQ(instance.environment, "live");
    EXPECT_EQ(instance.base_url, "https://api.example.com/v2");
    ASSERT_EQ(instance.credentials.size(), 2U);
    EXPECT_EQ(instance.credentials.at("username").reveal(), "user@example.com");
    EXPECT_EQ(instance.credentials.at("password").reveal(), "key-of-acme");
    EXPECT_THAT(instance.options, ElementsAre(Pair("retries", "3"), Pair("sender", "shop")));

    HttpLimits limits;
    limits.connect_timeout = 1s;
    limits.handshake_timeout = 2s;
    limits.first_byte_timeout = 3s;
    limits.attempt_timeout = 4s;
    limits.idle_timeout = 0s;
    limits.max_connection_age = 5min;
    limits.max_connections = 7;
    limits.max_in_flight = 70;
    limits.max_header_bytes = 4096;
    limits.max_header_fields = 50;
    limits.max_body_bytes = 1024;
    EXPECT_EQ(instance.limits, limits);

    DeliveryConfig delivery;
    delivery.retry = {2, 10ms, 1.5, 1s, 2s, 20s, 1min, 100, 10, 4, 2};
    delivery.breaker = {0.25, 10, 10s, 3, 3s, 30s, 2};
    delivery.commit_timeout = 700ms;
    EXPECT_EQ(instance.delivery, delivery);

    TlsConfig tls;
    tls.ca_file = fixture_.folder.path() / "ca.pem";
    tls.client_certificate = fixture_.folder.path() / "client.pem";
    tls.client_key = fixture_.folder.path() / "client.key";
    tls.pinned_public_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    tls.crl_file = fixture_.folder.path() / "revoked.pem";
    EXPECT_EQ(instance.tls, tls);

    ASSERT_TRUE(instance.proxy);
    EXPECT_EQ(instance.proxy->host, "proxy.example.com");
    EXPECT_EQ(instance.proxy->port, 3128);
    EXPECT_EQ(instance.proxy->username, "me");
    EXPECT_EQ(instance.proxy->password.reveal(), "key-of-acme-in-a-file");
    EXPECT_TRUE(instance.ignore_proxy_environment);
    EXPECT_EQ(instance.record, fixture_.folder.path() / "recordings/main");
    EXPECT_FALSE(instance.replay);

    ASSERT_EQ(config.routes.size(), 1U);
    EXPECT_EQ(config.routes.front().name, "login");
    EXPECT_THAT(config.routes.front().use, ElementsAre("main"));
}

TEST_F(ParseConfig, has_the_documented_defaults) {
    auto const config = parse(R"({ "version": 1, "instances": { "a": { "vendor": "free" } } })");
    EXPECT_EQ(config.deadline, 15s);
    auto const* instance = config.find_instance("a");
    ASSERT_NE(instance, nullptr);
    EXPECT_EQ(instance->limits, HttpLimits());
    EXPECT_EQ(instance->tls, TlsConfig());
    EXPECT_EQ(instance->delivery, DeliveryConfig());
    EXPECT_FALSE(instance->proxy);
    EXPECT_FALSE(instance->ignore_proxy_environment);
    EXPECT_FALSE(instance->record);
    EXPECT_FALSE(instance->replay);
    EXPECT_FALSE(instance->base_url);
    EXPECT_EQ(instance->environment, "");
    EXPECT_TRUE(config.routes.empty());
}

TEST_F(ParseConfig, keeps_the_order_of_the_file) {
    auto const config = parse(R"({
        "version": 1,
        "routes": { "z": { "use": ["c", "a"] }, "b": { "use": ["a"] } },
        "instances": {
            "c": { "vendor": "free" }, "a": { "vendor": "free" }, "b": { "vendor": "free" }
        }
    })");
    ASSERT_EQ(config.instances.size(), 3U);
    EXPECT_EQ(config.instances[0].name, "c");
    EXPECT_EQ(config.instances[1].name, "a");
    EXPECT_EQ(config.instances[2].name, "b");
    ASSERT_EQ(config.routes.size(), 2U);
    EXPECT_THAT(config.routes[0].use, ElementsAre("c", "a"));
    EXPECT_EQ(config.find_route("b"), &config.routes[1]);
    EXPECT_EQ(config.find_route("login"), nullptr);
    EXPECT_EQ(config.find_instance("z"), nullptr);
}

/// A configuration all of whose durations are `text`.
std::string with_durations(std::string const& text) {
    std::string limits;
    for (auto const* key :
         {"connect_timeout",
          "handshake_timeout",
          "first_byte_timeout",
          "attempt_timeout",
          "idle_timeout",
          "max_connection_age"}) {
        limits += std::string(", \"") + key + "\": \"" + text + '"';
    }
    return R"({ "version": 1, "defaults": { "deadline": ")" + text + '"' + limits +
           R"( }, "instances": { "inherits": { "vendor": "free" }, "says": { "vendor": "free")" +
           limits + " } } }";
}

TEST_F(ParseConfig, durations_of_any_size_are_taken) {
    constexpr auto longest = std::chrono::milliseconds::max();
    using Case = std::pair<char const*, std::chrono::milliseconds>;
    for (auto const& [text, duration] :
         {Case("2628000h", 2628000h),  // 300 years
          Case("99999999999999999999h", longest),
          Case("9223372036854775808ms", longest)}) {
        SCOPED_TRACE(text);
        auto const config = parse(with_durations(text));
        EXPECT_EQ(config.deadline, duration);
        ASSERT_EQ(config.instances.size(), 2U);
        for (auto const& instance : config.instances) {
            SCOPED_TRACE(instance.name);
            EXPECT_EQ(instance.limits.connect_timeout, duration);
            EXPECT_EQ(instance.limits.handshake_timeout, duration);
            EXPECT_EQ(instance.limits.first_byte_timeout, duration);
            EXPECT_EQ(instance.limits.attempt_timeout, duration);
            EXPECT_EQ(instance.limits.idle_timeout, duration);
            EXPECT_EQ(instance.limits.max_connection_age, duration);
        }
    }
}

TEST_F(ParseConfig, options_become_text) {
    auto const config = parse(R"({
        "version": 1, "allow_inline_secrets": true,
        "instances": { "a": { "vendor": "acme", "credentials": { "api_key": "key-1" },
                              "options": { "sender": true, "retries": -5 } } }
    })");
    EXPECT_THAT(
        config.instances.front().options, ElementsAre(Pair("retries", "-5"), Pair("sender", "true"))
    );
}

TEST_F(ParseConfig, instances_inherit_and_replace_defaults) {
    fixture_.add_tls_files();
    auto const config = parse(R"({
        "version": 1,
        "defaults": {
            "attempt_timeout": "3s", "max_connections": 5,
            "tls": { "ca_file": "ca.pem", "client_certificate": "client.pem",
                     "client_key": "client.key" },
            "proxy": { "host": "proxy.example.com", "username": "me",
                       "password": "${env:ACME_KEY}" },
            "ignore_proxy_environment": true
        },
        "instances": {
            "same": { "vendor": "free" },
            "other": {
                "vendor": "free", "attempt_timeout": "300ms", "ignore_proxy_environment": false,
                "tls": { "ca_file": "client.pem" },
                "proxy": { "host": "::1", "port": 1080 }
            },
            "none": { "vendor": "free", "tls": null, "proxy": null }
        }
    })");
    auto const ca_file = fixture_.folder.path() / "ca.pem";

    auto const* same = config.find_instance("same");
    ASSERT_NE(same, nullptr);
    EXPECT_EQ(same->limits.attempt_timeout, 3s);
    EXPECT_EQ(same->limits.max_connections, 5U);
    EXPECT_EQ(same->tls.ca_file, ca_file);
    ASSERT_TRUE(same->proxy);
    EXPECT_EQ(same->proxy->host, "proxy.example.com");
    EXPECT_EQ(same->proxy->port, 8080);
    EXPECT_EQ(same->proxy->password.reveal(), "key-of-acme");
    EXPECT_TRUE(same->ignore_proxy_environment);

    auto const* other = config.find_instance("other");
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->limits.attempt_timeout, 300ms);
    EXPECT_EQ(other->limits.max_connections, 5U);
    EXPECT_EQ(other->tls.ca_file, fixture_.folder.path() / "client.pem");
    EXPECT_EQ(other->tls.client_key, fixture_.folder.path() / "client.key");
    ASSERT_TRUE(other->proxy);
    EXPECT_EQ(other->proxy->host, "::1");
    EXPECT_TRUE(other->proxy->username.empty());
    EXPECT_TRUE(other->proxy->password.empty());
    EXPECT_FALSE(other->ignore_proxy_environment);

    auto const* none = config.find_instance("none");
    ASSERT_NE(none, nullptr);
    EXPECT_EQ(none->tls, TlsConfig());
    EXPECT_FALSE(none->proxy);
}

TEST_F(ParseConfig, absolute_paths_stay_as_they_are) {
    fixture_.add_tls_files();
    auto const file = (fixture_.folder.path() / "ca.pem").string();
    auto const config = parse(
        R"({ "version": 1, "instances": { "a": { "vendor": "free", "tls": { "ca_file": ")" + file +
        R"(" } } } })"
    );
    EXPECT_EQ(config.instances.front().tls.ca_file, file);
}

TEST_F(ParseConfig, load_config_reads_beside_the_file) {
    fixture_.add_tls_files();
    auto const file = fixture_.folder.write("otp.json", R"({
        "version": 1,
        "instances": { "a": { "vendor": "acme", "credentials": { "api_key": "${file:secret}" },
                              "tls": { "ca_file": "ca.pem" } } }
    })");
    auto const config = load_config(file, fixture_.vendors);
    auto const& instance = config.instances.front();
    EXPECT_EQ(instance.credentials.at("api_key").reveal(), "key-of-acme-in-a-file");
    EXPECT_EQ(instance.tls.ca_file, fixture_.folder.path() / "ca.pem");
}

TEST_F(ParseConfig, load_config_throws_with_the_files_name_and_all_mistakes) {
    auto const file = fixture_.folder.write("bad.json", R"({ "version": 2 })");
    try {
        static_cast<void>(load_config(file, fixture_.vendors));
        FAIL() << "accepted";
    } catch (ErrorException const& exception) {
        EXPECT_EQ(exception.error().category, ErrorCategory::config_invalid);
        EXPECT_EQ(exception.error().delivery, Delivery::not_sent);
        EXPECT_EQ(
            exception.error().message, "\"" + file.string() + "\": the configuration has 2 mistakes"
        );
        EXPECT_THAT(
            lines(exception.error()),
            ElementsAre(
                "/version: must be 1: this SDK reads no other format", "/instances: is missing"
            )
        );
    }
}

TEST_F(ParseConfig, load_config_says_why_a_file_cannot_be_read) {
    auto const large = fixture_.folder.write("large.json", std::string(1024 * 1024 + 1, ' '));
    for (auto const& [file, reason] : std::map<std::filesystem::path, std::string>{
             {fixture_.folder.path() / "missing.json", "No such file or directory"},
             {fixture_.folder.path(), "it is a folder"},
             {large, "it is longer than 1 MiB"}}) {
        try {
            static_cast<void>(load_config(file, fixture_.vendors));
            ADD_FAILURE() << "accepted " << file;
        } catch (ErrorException const& exception) {
            EXPECT_EQ(exception.error().category, ErrorCategory::config_invalid);
            EXPECT_EQ(
                exception.error().message,
                "cannot read the configuration \"" + file.string() + "\": " + reason
            );
        }
    }
}

TEST(ConfigSources, process_reads_the_environment) {
    ASSERT_EQ(::setenv("OTP_CONFIG_TEST_VARIABLE", "value", 1), 0);
    auto const sources = ConfigSources::process();
    EXPECT_EQ(sources.environment("OTP_CONFIG_TEST_VARIABLE"), "value");
    ASSERT_EQ(::unsetenv("OTP_CONFIG_TEST_VARIABLE"), 0);
    EXPECT_EQ(sources.environment("OTP_CONFIG_TEST_VARIABLE"), std::nullopt);
    EXPECT_TRUE(sources.allow_files);
}

}  // namespace
}  // namespace otp::test
