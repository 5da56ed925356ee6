#include <otp/adapter/language_tag.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/vendor_registry.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(VendorRegistry, KnowsTheFiveVendorsInAlphabeticalOrder) {
    auto const registry = VendorRegistry::built_in();
    std::vector<std::string> names;
    for (auto const* vendor : registry.vendors()) names.push_back(vendor->name);
    EXPECT_THAT(names, ElementsAre("10npay", "eko", "loyaltydog", "spherepay", "stytch"));
    for (auto const& name : names) {
        auto const* const vendor = registry.find(name);
        ASSERT_NE(vendor, nullptr);
        EXPECT_FALSE(vendor->title.empty());
        EXPECT_FALSE(vendor->channels.empty());
        EXPECT_FALSE(vendor->credentials.empty());
        EXPECT_FALSE(vendor->recipient.empty());
        EXPECT_THAT(vendor->documentation_url, HasSubstr("https://"));
    }
}

TEST(VendorRegistry, MakesTheAdapterOfEachVendor) {
    auto const registry = VendorRegistry::built_in();
    for (auto const* vendor : registry.vendors()) {
        InstanceConfig instance;
        instance.name = "main";
        instance.vendor = vendor->name;
        auto const adapter = registry.make_adapter(instance);
        ASSERT_TRUE(adapter.has_error()) << vendor->name;
        EXPECT_EQ(adapter.error().category, ErrorCategory::config_invalid) << vendor->name;
        EXPECT_EQ(adapter.error().vendor, vendor->name);
        EXPECT_FALSE(adapter.error().violations.empty());
    }
    InstanceConfig instance;
    instance.vendor = "spherepay";
    instance.credentials.emplace("api_key", Secret("not-a-real-key"));
    EXPECT_EQ(registry.make_adapter(instance).value()->vendor().name, "spherepay");
}

/// How many of the scripts that languages are usually written in lead to `tag`.
int scripts_that_find(std::vector<std::string> const& tags, std::string const& language) {
    int found = 0;
    for (std::string const script : {"Latn", "Cyrl", "Arab", "Jpan", "Kore", "Hans", "Hant"})
        if (nearest_language_tag(tags, language + '-' + script)) ++found;
    return found;
}

TEST(VendorRegistry, EveryLanguageOfAVendorHasAUsualScript) {
    int languages = 0;
    auto const registry = VendorRegistry::built_in();
    for (auto const* vendor : registry.vendors()) {
        for (auto const& of_channels : vendor->hints.locales) {
            for (auto const& tag : of_channels.tags) {
                auto const language = tag.substr(0, tag.find('-'));
                EXPECT_EQ(scripts_that_find({tag}, language), 1) << tag;
                ++languages;
            }
        }
    }
    EXPECT_GT(languages, 10);
}

TEST(VendorRegistry, UnknownVendor) {
    InstanceConfig instance;
    instance.vendor = "acme";
    auto const adapter = VendorRegistry::built_in().make_adapter(instance);
    ASSERT_TRUE(adapter.has_error());
    EXPECT_EQ(adapter.error().category, ErrorCategory::config_invalid);
    ASSERT_EQ(adapter.error().violations.size(), 1u);
    EXPECT_EQ(adapter.error().violations[0].pointer, "/vendor");
    EXPECT_THAT(adapter.error().violations[0].message, HasSubstr("spherepay"));
    EXPECT_TRUE(VendorRegistry().make_adapter(instance).has_error());
}

TEST(VendorRegistry, AddReplaces) {
    VendorRegistry registry;
    EXPECT_EQ(registry.find("acme"), nullptr);
    VendorDescription description;
    description.name = "acme";
    auto const factory = [](InstanceConfig const&) -> Result<std::unique_ptr<ProviderAdapter>> {
        return Error(ErrorCategory::config_invalid, "first");
    };
    registry.add(description, factory);
    description.title = "Acme";
    registry.add(description, factory);
    ASSERT_NE(registry.find("acme"), nullptr);
    EXPECT_EQ(registry.find("acme")->title, "Acme");
    EXPECT_EQ(registry.vendors().size(), 1u);
}

}  // namespace
}  // namespace otp
