#include "contract/spherepay/spherepay_fixture.hpp"

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(SpherePayConfig, AllMistakesAreReportedTogether) {
    auto instance = make_instance("spherepay", {{"apikey", "x"}}, {{"colour", "red"}});
    instance.environment = "live";
    instance.base_url = "http://api.example.com";
    auto const adapter = VendorRegistry::built_in().make_adapter(instance);
    ASSERT_TRUE(adapter.has_error());
    EXPECT_EQ(adapter.error().category, ErrorCategory::config_invalid);
    EXPECT_THAT(
        pointers(adapter.error()),
        UnorderedElementsAre("/credentials/apikey", "/options/colour", "/environment", "/base_url")
    );
}

TEST(SpherePayConfig, AKeyThatCannotBeAHeaderIsRefusedAndNotShown) {
    for (std::string_view const key : {"", "abc\r\nX-Evil: 1", "two words", "k\xC3\xBC"}) {
        auto const instance = make_instance("spherepay", {{"api_key", key}});
        auto const adapter = spherepay::make_spherepay_adapter(instance);
        ASSERT_TRUE(adapter.has_error());
        EXPECT_THAT(pointers(adapter.error()), ElementsAre("/credentials/api_key"));
        EXPECT_THAT(all_text(adapter.error()), Not(HasSubstr("Evil")));
    }
}

TEST(SpherePayConfig, DescriptionAndDefaults) {
    auto const adapter = make_adapter();
    auto const& description = adapter->vendor();
    EXPECT_EQ(&description, &spherepay::spherepay_description());
    EXPECT_EQ(description.name, "spherepay");
    EXPECT_THAT(description.channels, ElementsAre(Channel::sms, Channel::email));
    EXPECT_THAT(description.credentials, ElementsAre(ElementsAre("api_key")));
    EXPECT_EQ(adapter->token_grant(), nullptr);
}

TEST(SpherePayConfig, BaseUrlMayHaveAPrefix) {
    auto instance = make_instance("spherepay", {{"api_key", "not-a-real-key"}});
    instance.base_url = "http://127.0.0.1:8080/spherepay/";
    EXPECT_EQ(
        spherepay::make_spherepay_adapter(instance).value()->base_url(),
        "http://127.0.0.1:8080/spherepay"
    );
}

}  // namespace
}  // namespace otp::contract
