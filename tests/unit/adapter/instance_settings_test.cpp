#include <otp/adapter/instance_settings.hpp>
#include <otp/adapter/setting_names.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace otp::adapter {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

VendorDescription make_vendor() {
    VendorDescription vendor;
    vendor.name = "acme";
    vendor.title = "Acme";
    vendor.credentials = {{"token"}, {"user", "password"}};
    vendor.options = {{"size", ""}, {"flag", ""}, {"text", ""}, {"url", ""}};
    vendor.environments = {"test", "live"};
    return vendor;
}

InstanceConfig make_instance() {
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "acme";
    instance.credentials.emplace("token", Secret("t"));
    return instance;
}

std::vector<std::string> pointers(Error const& error) {
    std::vector<std::string> all;
    for (auto const& violation : error.violations) all.push_back(violation.pointer);
    return all;
}

/// The places that the check of names finds, and then those of the settings: all that is said of an
/// instance.
std::vector<std::string> places_of(
    InstanceConfig const& instance, VendorDescription const& vendor, Error const& error
) {
    std::vector<std::string> all;
    for (auto const& wrong : check_setting_names(setting_names(instance), vendor)) {
        all.push_back(wrong.pointer);
    }
    for (auto const& violation : error.violations) all.push_back(violation.pointer);
    return all;
}

std::vector<std::string> mistakes_of(
    std::initializer_list<std::pair<char const*, char const*>> credentials
) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    instance.credentials.clear();
    for (auto const& [name, value] : credentials) instance.credentials.emplace(name, Secret(value));
    return places_of(instance, vendor, InstanceSettings(instance, vendor).error());
}

TEST(InstanceSettings, TheCompleteSetIsFound) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    InstanceSettings const first(instance, vendor);
    EXPECT_TRUE(first.ok());
    EXPECT_EQ(first.credential_set(), 0u);
    EXPECT_EQ(first.credential("token").reveal(), "t");
    EXPECT_TRUE(first.credential("user").empty());

    instance.credentials.clear();
    instance.credentials.emplace("user", Secret("u"));
    instance.credentials.emplace("password", Secret("p"));
    InstanceSettings const second(instance, vendor);
    EXPECT_TRUE(second.ok());
    EXPECT_EQ(second.credential_set(), 1u);
}

TEST(InstanceSettings, MistakesInCredentials) {
    EXPECT_THAT(mistakes_of({}), ElementsAre("/credentials"));
    EXPECT_THAT(mistakes_of({{"user", "u"}}), ElementsAre("/credentials/password"));
    EXPECT_THAT(mistakes_of({{"token", "t"}, {"user", "u"}}), ElementsAre("/credentials/user"));
    EXPECT_THAT(mistakes_of({{"token", ""}}), ElementsAre("/credentials/token"));
    EXPECT_THAT(mistakes_of({{"token", "a\nb"}}), ElementsAre("/credentials/token"));
    EXPECT_THAT(mistakes_of({{"tokn", "t"}}), ElementsAre("/credentials/tokn"));
}

TEST(InstanceSettings, NamesAreNoMatterOfTheirs) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    instance.credentials.clear();
    instance.credentials.emplace("tokn", Secret());
    instance.options.emplace("colour", "red");
    instance.environment = "staging";
    EXPECT_THAT(pointers(InstanceSettings(instance, vendor).error()), ElementsAre());
}

TEST(InstanceSettings, WhatCannotBeCombinedIsToldWithAllWays) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    instance.credentials.emplace("user", Secret("u"));
    auto const error = InstanceSettings(instance, vendor).error();
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(
        error.violations[0].message,
        "cannot be combined with the other credentials; give \"token\", or \"user\" and "
        "\"password\""
    );
}

TEST(InstanceSettings, ErrorNamesTheInstanceAndShowsNoSecret) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    instance.credentials.emplace("user", Secret("canary"));
    auto const error = InstanceSettings(instance, vendor).error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_EQ(error.instance, "main");
    EXPECT_EQ(error.vendor, "acme");
    std::ostringstream line;
    line << error;
    EXPECT_THAT(line.str(), testing::StartsWith("main (acme): config_invalid"));
    for (auto const& violation : error.violations) {
        EXPECT_THAT(violation.message, testing::Not(HasSubstr("canary")));
    }
}

TEST(InstanceSettings, OptionsOfEachType) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    instance.options = {
        {"size", "3"}, {"flag", "false"}, {"text", "t"}, {"url", "https://a.example/b"}};
    InstanceSettings settings(instance, vendor);
    EXPECT_EQ(settings.option_integer("size", 1, 3), 3);
    EXPECT_EQ(settings.option_bool("flag"), false);
    EXPECT_EQ(settings.option_text("text"), "t");
    auto const url = settings.option_url("url");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->origin(), "https://a.example");
    EXPECT_EQ(url->path(), "/b");
    EXPECT_TRUE(settings.ok());
}

TEST(InstanceSettings, WrongAndUnknownOptionsAreCollected) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    instance.environment = "staging";
    instance.options = {
        {"size", "4"}, {"flag", "no"}, {"text", ""}, {"url", "http://a.example"}, {"other", "x"}};
    InstanceSettings settings(instance, vendor);
    EXPECT_FALSE(settings.option_integer("size", 1, 3).has_value());
    EXPECT_FALSE(settings.option_bool("flag").has_value());
    EXPECT_FALSE(settings.option_text("text").has_value());
    EXPECT_FALSE(settings.option_url("url").has_value());
    EXPECT_THAT(
        places_of(instance, vendor, settings.error()),
        UnorderedElementsAre(
            "/options/size",
            "/options/flag",
            "/options/text",
            "/options/url",
            "/options/other",
            "/environment"
        )
    );
}

TEST(InstanceSettings, BaseUrl) {
    auto const vendor = make_vendor();
    auto instance = make_instance();
    EXPECT_EQ(
        InstanceSettings(instance, vendor).base_url("https://d.example"), "https://d.example"
    );
    instance.base_url = "https://a.example:8443/prefix/";
    EXPECT_EQ(
        InstanceSettings(instance, vendor).base_url("https://d.example"),
        "https://a.example:8443/prefix"
    );
    instance.base_url = "a.example";
    InstanceSettings settings(instance, vendor);
    EXPECT_EQ(settings.base_url("https://d.example"), "https://d.example");
    EXPECT_THAT(pointers(settings.error()), ElementsAre("/base_url"));
}

TEST(InstanceSettings, AddressesAreReadByHttpUrlAndNotQuoted) {
    auto const vendor = make_vendor();
    for (std::string const bad :
         {"http://api.secret.example",
          "https://user:secret@a.example",
          "https://a..secret",
          "https://a%0d%0asecret:1/",
          "https://a.example/secret/../x",
          "https://2130706433/secret",
          "https://a.example:0/secret"}) {
        auto instance = make_instance();
        instance.base_url = bad;
        instance.options["url"] = bad;
        InstanceSettings settings(instance, vendor);
        EXPECT_EQ(settings.base_url("https://d.example"), "https://d.example") << bad;
        EXPECT_FALSE(settings.option_url("url")) << bad;
        EXPECT_THAT(pointers(settings.error()), ElementsAre("/base_url", "/options/url")) << bad;
        for (auto const& violation : settings.error().violations) {
            EXPECT_EQ(violation.message, HttpUrl::parse_endpoint(bad).error().message);
            EXPECT_EQ(violation.message.find("secret"), std::string::npos) << violation.message;
        }
    }
}

}  // namespace
}  // namespace otp::adapter
