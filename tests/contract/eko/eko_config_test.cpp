#include "contract/eko/eko_fixture.hpp"

namespace otp::eko::test {
namespace {

Error refusal(InstanceConfig const& config) {
    return error_of(VendorRegistry::built_in().make_adapter(config));
}

TEST(EkoConfig, EnvironmentOrBaseUrlIsNeeded) {
    auto config = instance();
    config.environment.clear();
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/environment");
    config.base_url = "https://otp.example.com/eko";
    EXPECT_EQ(adapter(config)->base_url(), "https://otp.example.com/eko");
    config.environment = "production";
    EXPECT_EQ(adapter(config)->base_url(), "https://otp.example.com/eko");
}

TEST(EkoConfig, UnknownEnvironment) {
    auto config = instance();
    config.environment = "test";
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/environment");
}

TEST(EkoConfig, Credentials) {
    for (auto const* const name : {"developer_key", "access_key"}) {
        auto config = instance();
        config.credentials.erase(name);
        expect_refused(
            refusal(config), ErrorCategory::config_invalid, std::string("/credentials/") + name
        );
    }
    auto config = instance();
    config.credentials.insert_or_assign("developer_key", Secret("two words"));
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/credentials/developer_key");
}

TEST(EkoConfig, Options) {
    auto config = instance();
    config.options["initiator_id"] = "";
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/options/initiator_id");
    config = instance();
    config.options["csp"] = "1";
    expect_refused(refusal(config), ErrorCategory::config_invalid, "/options/csp");
}

TEST(EkoConfig, Description) {
    auto const& vendor = eko_description();
    EXPECT_EQ(vendor.name, "eko");
    EXPECT_EQ(vendor.title, "Eko");
    EXPECT_EQ(vendor.channels, std::vector<Channel>{Channel::sms});
    EXPECT_EQ(&adapter()->vendor(), &vendor);
    EXPECT_EQ(adapter()->token_grant(), nullptr);
}

}  // namespace
}  // namespace otp::eko::test
