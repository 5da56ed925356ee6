// That a reload notices every change: whatever an instance can be told, its digest tells apart. The
// keys are those of the reader, so that a new one without a case fails.
#include "config/config_keys.hpp"
#include "config/settings_digest.hpp"
#include "config_fixture.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;

/// A key of an instance, `retry/attempts` where it is a part's.
struct Change {
    std::string key;
    /// JSON.
    std::string value;
};

/// Another value than that of `instance_text` for each of them.
std::vector<Change> changes() {
    return {
        {"vendor", R"("other")"},
        {"environment", R"("live")"},
        {"base_url", R"("https://api.example.com/v2")"},
        {"credentials", R"({ "api_key": "${file:secret}" })"},
        {"options", R"({ "sender": "us", "retries": 5 })"},
        {"connect_timeout", R"("3001ms")"},
        {"handshake_timeout", R"("3001ms")"},
        {"first_byte_timeout", R"("10001ms")"},
        {"attempt_timeout", R"("10001ms")"},
        {"idle_timeout", R"("4001ms")"},
        {"max_connection_age", R"("600001ms")"},
        {"max_connections", "65"},
        {"max_in_flight", "10001"},
        {"max_header_bytes", "16385"},
        {"max_header_fields", "101"},
        {"max_body_bytes", "65537"},
        {"commit_timeout", R"("1001ms")"},
        {"retry/attempts", "4"},
        {"retry/base_delay", R"("51ms")"},
        {"retry/factor", "2.0000001"},
        {"retry/max_delay", R"("2001ms")"},
        {"retry/rest", R"("1001ms")"},
        {"retry/max_rest", R"("30001ms")"},
        {"retry/max_retry_after", R"("300001ms")"},
        {"retry/budget", "501"},
        {"retry/retry_cost", "15"},
        {"retry/throttle_cost", "6"},
        {"retry/success_gain", "2"},
        {"breaker/failure_ratio", "0.50000001"},
        {"breaker/minimum_calls", "21"},
        {"breaker/window", R"("30001ms")"},
        {"breaker/connection_failures", "6"},
        {"breaker/open", R"("5001ms")"},
        {"breaker/max_open", R"("60001ms")"},
        {"breaker/good_probes", "4"},
        {"tls/ca_file", R"("other-ca.pem")"},
        {"tls/client_certificate", R"("other-client.pem")"},
        {"tls/client_key", R"("other-client.key")"},
        {"tls/pinned_public_key", R"("BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=")"},
        {"tls/crl_file", R"("other-revoked.pem")"},
        {"proxy/host", R"("other-proxy.example.com")"},
        {"proxy/port", "3129"},
        {"proxy/username", R"("other")"},
        {"proxy/password", R"("${env:OTHER_PROXY_PASSWORD}")"},
        // Of an instance without a proxy of its own.
        {"ignore_proxy_environment", "true"},
        {"record", R"("recordings")"},
        {"replay", R"("recordings")"},
    };
}

/// What an instance is told in the file, by its keys.
constexpr std::string_view instance_text = R"({
    "vendor": "acme",
    "environment": "test",
    "credentials": { "api_key": "${env:ACME_KEY}" },
    "options": { "sender": "we" },
    "tls": { "ca_file": "ca.pem", "client_certificate": "client.pem", "client_key": "client.key",
             "pinned_public_key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
             "crl_file": "revoked.pem" },
    "proxy": { "host": "proxy.example.com", "port": 3128, "username": "me",
               "password": "${env:PROXY_PASSWORD}" }
})";

/// All keys that an instance and its parts have.
std::set<std::string> all_keys() {
    std::map<std::string_view, std::span<std::string_view const>> const parts{
        {"tls", config::tls_keys},
        {"proxy", config::proxy_keys},
        {"retry", config::retry_keys},
        {"breaker", config::breaker_keys}};
    std::set<std::string> keys;
    for (auto const key : config::instance_keys) {
        auto const part = parts.find(key);
        if (part == parts.end()) {
            keys.emplace(key);
            continue;
        }
        for (auto const member : part->second) {
            keys.insert(std::string(key) + '/' + std::string(member));
        }
    }
    return keys;
}

class SettingsDigest : public testing::Test {
protected:
    SettingsDigest() {
        fixture_.add_tls_files();
        for (auto const* const file : {"ca.pem", "client.pem", "client.key", "revoked.pem"}) {
            auto const& folder = fixture_.folder.path();
            std::filesystem::copy(folder / file, folder / ("other-" + std::string(file)));
        }
        // The same words elsewhere: the place of a secret is no news.
        (void)fixture_.folder.write("same-secret", "key-of-acme\n");
        fixture_.environment.emplace("PROXY_PASSWORD", "not-a-real-password");
        fixture_.environment.emplace("OTHER_PROXY_PASSWORD", "not-a-real-password-either");
        VendorDescription other;
        other.name = "other";
        other.credentials = {{"api_key"}};
        other.options = {{"sender", "who it is from"}};
        other.environments = {"test"};
        fixture_.vendors.add(other, [](InstanceConfig const&) {
            InstanceConfig anything;
            anything.vendor = "free";
            return test_vendors().make_adapter(anything);
        });
    }

