// ${env:}, ${file:}, inline secrets, and that no error tells one.
#include "config_fixture.hpp"

#include <otp/error.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string with_key(std::string const& value, bool allow_inline = false) {
    return std::string(R"({ "version": 1, "allow_inline_secrets": )") +
           (allow_inline ? "true" : "false") +
           R"(, "instances": { "a": { "vendor": "acme", "credentials": { "api_key": ")" + value +
           R"(" } } } })";
}

class ConfigSecrets : public testing::Test {
protected:
    // The only mistake's message.
    std::string mistake(std::string const& value, bool allow_inline = false) const {
        auto const config = fixture_.parse(with_key(value, allow_inline));
        if (config) return "accepted";
        auto const error = config.error();
        EXPECT_EQ(error.violations.size(), 1U) << error;
        EXPECT_EQ(error.violations.front().pointer, "/instances/a/credentials/api_key");
        return error.violations.front().message;
    }

    // What the credential resolves to.
    std::string key(std::string const& value, bool allow_inline = false) const {
        auto const config = fixture_.parse(with_key(value, allow_inline));
        if (!config) {
            ADD_FAILURE() << config.error();
            return {};
        }
        return std::string(config->instances.front().credentials.at("api_key").reveal());
    }

    ConfigFixture fixture_;
};

TEST_F(ConfigSecrets, come_from_the_environment) {
    EXPECT_EQ(key("${env:ACME_KEY}"), "key-of-acme");
}

TEST_F(ConfigSecrets, unset_and_empty_variables_are_mistakes) {
    EXPECT_EQ(mistake("${env:NOT_SET}"), R"(the environment variable "NOT_SET" is not set)");
    EXPECT_EQ(mistake("${env:EMPTY}"), R"(the environment variable "EMPTY" is empty)");
    EXPECT_EQ(mistake("${env:}"), "the name in ${env:NAME} must be letters, digits and _");
    EXPECT_EQ(mistake("${env:A B}"), "the name in ${env:NAME} must be letters, digits and _");
    EXPECT_EQ(mistake("${env:1A}"), "the name in ${env:NAME} must be letters, digits and _");
}

TEST_F(ConfigSecrets, need_an_environment_to_come_from_it) {
    auto sources = fixture_.sources();
    sources.environment = nullptr;
    auto const config = parse_config(with_key("${env:ACME_KEY}"), fixture_.vendors, sources);
    ASSERT_FALSE(config);
    EXPECT_THAT(
        lines(config.error()),
        ElementsAre(
            "/instances/a/credentials/api_key: ${env:ACME_KEY}: there is no environment here"
        )
    );
}

TEST_F(ConfigSecrets, come_from_files) {
    EXPECT_EQ(key("${file:secret}"), "key-of-acme-in-a-file");
    EXPECT_EQ(
        key("${file:" + (fixture_.folder.path() / "secret").string() + "}"), "key-of-acme-in-a-file"
    );
}

// What an editor, `echo` and Windows leave in a file is no part of the secret, by whatever road it
// comes.
TEST_F(ConfigSecrets, byte_order_marks_and_final_line_breaks_do_not_count) {
    for (std::string const content :
         {"key-a", "key-a\n", "key-a\r\n", "key-a\n\n", "\xEF\xBB\xBFkey-a\r\n"}) {
        fixture_.folder.write("other", content);
        fixture_.environment["OTHER"] = content;
        EXPECT_EQ(key("${file:other}"), "key-a");
        EXPECT_EQ(key("${env:OTHER}"), "key-a");
    }
    EXPECT_EQ(key(R"(\ufeffkey-a\r\n)", true), "key-a");
}

