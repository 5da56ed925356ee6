// Names, environment and missing credentials of an instance from a file: one mistake is told once,
// and hides no other.
#include "config_fixture.hpp"

#include <otp/adapter/provider_adapter.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using testing::ElementsAre;

class SettingNamesOfAFile : public testing::Test {
protected:
    SettingNamesOfAFile() { fixture.vendors = VendorRegistry::built_in(); }

    [[nodiscard]] std::vector<std::string> mistakes(
        std::string const& vendor, std::string const& members, std::string const& name = "a"
    ) const {
        return fixture.mistakes(
            R"({ "version": 1, "allow_inline_secrets": true, "instances": { ")" + name +
            R"(": { "vendor": ")" + vendor + "\"" + members + "} } }"
        );
    }

    ConfigFixture fixture;
};

TEST_F(SettingNamesOfAFile, a_misspelt_credential_is_not_missing_too) {
    EXPECT_THAT(
        mistakes("spherepay", R"(, "credentials": { "apikey": "not-a-real-key" })"),
        ElementsAre(R"(/instances/a/credentials/apikey: unknown credential "apikey"; )"
                    R"(did you mean "api_key"?)")
    );
}

TEST_F(SettingNamesOfAFile, what_stands_under_an_unknown_name_is_not_read) {
    EXPECT_THAT(
        mistakes("spherepay", R"(, "credentials": { "api_key": "not-a-real-key",
            "sekret": "${env:NOT_SET}" }, "options": { "colour": {} })"),
        ElementsAre(
            R"(/instances/a/credentials/sekret: unknown credential "sekret"; known: "api_key")",
            R"(/instances/a/options/colour: unknown option "colour"; there is none)"
        )
    );
}

TEST_F(SettingNamesOfAFile, a_credential_that_cannot_be_read_was_given) {
    EXPECT_THAT(
        mistakes("stytch", R"(, "credentials": { "project_id": "${env:NOT_SET}" })"),
        ElementsAre(
            R"(/instances/a/credentials/project_id: the environment variable "NOT_SET" is not set)",
            R"(/instances/a/credentials/secret: is missing: stytch needs "project_id" and "secret")"
        )
    );
}

// The way that is meant shows although nothing of it can be read.
TEST_F(SettingNamesOfAFile, what_cannot_be_read_says_which_way_is_meant) {
    EXPECT_THAT(
        mistakes("10npay", R"(, "base_url": "https://api.example.com", "credentials": {
            "client_id": "${env:NOT_SET}", "client_secret": "${env:NOT_SET}" })"),
        ElementsAre(
            R"(/instances/a/credentials/client_id: the environment variable "NOT_SET" is not set)",
            R"(/instances/a/credentials/client_secret: the environment variable "NOT_SET" is not set)",
            testing::StartsWith("/instances/a/options/token_url: base_url is set")
        )
    );
}

TEST_F(SettingNamesOfAFile, credentials_that_are_no_object_are_not_missing_too) {
    for (std::string const vendor : {"spherepay", "stytch", "loyaltydog", "10npay"}) {
        EXPECT_THAT(
            mistakes(vendor, R"(, "credentials": [], "options": { "colour": "red" })"),
            ElementsAre(
                "/instances/a/credentials: must be an object, is an array",
                testing::StartsWith("/instances/a/options/colour: unknown option \"colour\"")
            )
        ) << vendor;
    }
}

TEST_F(SettingNamesOfAFile, what_follows_at_the_very_place_is_not_told) {
    // Eko wants an environment, and 10nPay an address for production.
    auto const eko = std::string(R"(, "credentials": { "developer_key": "k", "access_key": "k" })");
    EXPECT_THAT(
        mistakes("eko", eko + R"(, "environment": 5)"),
        ElementsAre("/instances/a/environment: must be a string, is a number")
    );
    EXPECT_THAT(
        mistakes("10npay", R"(, "environment": "production", "base_url": "ftp://api.example.com",
            "credentials": { "access_token": "t" })"),
        ElementsAre(testing::StartsWith("/instances/a/base_url: must begin with https://"))
    );
    // Stytch compares the environment with the project_id.
    EXPECT_THAT(
        mistakes("stytch", R"(, "environment": "Live",
            "credentials": { "project_id": "project-test-x", "secret": "s" })"),
        ElementsAre(R"(/instances/a/environment: unknown environment "Live"; did you mean "live"?)")
    );
}

