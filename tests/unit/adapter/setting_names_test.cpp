// The one check of names and environment against a vendor's description.

#include <otp/adapter/setting_names.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

namespace otp::adapter {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

VendorDescription acme() {
    VendorDescription vendor;
    vendor.name = "acme";
    vendor.credentials = {{"token"}, {"username", "password"}};
    vendor.options = {{"sender", ""}, {"retries", ""}};
    vendor.environments = {"test", "live"};
    return vendor;
}

VendorDescription with_ways(std::vector<std::vector<std::string>> ways) {
    auto vendor = acme();
    vendor.credentials = std::move(ways);
    return vendor;
}

std::vector<std::string> mistakes(
    SettingNames const& given, VendorDescription const& vendor = acme()
) {
    std::vector<std::string> lines;
    for (auto const& violation : check_setting_names(given, vendor)) {
        lines.push_back(violation.pointer + ": " + violation.message);
    }
    return lines;
}

TEST(SettingNames, OfTheVendorAreRight) {
    EXPECT_THAT(
        mistakes(
            {.environment = "live", .credentials = {{"token"}}, .options = {"retries", "sender"}}
        ),
        IsEmpty()
    );
    EXPECT_THAT(mistakes({.credentials = {{"password", "username"}}}), IsEmpty());
}

TEST(SettingNames, ThatAreUnknownComeWithTheNearestOne) {
    EXPECT_THAT(
        mistakes(
            {.environment = "Live", .credentials = {{"token", "key/1"}}, .options = {"Sendr", "x"}}
        ),
        ElementsAre(
            R"(/environment: unknown environment "Live"; did you mean "live"?)",
            R"(/credentials/key~11: unknown credential "key/1"; known: "token", "username" and "password")",
            R"(/options/Sendr: unknown option "Sendr"; did you mean "sender"?)",
            R"(/options/x: unknown option "x"; known: "sender" and "retries")"
        )
    );
}

TEST(SettingNames, ThatAreMissingAreThoseOfTheWayThatIsMeant) {
    auto const needs = std::string(R"(acme needs "token", or "username" and "password")");
    EXPECT_THAT(mistakes({}), ElementsAre("/credentials: incomplete: " + needs));
    EXPECT_THAT(
        mistakes({.credentials = {{"username"}}}),
        ElementsAre("/credentials/password: is missing: " + needs)
    );
    EXPECT_THAT(
        mistakes({}, with_ways({{"id", "key"}})),
        ElementsAre(
            R"(/credentials/id: is missing: acme needs "id" and "key")",
            R"(/credentials/key: is missing: acme needs "id" and "key")"
        )
    );
}

TEST(SettingNames, ThatAreMisspeltAreNotMissing) {
    EXPECT_THAT(
        mistakes({.credentials = {{"usrname", "password"}}}),
        ElementsAre(
            R"(/credentials/usrname: unknown credential "usrname"; did you mean "username"?)"
        )
    );
}

TEST(SettingNames, OfCredentialsThatCannotBeToldAreNotJudged) {
    EXPECT_THAT(
        mistakes({.credentials = std::nullopt, .options = {"sendr"}}),
        ElementsAre(R"(/options/sendr: unknown option "sendr"; did you mean "sender"?)")
    );
}

TEST(SettingNames, OfAVendorThatHasNone) {
    VendorDescription free;
    free.name = "free";
    EXPECT_THAT(mistakes({}, free), IsEmpty());
    EXPECT_THAT(
        mistakes({.environment = "", .credentials = {{"key"}}, .options = {"x"}}, free),
        ElementsAre(
            R"(/environment: unknown environment ""; there is none)",
            R"(/credentials/key: unknown credential "key"; there is none)",
            R"(/options/x: unknown option "x"; there is none)"
        )
    );
}

TEST(SettingNames, OfCredentialsThatAVendorCanDoWithoutAreNotMissing) {
    auto const vendor = with_ways({{"key"}, {}});
    EXPECT_THAT(mistakes({}, vendor), IsEmpty());
    EXPECT_THAT(mistakes({.credentials = {{"key"}}}, vendor), IsEmpty());
    EXPECT_EQ(meant_credentials({}, vendor), 1U);
}

TEST(SettingNames, OfAnInstanceAreAllThatItHolds) {
    InstanceConfig instance;
    auto names = setting_names(instance);
    EXPECT_EQ(names.environment, std::nullopt);
    EXPECT_THAT(*names.credentials, IsEmpty());
    EXPECT_THAT(names.options, IsEmpty());
    instance.environment = "live";
    instance.credentials.emplace("token", Secret());
    instance.credentials.emplace("key", Secret("k"));
    instance.options = {{"sender", ""}, {"x", "y"}};
    names = setting_names(instance);
    EXPECT_EQ(names.environment, "live");
    EXPECT_THAT(*names.credentials, ElementsAre("key", "token"));
    EXPECT_THAT(names.options, ElementsAre("sender", "x"));
}

TEST(SettingNames, OfCredentialsAreEachToldOnce) {
    EXPECT_THAT(
        credential_names(with_ways({{"id", "key"}, {"id", "token"}})),
        ElementsAre("id", "key", "token")
    );
    EXPECT_THAT(credential_names(with_ways({})), IsEmpty());
}

TEST(MeantCredentials, AreTheCompleteOnesBeforeThoseOfWhichMoreIsGiven) {
    auto const vendor = with_ways({{"a", "b", "c", "d"}, {"e"}, {"e", "f"}, {"g", "f"}});
    auto const meant = [&vendor](std::vector<std::string_view> const& given) {
        return meant_credentials(given, vendor);
    };
    EXPECT_EQ(meant({}), 0U);
    EXPECT_EQ(meant({"x"}), 0U);
    EXPECT_EQ(meant({"g"}), 3U);
    EXPECT_EQ(meant({"f"}), 2U);
    EXPECT_EQ(meant({"a", "b", "g"}), 0U);
    EXPECT_EQ(meant({"a", "b", "e"}), 1U);
    EXPECT_EQ(meant({"e", "f"}), 2U);
    EXPECT_EQ(meant({"e", "f", "g"}), 2U);
    EXPECT_EQ(meant({"a", "b", "c", "e"}), 1U);
    EXPECT_EQ(meant_credentials({}, with_ways({})), 0U);
}

}  // namespace
}  // namespace otp::adapter
