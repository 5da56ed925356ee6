#include <otp/adapter/language_tag.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/setting_names.hpp>
#include <otp/vendor_registry.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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
    for (std::string const script : {"Latn", "Cyrl", "Arab", "Jpan", "Kore", "Hans", "Hant"}) {
        if (nearest_language_tag(tags, language + '-' + script)) ++found;
    }
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

TEST(VendorRegistry, UnknownVendorComesWithTheNearestOne) {
    InstanceConfig instance;
    instance.vendor = "stych";
    auto const adapter = VendorRegistry::built_in().make_adapter(instance);
    ASSERT_TRUE(adapter.has_error());
    ASSERT_EQ(adapter.error().violations.size(), 1u);
    EXPECT_EQ(
        adapter.error().violations[0].message, R"(unknown vendor "stych"; did you mean "stytch"?)"
    );
}

std::vector<std::string> lines(Error const& error) {
    std::vector<std::string> all;
    for (auto const& violation : error.violations) {
        all.push_back(violation.pointer + ": " + violation.message);
    }
    return all;
}

/// A vendor of a third party, whose factory does without `InstanceSettings` and finds what the test
/// says, or nothing.
class ThirdParty : public testing::Test {
protected:
    ThirdParty() {
        VendorDescription description;
        description.name = "acme";
        description.credentials = {{"key"}};
        description.options = {{"sender", ""}};
        registry.add(
            description,
            [this](InstanceConfig const&) -> Result<std::unique_ptr<ProviderAdapter>> {
                ++calls;
                if (found) return *found;
                return std::unique_ptr<ProviderAdapter>();
            }
        );
        instance.name = "main";
        instance.vendor = "acme";
        instance.credentials.emplace("key", Secret("k"));
    }

    void finds(std::vector<FieldViolation> violations) {
        found = Error(ErrorCategory::config_invalid, "acme cannot be used");
        found->violations = std::move(violations);
    }

    [[nodiscard]] std::vector<std::string> mistakes() const {
        auto const adapter = registry.make_adapter(instance);
        return adapter ? std::vector<std::string>{"accepted"} : lines(adapter.error());
    }

    VendorRegistry registry;
    InstanceConfig instance;
    std::optional<Error> found;
    mutable int calls{0};
};

TEST_F(ThirdParty, NeedNotLookAtNames) {
    EXPECT_THAT(mistakes(), ElementsAre("accepted"));
    instance.credentials.clear();
    instance.options = {{"sendr", "x"}};
    instance.environment = "live";
    EXPECT_THAT(
        mistakes(),
        ElementsAre(
            R"(/environment: unknown environment "live"; there is none)",
            R"(/credentials/key: is missing: acme needs "key")",
            R"(/options/sendr: unknown option "sendr"; did you mean "sender"?)"
        )
    );
    auto const error = registry.make_adapter(instance).error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.instance, "main");
    EXPECT_EQ(error.vendor, "acme");
}

TEST_F(ThirdParty, IsHeardTogetherWithTheNames) {
    instance.options = {{"sendr", "x"}};
    finds({{"/credentials/key", "is short"}, {"/credentials/key", "is weak"}, {"/options", "few"}});
    EXPECT_THAT(
        mistakes(),
        ElementsAre(
            R"(/options/sendr: unknown option "sendr"; did you mean "sender"?)",
            "/credentials/key: is short",
            "/credentials/key: is weak",
            "/options: few"
        )
    );
    EXPECT_EQ(calls, 1);
}

TEST_F(ThirdParty, IsNotHeardWhereANameIsWrong) {
    instance.credentials.clear();
    finds({{"/credentials/key", "no key"}, {"/credentials/key", "none at all"}});
    EXPECT_THAT(mistakes(), ElementsAre(R"(/credentials/key: is missing: acme needs "key")"));
}

TEST_F(ThirdParty, IsHeardWithoutAPlace) {
    instance.environment = "live";
    found = Error(ErrorCategory::config_invalid, "no licence");
    EXPECT_THAT(
        mistakes(),
        ElementsAre(R"(/environment: unknown environment "live"; there is none)", ": no licence")
    );
    found->message.clear();
    EXPECT_THAT(
        mistakes(), ElementsAre(R"(/environment: unknown environment "live"; there is none)")
    );
}

TEST_F(ThirdParty, SpeaksForItselfWhereNamesAreRight) {
    found = Error(ErrorCategory::config_invalid, "no licence");
    auto const error = registry.make_adapter(instance).error();
    EXPECT_EQ(error.message, "no licence");
    EXPECT_THAT(error.violations, IsEmpty());
}

TEST_F(ThirdParty, IsAskedAboutWhatCouldBeRead) {
    adapter::SettingNames names;
    names.credentials = {{"key", "kee"}};
    instance.credentials.clear();
    auto const error = registry.make_adapter(instance, names).error();
    EXPECT_THAT(
        lines(error),
        ElementsAre(R"(/credentials/kee: unknown credential "kee"; did you mean "key"?)")
    );
    names.credentials = {{"key"}};
    EXPECT_TRUE(registry.make_adapter(instance, names));
    names.credentials = std::nullopt;
    EXPECT_TRUE(registry.make_adapter(instance, names));
}

TEST(VendorRegistry, NothingButNamesIsSaidOfABuiltInVendorWithoutCredentials) {
    auto const registry = VendorRegistry::built_in();
    for (std::string const vendor : {"10npay", "eko", "loyaltydog", "spherepay", "stytch"}) {
        InstanceConfig instance;
        instance.vendor = vendor;
        if (vendor == "eko") instance.environment = "sandbox";
        auto const error = registry.make_adapter(instance).error();
        EXPECT_THAT(
            lines(error),
            testing::Each(testing::MatchesRegex(
                "/credentials(: incomplete|/[a-z_]+: is missing): " + vendor + " needs .*"
            ))
        );
        auto const& ways = registry.find(vendor)->credentials;
        EXPECT_EQ(error.violations.size(), ways.size() == 1 ? ways.front().size() : 1U) << vendor;
    }
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

TEST(VendorRegistry, KnowsTheTransportOfAVendorThatHasOne) {
    auto registry = VendorRegistry::built_in();
    for (auto const* vendor : registry.vendors()) {
        EXPECT_EQ(registry.transport_of(vendor->name), nullptr);
        EXPECT_FALSE(vendor->stand_in);
    }
    EXPECT_EQ(registry.transport_of("acme"), nullptr);
    VendorDescription description;
    description.name = "acme";
    auto const make_transport = [](TransportSettings const&) -> Result<std::shared_ptr<Transport>> {
        return std::shared_ptr<Transport>();
    };
    registry.add(description, nullptr, make_transport);
    auto const copy = registry;
    ASSERT_NE(registry.transport_of("acme"), nullptr);
    EXPECT_TRUE(*registry.transport_of("acme"));
    registry.add(description, nullptr);
    EXPECT_EQ(registry.transport_of("acme"), nullptr) << "all of the earlier one is replaced";
    EXPECT_NE(copy.transport_of("acme"), nullptr);
}

}  // namespace
}  // namespace otp