    static json::object usual() { return json::parse(instance_text).as_object(); }

    static json::object with(Change const& change, json::object instance = usual()) {
        auto const slash = change.key.find('/');
        auto const value = json::parse(change.value);
        if (slash == std::string::npos) {
            instance[change.key] = value;
        } else {
            auto& part = instance[change.key.substr(0, slash)];
            if (!part.is_object()) part.emplace_object();
            part.as_object()[change.key.substr(slash + 1)] = value;
        }
        return instance;
    }

    static std::string document(
        json::object const& instance, std::string const& defaults = "", std::string const& more = ""
    ) {
        return R"({ "version": 1, "defaults": {)" + defaults + R"(}, "instances": { "main": )" +
               json::serialize(instance) + more + "} }";
    }

    /// As a client makes it.
    [[nodiscard]] std::string digest_of(std::string const& text, std::string_view name = "main") {
        auto const config = fixture_.parse(text);
        if (!config) {
            ADD_FAILURE() << config.error();
            return {};
        }
        return digest_of(*config->find_instance(name));
    }
    [[nodiscard]] std::string digest_of(InstanceConfig const& instance) {
        auto const adapter = fixture_.vendors.make_adapter(instance).value();
        auto const proxies =
            config::proxies_of_instance(instance, *adapter, fixture_.sources().environment);
        return config::settings_digest(instance, proxies.value());
    }
    [[nodiscard]] std::string digest_of(json::object const& instance) {
        return digest_of(document(instance));
    }

    ConfigFixture fixture_;
};

TEST_F(SettingsDigest, each_key_has_its_case) {
    std::vector<std::string> keys;
    for (auto const& change : changes()) keys.push_back(change.key);
    EXPECT_THAT(keys, testing::UnorderedElementsAreArray(all_keys()));
}

TEST_F(SettingsDigest, each_setting_is_told_apart) {
    std::map<std::string, std::string> seen{{digest_of(usual()), "nothing"}};
    auto unproxied = usual();
    unproxied.erase("proxy");
    fixture_.environment.emplace("HTTPS_PROXY", "http://proxy.example.com:8080");
    seen.emplace(digest_of(unproxied), "no proxy of its own");
    ASSERT_EQ(seen.size(), 2U);
    for (auto const& change : changes()) {
        bool const is_about_environment = change.key == "ignore_proxy_environment";
        auto const changed = with(change, is_about_environment ? unproxied : usual());
        auto const [same, is_new] = seen.emplace(digest_of(changed), change.key);
        EXPECT_TRUE(is_new) << change.key << " is like " << same->second;
    }
}

TEST_F(SettingsDigest, what_is_left_out_is_told_apart) {
    auto const full = digest_of(with({"base_url", R"("https://api.example.com/v2")"}));
    for (auto const* const key : {"environment", "options", "tls", "proxy"}) {
        auto without = usual();
        without.erase(key);
        EXPECT_NE(digest_of(without), digest_of(usual())) << key;
    }
    EXPECT_NE(full, digest_of(usual()));
    for (auto const* const file : {"ca_file", "pinned_public_key", "crl_file"}) {
        auto without = usual();
        without["tls"].as_object().erase(file);
        EXPECT_NE(digest_of(without), digest_of(usual())) << file;
    }
}

TEST_F(SettingsDigest, a_file_of_tls_counts_by_what_is_in_it) {
    auto const config = fixture_.parse(document(usual())).value();
    auto const& instance = config.instances.front();
    for (auto const* const name : {"ca.pem", "client.pem", "client.key", "revoked.pem"}) {
        auto const file = fixture_.folder.path() / name;
        auto const before = digest_of(instance);
        std::ofstream(file, std::ios::app) << "renewed\n";
        auto const renewed = digest_of(instance);
        EXPECT_NE(renewed, before) << name;
        EXPECT_EQ(digest_of(instance), renewed);
        std::filesystem::remove(file);
        auto const without = digest_of(instance);
        EXPECT_NE(without, renewed) << name;
        std::ofstream(file, std::ios::app).close();
        EXPECT_NE(digest_of(instance), without) << name << ", which is there and empty";
        std::filesystem::remove(file);
        std::filesystem::copy(fixture_.folder.path() / ("other-" + std::string(name)), file);
        EXPECT_EQ(digest_of(instance), before) << "as it was";
    }
}

TEST_F(SettingsDigest, a_secret_counts_by_what_it_is) {
    auto const before = digest_of(usual());
    EXPECT_EQ(digest_of(with({"credentials", R"({ "api_key": "${file:same-secret}" })"})), before);
    fixture_.environment["ACME_KEY"] = "key-of-acme-renewed";
    EXPECT_NE(digest_of(usual()), before);
    fixture_.environment["ACME_KEY"] = "key-of-acme";
    fixture_.environment["PROXY_PASSWORD"] = "renewed";
    EXPECT_NE(digest_of(usual()), before);
}

TEST_F(SettingsDigest, the_environments_proxy_counts) {
    auto unproxied = usual();
    unproxied.erase("proxy");
    auto const directly = digest_of(unproxied);
    auto const configured = digest_of(usual());
    fixture_.environment.emplace("HTTPS_PROXY", "http://proxy.example.com:8080");
    auto const through_proxy = digest_of(unproxied);
    EXPECT_NE(through_proxy, directly);
    EXPECT_EQ(digest_of(usual()), configured) << "it has one of its own";
    EXPECT_EQ(digest_of(with({"ignore_proxy_environment", "true"}, unproxied)), directly);
    fixture_.environment.emplace("NO_PROXY", "api.example.com");
    EXPECT_EQ(digest_of(unproxied), directly);
}

TEST_F(SettingsDigest, each_way_counts_for_itself) {
    auto const config = fixture_.parse(document(usual())).value();
    auto const& instance = config.instances.front();
    auto const proxy = [] {
        return ProxyConfig{"proxy.example.com", 3128, "me", Secret("not-a-real-password")};
    };
    std::set<std::string> digests;
    for (bool const to_vendor : {false, true}) {
        for (bool const to_tokens : {false, true}) {
            config::ProxiesOfInstance proxies;
            if (to_vendor) proxies.to_vendor.emplace(proxy());
            if (to_tokens) proxies.to_tokens.emplace(proxy());
            digests.insert(config::settings_digest(instance, proxies));
        }
    }
    EXPECT_EQ(digests.size(), 4U);
}

TEST_F(SettingsDigest, the_name_of_an_instance_counts) {
    auto const text = R"({ "version": 1, "instances": { "a": { "vendor": "free" },
                           "b": { "vendor": "free" } } })";
    EXPECT_NE(digest_of(text, "a"), digest_of(text, "b"));
}

