// Every mistake: its pointer, its words, the nearest valid name.
#include "config_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace otp::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

struct Row {
    std::string name;
    std::string text;
    std::vector<std::string> mistakes;
};

void PrintTo(Row const& row, std::ostream* out) {
    *out << row.name;
}

std::string whole(std::string const& defaults, std::string const& instance) {
    return R"({ "version": 1, "defaults": {)" + defaults +
           R"(}, "instances": { "a": { "vendor": "free")" + instance + "} } }";
}

std::string in_defaults(std::string const& members) {
    return whole(members, "");
}
std::string in_instance(std::string const& members) {
    return whole("", ", " + members);
}

std::string acme(std::string const& members) {
    return R"({ "version": 1, "allow_inline_secrets": true, "instances": { "a": { "vendor": "acme", )" +
           members + "} } }";
}

std::string in_route(std::string const& route) {
    return R"({ "version": 1, "instances": { "stytch": { "vendor": "free" }, "eko": { "vendor": "free" } },
               "routes": { "login": )" +
           route + " } }";
}

std::vector<Row> structure_rows() {
    return {
        {"nothing", "{}", {"/version: is missing", "/instances: is missing"}},
        {"version_text",
         R"({ "version": "1", "instances": { "a": { "vendor": "free" } } })",
         {"/version: must be 1: this SDK reads no other format"}},
        {"no_instance",
         R"({ "version": 1, "instances": {} })",
         {"/instances: must hold at least one instance"}},
        {"instances_array",
         R"({ "version": 1, "instances": [] })",
         {"/instances: must be an object, is an array"}},
        {"instance_text",
         R"({ "version": 1, "instances": { "a": "stytch" } })",
         {"/instances/a: must be an object, is a string"}},
        {"routes_null",
         R"({ "version": 1, "routes": null, "instances": { "a": { "vendor": "free" } } })",
         {"/routes: must be an object, is null"}},
        {"defaults_number",
         R"({ "version": 1, "defaults": 3, "instances": { "a": { "vendor": "free" } } })",
         {"/defaults: must be an object, is a number"}},
        {"allow_inline_secrets_text",
         R"({ "version": 1, "allow_inline_secrets": "yes", "instances": { "a": { "vendor": "free" } } })",
         {"/allow_inline_secrets: must be true or false, is a string"}},
        {"unknown_root_key",
         R"({ "version": 1, "instance": {}, "instances": { "a": { "vendor": "free" } } })",
         {R"(/instance: unknown key "instance"; did you mean "instances"?)"}},
        {"key_with_slash",
         in_instance(R"("a/b~c": 1)"),
         {R"(/instances/a/a~1b~0c: unknown key "a/b~c"; known: "vendor", "environment", )"
          R"("base_url", "credentials", "options", "connect_timeout", "handshake_timeout", )"
          R"("first_byte_timeout", "attempt_timeout", "idle_timeout", "max_connection_age", )"
          R"("max_connections", "max_in_flight", "max_header_bytes", "max_header_fields", )"
          R"("max_body_bytes", "retry", "breaker", "commit_timeout", "tls", "proxy", )"
          R"("ignore_proxy_environment", "record" and "replay")"}},
        {"unknown_defaults_key",
         in_defaults(R"("atempt_timeout": "1s")"),
         {R"(/defaults/atempt_timeout: unknown key "atempt_timeout"; did you mean "attempt_timeout"?)"}},
        {"unknown_instance_key",
         in_instance(R"("baseUrl": "https://api.example.com")"),
         {R"(/instances/a/baseUrl: unknown key "baseUrl"; did you mean "base_url"?)"}},
        {"bad_instance_name",
         R"({ "version": 1, "instances": { "a b": { "vendor": "free" } } })",
         {"/instances/a b: has no valid name: use 1 to 64 letters, digits, -, _ and ., beginning "
          "with a letter or digit"}},
    };
}

std::vector<Row> value_rows() {
    return {
        {"duration_number",
         in_defaults(R"("deadline": 8)"),
         {R"(/defaults/deadline: must be a duration with a unit, such as "300ms", "8s" or "5m", is a number)"}},
        {"duration_without_unit",
         in_defaults(R"("deadline": "8")"),
         {R"(/defaults/deadline: "8" has no unit: write "8s" or "8ms")"}},
        {"duration_zero",
         in_instance(R"("attempt_timeout": "0s")"),
         {"/instances/a/attempt_timeout: must be at least 1ms, is 0s"}},
        {"size_text",
         in_defaults(R"("max_connections": "64")"),
         {"/defaults/max_connections: must be a whole number from 1 to 65535, is a string"}},
        {"size_zero",
         in_instance(R"("max_connections": 0)"),
         {"/instances/a/max_connections: must be a whole number from 1 to 65535"}},
        {"size_fraction",
         in_instance(R"("max_body_bytes": 1.5)"),
         {"/instances/a/max_body_bytes: must be a whole number from 1 to 16777216"}},
        {"size_huge",
         in_instance(R"("max_header_bytes": 18446744073709551615)"),
         {"/instances/a/max_header_bytes: must be a whole number from 256 to 1048576"}},
        {"base_url_plain_http",
         in_instance(R"("base_url": "http://api.example.com")"),
         {"/instances/a/base_url: must be https: http is only for this machine (localhost, "
          "127.0.0.1, ::1)"}},
        {"base_url_number",
         in_instance(R"("base_url": 1)"),
         {"/instances/a/base_url: must be a string, is a number"}},
        {"reference_elsewhere",
         in_instance(R"("base_url": "${env:URL}")"),
         {"/instances/a/base_url: is no place for a reference: ${…} is read in credentials and "
          "proxy passwords"}},
        {"ignore_proxy_environment_number",
         in_instance(R"("ignore_proxy_environment": 0)"),
         {"/instances/a/ignore_proxy_environment: must be true or false, is a number"}},
        {"record_without_a_name",
         in_instance(R"("record": "")"),
         {"/instances/a/record: must be the path of a folder"}},
        {"replay_true",
         in_instance(R"("replay": true)"),
         {"/instances/a/replay: must be a string, is a boolean"}},
        {"record_and_replay",
         in_instance(R"("record": "new", "replay": "old")"),
         {"/instances/a/replay: cannot be used together with record: what would be recorded has "
          "been recorded already"}},
        {"proxy_url",
         in_instance(R"("proxy": "http://proxy.example.com:3128")"),
         {"/instances/a/proxy: must be an object, is a string"}},
        {"proxy_without_host",
         in_instance(R"("proxy": {})"),
         {"/instances/a/proxy/host: is missing"}},
        {"proxy_host_with_scheme",
         in_defaults(R"("proxy": { "host": "http://proxy.example.com" })"),
         {"/defaults/proxy/host: must be a host name or an address, without scheme and port"}},
        {"proxy_port",
         in_instance(R"("proxy": { "host": "proxy.example.com", "port": 65536 })"),
         {"/instances/a/proxy/port: must be a whole number from 1 to 65535"}},
        {"proxy_colon_in_user",
         in_instance(R"("proxy": { "host": "proxy.example.com", "username": "a:b" })"),
         {"/instances/a/proxy/username: must not hold a colon or control characters"}},
        {"proxy_password_without_user",
         in_instance(R"("proxy": { "host": "proxy.example.com", "password": "${env:ACME_KEY}" })"),
         {"/instances/a/proxy/username: is missing: a password needs a user name"}},
        {"proxy_unknown_key",
         in_instance(R"("proxy": { "host": "proxy.example.com", "user": "a" })"),
         {R"(/instances/a/proxy/user: unknown key "user"; known: "host", "port", "username" and "password")"}},
    };
}

std::vector<Row> vendor_rows() {
    return {
        {"no_vendor",
         R"({ "version": 1, "instances": { "a": {} } })",
         {"/instances/a/vendor: is missing"}},
        {"unknown_vendor",
         R"({ "version": 1, "instances": { "a": { "vendor": "acne" } } })",
         {R"(/instances/a/vendor: unknown vendor "acne"; did you mean "acme"?)"}},
        {"unknown_environment",
         acme(R"("environment": "Live", "credentials": { "api_key": "key-1" })"),
         {R"(/instances/a/environment: unknown environment "Live"; did you mean "live"?)"}},
        {"vendor_without_environments",
         in_instance(R"("environment": "live")"),
         {R"(/instances/a/environment: unknown environment "live"; there is none)"}},
        {"no_credentials",
         acme(R"("options": {})"),
         {R"(/instances/a/credentials: incomplete: acme needs "api_key", or "username" and "password")"}},
        {"half_the_credentials",
         acme(R"("credentials": { "username": "user@example.com" })"),
         {R"(/instances/a/credentials/password: is missing: acme needs "api_key", or "username" and "password")"}},
        {"misspelt_credential",
         acme(R"("credentials": { "apikey": "key-1" })"),
         {R"(/instances/a/credentials/apikey: unknown credential "apikey"; did you mean "api_key"?)"}},
        {"foreign_credential",
         acme(R"("credentials": { "api_key": "key-1", "project_id": "x" })"),
         {R"(/instances/a/credentials/project_id: unknown credential "project_id"; known: "api_key", "username" and "password")"}},
        {"credential_number",
         acme(R"("credentials": { "api_key": 5 })"),
         {"/instances/a/credentials/api_key: must be a string, is a number"}},
        {"credentials_array",
         acme(R"("credentials": ["key-1"])"),
         {"/instances/a/credentials: must be an object, is an array"}},
        {"unknown_option",
         acme(R"("credentials": { "api_key": "key-1" }, "options": { "Sendr": "x" })"),
         {R"(/instances/a/options/Sendr: unknown option "Sendr"; did you mean "sender"?)"}},
        {"option_object",
         acme(R"("credentials": { "api_key": "key-1" }, "options": { "sender": {} })"),
         {"/instances/a/options/sender: must be a string, a whole number, true or false, is an "
          "object"}},
        {"option_fraction",
         acme(R"("credentials": { "api_key": "key-1" }, "options": { "retries": 1.5 })"),
         {"/instances/a/options/retries: must be a string, a whole number, true or false, is a "
          "number"}},
        {"option_reference",
         acme(R"("credentials": { "api_key": "key-1" }, "options": { "sender": "${env:X}" })"),
         {"/instances/a/options/sender: is no place for a reference: ${…} is read in credentials "
          "and proxy passwords"}},
        {"adapters_own_rules",
         acme(R"("credentials": { "api_key": "wrong" }, "options": { "sender": "far too long" })"),
         {"/instances/a/options/sender: must have at most 8 characters",
          "/instances/a/credentials/api_key: must begin with key-"}},
    };
}

std::vector<Row> route_rows() {
    return {
        {"route_array",
         in_route(R"(["stytch"])"),
         {"/routes/login: must be an object, is an array"}},
        {"route_without_use", in_route("{}"), {"/routes/login/use: is missing"}},
        {"use_text",
         in_route(R"({ "use": "stytch" })"),
         {"/routes/login/use: must be an array of names of instances, is a string"}},
        {"use_empty",
         in_route(R"({ "use": [] })"),
         {"/routes/login/use: must name at least one instance"}},
        {"use_unknown",
         in_route(R"({ "use": ["eko", "stych"] })"),
         {R"(/routes/login/use/1: unknown instance "stych"; did you mean "stytch"?)"}},
        {"use_repeated",
         in_route(R"({ "use": ["eko", "stytch", "eko"] })"),
         {R"(/routes/login/use/2: "eko" is named more than once)"}},
        {"use_number",
         in_route(R"({ "use": ["eko", 5] })"),
         {"/routes/login/use/1: must be the name of an instance, or an object with instance and "
          "weight, is a number"}},
        {"on_unknown",
         in_route(R"({ "use": ["eko"], "on_unknown": "fail_over" })"),
         {R"(/routes/login/on_unknown: unknown value "fail_over"; did you mean "failover"?)"}},
        {"unknown_route_key",
         in_route(R"({ "use": ["eko"], "when": {} })"),
         {R"(/routes/login/when: unknown key "when"; known: "use", "strategy", "rules", )"
          R"("on_unknown" and "max_attempts")"}},
        {"bad_route_name",
         R"({ "version": 1, "instances": { "a": { "vendor": "free" } }, "routes": { "": { "use": ["a"] } } })",
         {"/routes/: has no valid name: use 1 to 64 letters, digits, -, _ and ., beginning with a "
          "letter or digit"}},
    };
}

class ConfigMistake : public testing::TestWithParam<Row> {};

TEST_P(ConfigMistake, is_reported_in_its_place) {
    ConfigFixture const fixture;
    EXPECT_EQ(fixture.mistakes(GetParam().text), GetParam().mistakes);
}

std::string row_name(testing::TestParamInfo<Row> const& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(structure, ConfigMistake, testing::ValuesIn(structure_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(values, ConfigMistake, testing::ValuesIn(value_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(vendors, ConfigMistake, testing::ValuesIn(vendor_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(routes, ConfigMistake, testing::ValuesIn(route_rows()), row_name);

TEST(ConfigMistakes, are_reported_all_together) {
    ConfigFixture const fixture;
    auto const config = fixture.parse(R"({
        "version": 2,
        "colour": "blue",
        "defaults": { "deadline": "8", "max_connections": 0, "tls": { "ca_file": 1 } },
        "instances": {
            "one": { "vendor": "acme", "credentials": { "api_key": "${env:MISSING}" },
                     "base_url": "http://api.example.com", "options": { "sender": "far too long" } },
            "two": { "vendor": "fre", "proxy": { "port": 1 } }
        },
        "routes": { "login": { "use": ["one", "tow"] }, "signup": { "use": [] } }
    })");
    ASSERT_FALSE(config);
    auto const error = config.error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.message, "the configuration has 12 mistakes");
    std::vector<std::string> pointers;
    for (auto const& violation : error.violations) pointers.push_back(violation.pointer);
    EXPECT_THAT(
        pointers,
        UnorderedElementsAre(
            "/version",
            "/colour",
            "/defaults/deadline",
            "/defaults/max_connections",
            "/defaults/tls/ca_file",
            "/instances/one/credentials/api_key",
            "/instances/one/base_url",
            "/instances/one/options/sender",
            "/instances/two/vendor",
            "/instances/two/proxy/host",
            "/routes/login/use/1",
            "/routes/signup/use"
        )
    );
}

class TlsMistakes : public testing::Test {
protected:
    std::vector<std::string> mistakes(std::string const& tls) const {
        return fixture_.mistakes(in_instance("\"tls\": {" + tls + "}"));
    }
    ConfigFixture fixture_;
};

TEST_F(TlsMistakes, files_must_exist) {
    auto const folder = fixture_.folder.path().string();
    EXPECT_THAT(
        mistakes(R"("ca_file": "missing.pem")"),
        ElementsAre(
            "/instances/a/tls/ca_file: cannot read \"" + folder +
            "/missing.pem\": No such file or directory"
        )
    );
    EXPECT_THAT(
        mistakes(R"("crl_file": ".")"),
        ElementsAre("/instances/a/tls/crl_file: \"" + folder + "/.\" is not a regular file")
    );
}

TEST_F(TlsMistakes, certificate_and_key_go_together) {
    fixture_.add_tls_files();
    EXPECT_THAT(
        mistakes(R"("client_certificate": "client.pem")"),
        ElementsAre(
            "/instances/a/tls/client_key: is missing: client_certificate and client_key go together"
        )
    );
    EXPECT_THAT(
        mistakes(R"("client_key": "client.key")"),
        ElementsAre("/instances/a/tls/client_certificate: is missing: client_certificate and "
                    "client_key go together")
    );
    EXPECT_THAT(
        mistakes(R"("client_key": "client.key", "client_certificate": 1)"),
        ElementsAre("/instances/a/tls/client_certificate: must be a string, is a number")
    );
}

TEST_F(TlsMistakes, pin_must_be_a_digest) {
    for (auto const* pin :
         {"",
          "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-A=",
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}) {
        EXPECT_THAT(
            mistakes("\"pinned_public_key\": \"" + std::string(pin) + "\""),
            ElementsAre("/instances/a/tls/pinned_public_key: must be the Base64 of a SHA-256 (44 "
                        "characters, the last one =)")
        ) << pin;
    }
}

TEST_F(TlsMistakes, unknown_keys_are_named) {
    EXPECT_THAT(
        mistakes(R"("verify": false, "cafile": "ca.pem")"),
        ElementsAre(
            HasSubstr(R"(/instances/a/tls/verify: unknown key "verify"; known: "ca_file")"),
            R"(/instances/a/tls/cafile: unknown key "cafile"; did you mean "ca_file"?)"
        )
    );
}

}  // namespace
}  // namespace otp::test
