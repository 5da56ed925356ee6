#include "contract/10npay/ten_n_pay_fixture.hpp"

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

TEST(TenNPayConfig, CredentialsAreATokenOrAClient) {
    EXPECT_THAT(mistakes(make_instance("10npay", {})), ElementsAre("/credentials"));
    EXPECT_THAT(
        mistakes(make_instance("10npay", {{"client_id", "c"}})),
        ElementsAre("/credentials/client_secret")
    );
    EXPECT_THAT(
        mistakes(make_instance("10npay", {{"access_token", "t"}, {"client_secret", "s"}})),
        ElementsAre("/credentials/client_secret")
    );
    EXPECT_THAT(
        mistakes(make_instance("10npay", {{"access_token", "a\tb"}})),
        ElementsAre("/credentials/access_token")
    );
}

TEST(TenNPayConfig, Trap24_ProductionHasNoDocumentedHost) {
    auto instance = make_instance("10npay", {{"access_token", "not-a-real-token"}});
    instance.environment = "test";
    EXPECT_EQ(
        ten_n_pay::make_ten_n_pay_adapter(instance).value()->base_url(),
        "https://api-test.10npay.com"
    );
    instance.environment = "production";
    EXPECT_THAT(mistakes(instance), ElementsAre("/base_url"));
    instance.base_url = "https://api.example.com";
    EXPECT_EQ(
        ten_n_pay::make_ten_n_pay_adapter(instance).value()->base_url(), "https://api.example.com"
    );
}

TEST(TenNPayConfig, Trap24_AnotherHostNeedsItsTokenEndpoint) {
    auto instance =
        make_instance("10npay", {{"client_id", "c"}, {"client_secret", "not-a-real-secret"}});
    instance.base_url = "https://api.example.com";
    EXPECT_THAT(mistakes(instance), ElementsAre("/options/token_url"));
    instance.options["token_url"] = "https://a%0d%0aX:1/connect/token";
    EXPECT_THAT(mistakes(instance), ElementsAre("/options/token_url"));
    instance.options["token_url"] = "https://auth.example.com:8443/prefix/connect/token";
    auto const adapter = ten_n_pay::make_ten_n_pay_adapter(instance).value();
    EXPECT_EQ(adapter->token_grant()->base_url(), "https://auth.example.com:8443");
    EXPECT_EQ(adapter->token_grant()->encode().target(), "/prefix/connect/token");
}

TEST(TenNPayConfig, AllMistakesAreReportedTogether) {
    auto instance = make_instance(
        "10npay",
        {{"client_id", "c"}, {"key", "k"}},
        {{"correlation_type", "2"}, {"token_url", "auth.example.com"}, {"colour", "red"}}
    );
    instance.environment = "live";
    instance.base_url = "https://user:password@example.com";
    EXPECT_THAT(
        mistakes(instance),
        UnorderedElementsAre(
            "/credentials/client_secret",
            "/credentials/key",
            "/options/correlation_type",
            "/options/token_url",
            "/options/colour",
            "/environment",
            "/base_url"
        )
    );
}

TEST(TenNPayConfig, Description) {
    auto const adapter = make_adapter();
    EXPECT_EQ(&adapter->vendor(), &ten_n_pay::ten_n_pay_description());
    EXPECT_EQ(adapter->vendor().name, "10npay");
    EXPECT_THAT(adapter->vendor().channels, ElementsAre(Channel::sms));
    EXPECT_THAT(adapter->vendor().environments, ElementsAre("test", "production"));
    EXPECT_EQ(adapter->token_grant(), nullptr);
}

}  // namespace
}  // namespace otp::contract
