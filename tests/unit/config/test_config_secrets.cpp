// ${env:}, ${file:}, inline secrets, and that no error tells one.
#include "config/secret_file.hpp"
#include "config_fixture.hpp"

#include <otp/error.hpp>

#include <boost/json/serialize.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <sys/stat.h>

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
        if (config) {
            return "accepted";
        }
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

TEST_F(ConfigSecrets, one_final_line_break_does_not_count) {
    for (auto const& [content, expected] : std::map<std::string, std::string>{
             {"key-a", "key-a"},
             {"key-a\n", "key-a"},
             {"key-a\r\n", "key-a"},
             {"key-a\n\n", "key-a\n"},
             {"key-a ", "key-a "},
             {" key-a\r", " key-a\r"}}) {
        fixture_.folder.write("other", content);
        auto const secret = config::read_secret_file(fixture_.folder.path() / "other");
        ASSERT_TRUE(secret) << secret.error().text;
        EXPECT_EQ(secret->reveal(), expected);
    }
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

struct FileRule {
    uid_t owner;
    mode_t mode;
    char const* path;
    bool allowed;
};

TEST(SecretFileRule, is_the_one_that_the_header_documents) {
    constexpr auto regular = static_cast<mode_t>(S_IFREG);
    for (auto const& rule : std::initializer_list<FileRule>{
             {1000, 0600, "/home/me/secret", true},
             {1000, 0400, "/home/me/secret", true},
             {0, 0600, "/etc/secret", true},
             {1000, 0640, "/home/me/secret", false},
             {1000, 0604, "/home/me/secret", false},
             {1000, 0660, "/home/me/secret", false},
             {0, 0640, "/etc/secret", true},
             {0, 0440, "/etc/secret", true},
             {0, 0660, "/etc/secret", false},
             {0, 0650, "/etc/secret", false},
             {0, 0644, "/etc/secret", false},
             {0, 0444, "/etc/secret", false},
             {0, 0444, "/run/secrets/stytch", true},
             {0, 0644, "/run/secrets/stytch", true},
             {0, 0444, "/run/secrets/app/..2026/stytch", true},
             {0, 0440, "/run/credentials/app.service/stytch", true},
             {0, 0666, "/run/secrets/stytch", false},
             {0, 0664, "/run/secrets/stytch", false},
             {1000, 0444, "/run/secrets/stytch", false},
             {0, 0444, "/run/secrets", false},
             {0, 0444, "/run/secretsx/stytch", false},
             {0, 0444, "/home/run/secrets/stytch", false},
             {0, 0444, "", false}}) {
        auto const mistake =
            config::secret_file_mistake(rule.owner, regular | rule.mode, rule.path);
        EXPECT_EQ(!mistake, rule.allowed)
            << rule.owner << ' ' << std::oct << rule.mode << ' ' << rule.path;
    }
}

TEST(SecretFileRule, tells_the_mode_and_the_remedy) {
    auto const mistake = config::secret_file_mistake(1000, S_IFREG | 0664, "/home/me/secret");
    ASSERT_TRUE(mistake);
    EXPECT_EQ(
        mistake->text,
        "others can access the file (mode 0664): use 0600, or 0640 if root owns it; files of "
        "root's "
        "below /run/secrets or /run/credentials may be 0444"
    );
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
                        "password": "canary5f2d\n" } } } })",
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