TEST_F(SettingNamesOfAFile, an_environment_without_a_name_is_unknown) {
    EXPECT_THAT(
        mistakes("spherepay", R"(, "environment": "", "credentials": { "api_key": "k" })"),
        ElementsAre(R"(/instances/a/environment: unknown environment ""; there is none)")
    );
}

TEST_F(SettingNamesOfAFile, a_bad_name_of_the_instance_hides_nothing) {
    EXPECT_THAT(
        mistakes(
            "spherepay",
            R"(, "credentials": { "api_key": "two words" },
            "proxy": { "host": "" })",
            "a b"
        ),
        ElementsAre(
            testing::StartsWith("/instances/a b: has no valid name"),
            testing::StartsWith("/instances/a b/proxy/host: must be"),
            "/instances/a b/credentials/api_key: must be visible ASCII without spaces"
        )
    );
}

TEST_F(SettingNamesOfAFile, an_unknown_vendor_is_one_mistake) {
    EXPECT_THAT(
        mistakes("", R"(, "environment": "x", "credentials": { "y": "z" })"),
        ElementsAre(testing::StartsWith(R"(/instances/a/vendor: unknown vendor ""; known: "10npay")"
        ))
    );
}

/// A third party's factory that looks for its key itself, and finds two mistakes in the sender.
Result<std::unique_ptr<ProviderAdapter>> make_by_hand(InstanceConfig const& instance) {
    Error error(ErrorCategory::config_invalid, "cannot be used");
    auto const key = instance.credentials.find("key");
    if (key == instance.credentials.end() || key->second.empty()) {
        error.violations.push_back({"/credentials/key", "is missing, says the adapter"});
    }
    if (instance.options.contains("sender")) {
        error.violations.push_back({"/options/sender", "is long"});
        error.violations.push_back({"/options/sender", "is no name"});
    }
    return error;
}

class ThirdPartyOfAFile : public SettingNamesOfAFile {
protected:
    ThirdPartyOfAFile() {
        VendorDescription description;
        description.name = "byhand";
        description.credentials = {{"key"}};
        description.options = {{"sender", ""}};
        fixture.vendors.add(description, make_by_hand);
    }
};

TEST_F(ThirdPartyOfAFile, repeats_neither_what_is_missing_nor_what_cannot_be_read) {
    EXPECT_THAT(
        mistakes("byhand", ""),
        ElementsAre(R"(/instances/a/credentials/key: is missing: byhand needs "key")")
    );
    EXPECT_THAT(
        mistakes("byhand", R"(, "credentials": { "key": "${env:NOT_SET}" })"),
        ElementsAre(R"(/instances/a/credentials/key: the environment variable "NOT_SET" is not set)"
        )
    );
}

TEST_F(ThirdPartyOfAFile, may_find_two_mistakes_at_one_place_beside_those_of_names) {
    EXPECT_THAT(
        mistakes("byhand", R"(, "credentials": { "key": "k" }, "environment": "live",
            "options": { "sender": "x" })"),
        ElementsAre(
            R"(/instances/a/environment: unknown environment "live"; there is none)",
            "/instances/a/options/sender: is long",
            "/instances/a/options/sender: is no name"
        )
    );
}

TEST_F(ThirdPartyOfAFile, may_refuse_without_a_place) {
    VendorDescription description;
    description.name = "strict";
    fixture.vendors.add(
        description,
        [](InstanceConfig const&) -> Result<std::unique_ptr<ProviderAdapter>> {
            return Error(ErrorCategory::config_invalid, "has no licence");
        }
    );
    EXPECT_THAT(mistakes("strict", ""), ElementsAre("/instances/a: has no licence"));
    EXPECT_THAT(
        mistakes("strict", R"(, "base_url": "ftp://api.example.com")"),
        ElementsAre(testing::StartsWith("/instances/a/base_url: "), "/instances/a: has no licence")
    );
}

}  // namespace
}  // namespace otp::test
