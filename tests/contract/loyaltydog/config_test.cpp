#include "contract/loyaltydog/loyaltydog_fixture.hpp"

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::vector<std::string> mistakes(InstanceConfig const& instance) {
    auto const adapter = VendorRegistry::built_in().make_adapter(instance);
    if (adapter.has_value()) return {};
    EXPECT_EQ(adapter.error().category, ErrorCategory::config_invalid);
    return pointers(adapter.error());
}

TEST(LoyaltyDogConfig, CredentialsAreATokenOrANameWithItsPassword) {
    EXPECT_THAT(mistakes(make_instance("loyaltydog", {})), ElementsAre("/credentials"));
    EXPECT_THAT(
        mistakes(make_instance("loyaltydog", {{"username", "u"}})),
        ElementsAre("/credentials/password")
    );
    EXPECT_THAT(
        mistakes(make_instance("loyaltydog", {{"password", "p"}})),
        ElementsAre("/credentials/username")
    );
    EXPECT_THAT(
        mistakes(make_instance("loyaltydog", {{"token", "t"}, {"username", "u"}})),
        ElementsAre("/credentials/username")
    );
    EXPECT_THAT(
        mistakes(make_instance("loyaltydog", {{"token", "two words"}})),
        ElementsAre("/credentials/token")
    );
    EXPECT_TRUE(mistakes(make_instance("loyaltydog", {{"token", "t"}})).empty());
}

TEST(LoyaltyDogConfig, AllMistakesAreReportedTogether) {
    auto instance =
        make_instance("loyaltydog", {{"username", ""}, {"key", "k"}}, {{"locale", "en"}});
    instance.environment = "test";
    instance.base_url = "ftp://example.com";
    EXPECT_THAT(
        mistakes(instance),
        UnorderedElementsAre(
            "/credentials/username",
            "/credentials/password",
            "/credentials/key",
            "/options/locale",
            "/environment",
            "/base_url"
        )
    );
}

TEST(LoyaltyDogConfig, TheTokenEndpointFollowsTheBaseUrl) {
    auto instance = make_instance("loyaltydog", {{"username", "u"}, {"password", "p"}});
    instance.base_url = "https://127.0.0.1:8443/loyaltydog";
    auto const adapter = loyaltydog::make_loyaltydog_adapter(instance).value();
    EXPECT_EQ(adapter->base_url(), "https://127.0.0.1:8443/loyaltydog");
    EXPECT_EQ(adapter->token_grant()->base_url(), "https://127.0.0.1:8443/loyaltydog");
}

TEST(LoyaltyDogConfig, Description) {
    auto const adapter = make_adapter();
    EXPECT_EQ(&adapter->vendor(), &loyaltydog::loyaltydog_description());
    EXPECT_EQ(adapter->vendor().name, "loyaltydog");
    EXPECT_THAT(adapter->vendor().channels, ElementsAre(Channel::sms, Channel::email));
    EXPECT_THAT(
        adapter->vendor().credentials,
        ElementsAre(ElementsAre("token"), ElementsAre("username", "password"))
    );
}

}  // namespace
}  // namespace otp::contract
