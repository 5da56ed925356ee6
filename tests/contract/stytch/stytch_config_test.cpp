#include "contract/stytch/stytch_fixture.hpp"

namespace otp::stytch::test {
namespace {

Error refusal(InstanceConfig const& config) {
    return error_of(VendorRegistry::built_in().make_adapter(config));
}

TEST(StytchConfig, ProjectIdDecidesTheHost) {
    EXPECT_EQ(adapter(instance("project-test-x"))->base_url(), "https://test.stytch.com");
    EXPECT_EQ(adapter(instance("project-live-x"))->base_url(), "https://api.stytch.com");
}

TEST(StytchConfig, BaseUrlOverrides) {
    auto config = instance("project-live-x");
    config.base_url = "http://127.0.0.1:8080/stytch";
    EXPECT_EQ(adapter(config)->base_url(), "http://127.0.0.1:8080/stytch");
}

TEST(StytchConfig, EnvironmentMustAgree) {
    auto config = instance("project-live-x");
    config.environment = "live";
    EXPECT_EQ(adapter(config)->base_url(), "https://api.stytch.com");
    config.environment = "test";
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/environment");
    config.environment = "sandbox";
    EXPECT_EQ(refusal(config).category, ErrorCategory::config_invalid);
}

TEST(StytchConfig, Credentials) {
    InstanceConfig config;
    config.name = "login-sms";
    config.vendor = "stytch";
    auto const error = refusal(config);
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_FALSE(error.violations.empty());

    expect_refused(
        refusal(instance("project-test-a:b")),
        ErrorCategory::config_invalid,
        "/credentials/project_id"
    );
    auto blank = instance();
    blank.credentials.insert_or_assign("secret", Secret("a b"));
    expect_refused(refusal(blank), ErrorCategory::config_invalid, "/credentials/secret");
    for (auto const* const id : {"project-test-x", "project-live-x"}) {
        auto exchanged = instance();
        exchanged.credentials.insert_or_assign("secret", Secret(id));
        expect_refused(refusal(exchanged), ErrorCategory::config_invalid, "/credentials/secret");
    }
}

TEST(StytchConfig, Options) {
    auto config = instance();
    config.options["create_user"] = "yes";
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/options/create_user");
    config.options.clear();
    for (auto const* const locale : {"xx", "sv", "zh-TW", "not a tag", "en,fr;q=0.8"}) {
        config.options["locale"] = locale;
        expect_refused(refusal(config), ErrorCategory::config_invalid, "/options/locale");
    }
    config.options.clear();
    config.options["unknown"] = "1";
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/options/unknown");
}

TEST(StytchConfig, Description) {
    auto const& vendor = stytch_description();
    EXPECT_EQ(vendor.name, "stytch");
    EXPECT_EQ(vendor.title, "Stytch");
    EXPECT_EQ(
        vendor.channels, (std::vector<Channel>{Channel::sms, Channel::whatsapp, Channel::email})
    );
    EXPECT_EQ(&adapter()->vendor(), &vendor);
    EXPECT_EQ(adapter()->token_grant(), nullptr);
}

}  // namespace
}  // namespace otp::stytch::test