// The value as it is in the file or variable, and what is said of it.
std::vector<std::pair<std::string, std::string>> const& hardly_secrets() {
    static std::vector<std::pair<std::string, std::string>> const texts = {
        {"\"key-a\"", "is in quotation marks: remove them"},
        {"'key-a'", "is in quotation marks: remove them"},
        {"\u201ckey-a\u201d", "is in quotation marks: remove them"},
        {"key-a ", "begins or ends with a blank: remove it"},
        {" key-a\n", "begins or ends with a blank: remove it"},
        {"key-a\t\n", "begins or ends with a blank: remove it"},
        {"key-a\nkey-b\n", "has several lines: there must be nothing but the secret"},
        {"key-\u200ba",
         "has characters that are not seen, such as a zero-width space: copy it anew"},
        {"ACME_API_KEY=key-a\n",
         "is a whole line such as KEY=value: there must be nothing but the value"},
        {"api_key: key-a",
         "is a whole line such as KEY=value: there must be nothing but the value"},
        {R"({"api_key": "key-a"})", "is JSON: there must be nothing but the secret"},
        {"\n", "is empty"}};
    return texts;
}

TEST_F(ConfigSecrets, that_are_hardly_any_are_refused_wherever_they_come_from) {
    auto const file = (fixture_.folder.path() / "other").string();
    for (auto const& [content, problem] : hardly_secrets()) {
        fixture_.folder.write("other", content);
        fixture_.environment["OTHER"] = content;
        EXPECT_EQ(mistake("${file:other}"), "\"" + file + "\" " + problem);
        EXPECT_EQ(mistake("${env:OTHER}"), "the environment variable \"OTHER\" " + problem);
        auto const quoted = boost::json::serialize(boost::json::string(content));
        EXPECT_EQ(mistake(quoted.substr(1, quoted.size() - 2), true), problem);
    }
}

TEST_F(ConfigSecrets, of_every_credential_and_of_a_proxy_are_read_by_the_same_rule) {
    fixture_.folder.write("quoted", "'quoted'");
    EXPECT_THAT(
        fixture_.mistakes(R"({ "version": 1,
            "defaults": { "proxy": { "host": "proxy.example.com", "username": "u",
                                     "password": "${file:quoted}" } },
            "instances": {
                "a": { "vendor": "acme", "credentials": {
                    "username": "${file:quoted}", "password": "${file:quoted}" } },
                "b": { "vendor": "nobody", "credentials": { "token": "${file:quoted}" } } } })"),
        testing::IsSupersetOf(
            {testing::MatchesRegex("/defaults/proxy/password: \".*/quoted\" is in quotation marks.*"
             ),
             testing::MatchesRegex("/instances/a/credentials/username: .* is in quotation marks.*"),
             testing::MatchesRegex("/instances/a/credentials/password: .* is in quotation marks.*"),
             testing::MatchesRegex("/instances/b/credentials/token: .* is in quotation marks.*")}
        )
    );
}

TEST_F(ConfigSecrets, files_that_cannot_be_used_are_mistakes) {
    auto const folder = fixture_.folder.path().string();
    EXPECT_EQ(
        mistake("${file:missing}"),
        "cannot read \"" + folder + "/missing\": No such file or directory"
    );
    EXPECT_EQ(mistake("${file:.}"), "\"" + folder + "/.\" is not a regular file");
    fixture_.folder.write("nothing", "\n");
    EXPECT_EQ(mistake("${file:nothing}"), "\"" + folder + "/nothing\" is empty");
    fixture_.folder.write("large", std::string(64 * 1024 + 1, 'x'));
    EXPECT_EQ(mistake("${file:large}"), "\"" + folder + "/large\" is longer than 64 KiB");
    EXPECT_EQ(mistake("${file:}"), "${file:PATH} needs a path");
}

TEST_F(ConfigSecrets, a_named_pipe_is_refused_without_waiting) {
    auto const pipe = fixture_.folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(mistake("${file:pipe}"), "\"" + pipe.string() + "\" is not a regular file");
}

TEST_F(ConfigSecrets, files_open_to_others_are_refused) {
    fixture_.folder.write("shared", "key-shared", 0644);
    auto const text = mistake("${file:shared}");
    EXPECT_THAT(text, HasSubstr("others can access the file (mode 0644)"));
    EXPECT_THAT(text, Not(HasSubstr("key-shared")));
}