// Texts of other lengths whose characters are the same in a row.
TEST_F(SettingsDigest, values_do_not_run_into_each_other) {
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "free";
    std::set<std::string> digests;
    using Options = std::map<std::string, std::string, std::less<>>;
    for (auto const& options :
         {Options{{"a", "b"}, {"c", "d"}},
          Options{{"a", "bcd"}},
          Options{{"ab", "cd"}},
          Options{{"a", "b1:c1:d"}},
          Options{{"a", "b:c"}, {"d", "e"}},
          Options{{"a", "b"}, {"c:d", "e"}},
          Options{{"a", ""}, {"b", "cd"}}}) {
        instance.options = options;
        digests.insert(config::settings_digest(instance, {}));
    }
    instance.options = {};
    instance.credentials.emplace("a", "b");
    instance.credentials.emplace("c", "d");
    digests.insert(config::settings_digest(instance, {}));
    instance.credentials.clear();
    instance.credentials.emplace("a", "b");
    instance.options.emplace("c", "d");
    digests.insert(config::settings_digest(instance, {}));
    instance.credentials.clear();
    instance.credentials.emplace("other", "b");
    digests.insert(config::settings_digest(instance, {}));
    EXPECT_EQ(digests.size(), 10U);
}

// What an instance inherits counts as what it says itself, and what it overrides not at all.
TEST_F(SettingsDigest, only_what_an_instance_ends_up_with_counts) {
    auto const before = digest_of(usual());
    EXPECT_NE(digest_of(document(usual(), R"("retry": { "budget": 501 })")), before);
    EXPECT_EQ(
        digest_of(document(usual(), R"("retry": { "budget": 501 })")),
        digest_of(with({"retry/budget", "501"}))
    );
    EXPECT_EQ(digest_of(document(usual(), R"("tls": { "ca_file": "other-ca.pem" })")), before);
}

// None of these makes another instance, which would lose its connections and its condition.
TEST_F(SettingsDigest, what_is_not_the_instances_does_not_count) {
    auto const before = digest_of(usual());
    EXPECT_EQ(digest_of(document(usual())), before);
    EXPECT_EQ(digest_of(document(usual(), R"("deadline": "9s")")), before);
    EXPECT_EQ(digest_of(document(usual(), "", R"(, "more": { "vendor": "free" })")), before);
    EXPECT_EQ(
        digest_of(
            R"({ "version": 1, /* other spelling */ "instances": { "main": )" +
            json::serialize(with({"max_connection_age", R"("600s")"})) +
            R"(}, "allow_inline_secrets": true, "routes": { "login": { "use": ["main"] } } })"
        ),
        before
    );
    EXPECT_EQ(digest_of(with({"max_connection_age", R"("10m")"})), before) << "the default";
}

TEST_F(SettingsDigest, tells_nothing_of_the_settings) {
    auto const digest = digest_of(usual());
    EXPECT_EQ(digest.size(), 52U);
    for (auto const* const secret : {"key-of-acme", "not-a-real-password", "acme"}) {
        EXPECT_THAT(digest, testing::Not(testing::HasSubstr(secret)));
    }
}

}  // namespace
}  // namespace otp::test