TEST_F(ConfigSecrets, files_are_not_read_where_that_is_off) {
    fixture_.allow_files = false;
    EXPECT_EQ(mistake("${file:secret}"), "${file:…} is not allowed here");
}

TEST_F(ConfigSecrets, are_refused_in_the_file_unless_allowed) {
    EXPECT_EQ(
        mistake("key-inline"),
        "is written in the file: use ${env:NAME} or ${file:PATH}, or set \"allow_inline_secrets\": "
        "true"
    );
    EXPECT_EQ(key("key-inline", true), "key-inline");
    EXPECT_EQ(mistake("", true), "is empty");
}

TEST_F(ConfigSecrets, a_reference_must_be_the_whole_value) {
    for (auto const* value :
         {"key-${env:ACME_KEY}",
          "${env:ACME_KEY}x",
          "${env:ACME_KEY",
          "${ACME_KEY}",
          "${ENV:ACME_KEY}",
          "${env:ACME_KEY}${env:ACME_KEY}",
          " ${env:ACME_KEY}"}) {
        EXPECT_THAT(mistake(value, true), HasSubstr("is not exactly one reference")) << value;
    }
}

// Each text holds the canary where a secret belongs, or where one is easily put by mistake, and
// makes the configuration fail.
TEST_F(ConfigSecrets, are_in_no_error) {
    std::string const canary = "canary5f2d";
    fixture_.environment["CANARY"] = canary;
    fixture_.folder.write("canary_file", canary);
    fixture_.folder.write("canary_shared", canary, 0644);
    std::vector<std::string> const texts = {
        with_key("key-canary5f2d"),
        with_key("canary5f2d", true),
        with_key("${env:CANARY}"),
        with_key("${file:canary_file}"),
        with_key("${file:canary_shared}"),
        with_key("${canary5f2d}", true),
        with_key("canary5f2d${env:CANARY}", true),
        with_key("${env:canary5f2d with blanks}", true),
        with_key("canary5f2d\" \"", true),
        with_key("canary5f2d\", \"api_key\": \"canary5f2d", true),
        R"({ "version": 1, "instances": { "a": { "vendor": "free",
             "credentials": { "token": "canary5f2d" } } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "nobody",
             "credentials": { "token": "canary5f2d" } } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free", "credentials": "canary5f2d" } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free", "credentials": ["canary5f2d"] } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free",
             "base_url": "https://user:canary5f2d@api.example.com" } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free",
             "base_url": "https://api.example.com/?key=canary5f2d" } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free",
             "proxy": "http://user:canary5f2d@proxy.example.com" } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free",
             "proxy": { "host": "user:canary5f2d@proxy.example.com" } } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free",
             "proxy": { "host": "proxy.example.com", "password": "canary5f2d" } } } })",
        R"({ "version": 1, "instances": { "a": { "vendor": "free",
             "proxy": { "host": "proxy.example.com", "username": "user:canary5f2d" } } } })",
        R"({ "version": 1, "allow_inline_secrets": true, "instances": { "a": { "vendor": "free",
             "proxy": { "host": "proxy.example.com", "username": "u",
                        "password": "canary5f2d\nx" } } } })",
        with_key("\\\"canary5f2d\\\"", true),
        with_key("API_KEY=canary5f2d", true),
        with_key("canary5f2d ", true),
        with_key("{\\\"canary5f2d\\\": 1}", true),
    };
    for (auto const& text : texts) {
        auto const config = fixture_.parse(text);
        ASSERT_FALSE(config) << text;
        std::ostringstream printed;
        printed << config.error();
        EXPECT_THAT(printed.str(), Not(HasSubstr(canary))) << text;
        EXPECT_THAT(boost::json::serialize(to_json(config.error())), Not(HasSubstr(canary)))
            << text;
        EXPECT_THAT(ErrorException(config.error()).what(), Not(HasSubstr(canary))) << text;
    }
}

}  // namespace
}  // namespace otp::test
