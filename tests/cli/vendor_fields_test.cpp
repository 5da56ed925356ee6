// What only one vendor has reaches that vendor, with a send and with a check.

#include "cli/support/mock_setup.hpp"

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class VendorFieldOptions : public testing::Test {
protected:
    [[nodiscard]] Finished send(std::string const& route, std::vector<std::string> const& options)
        const {
        return otp_program(
            std::vector<std::string>{
                "send",
                "--config",
                setup.config(),
                "--route",
                route,
                "--handle-out",
                setup.file("handle.json"),
                "--json"} +
            options
        );
    }
    [[nodiscard]] Finished verify(std::string const& code, std::vector<std::string> const& options)
        const {
        return otp_program(
            std::vector<std::string>{
                "verify",
                "--config",
                setup.config(),
                "--handle",
                setup.file("handle.json"),
                "--code",
                code,
                "--json"} +
            options
        );
    }

    MockSetup setup;
};

[[nodiscard]] std::string pointer_of(Finished const& finished) {
    auto const object = json::parse(finished.out);
    return std::string(object.at("error").at("violations").at(0).at("pointer").as_string());
}

TEST_F(VendorFieldOptions, OfACheckReachTheVendor) {
    ASSERT_EQ(send("stytch", {"--phone", "+12025550162"}).status, 0);
    auto const code = setup.newest_code("stytch");
    auto const refused = verify(code, {"--field", "stytch.session_duration_minutes=1"});
    EXPECT_EQ(refused.status, 1) << refused.out;
    EXPECT_EQ(pointer_of(refused), "/vendor_fields/stytch/session_duration_minutes");
    auto const approved = verify(code, {"--field", "stytch.session_duration_minutes=60"});
    ASSERT_EQ(approved.status, 0) << approved.out;
    EXPECT_EQ(json::parse(approved.out).at("session_issued"), true);
}

TEST_F(VendorFieldOptions, OfACheckAreReadFromAFile) {
    ASSERT_EQ(send("stytch", {"--phone", "+12025550162"}).status, 0);
    // As an editor on Windows saves it.
    auto const minutes = setup.write(
        "minutes",
        "\xEF\xBB\xBF"
        "60\r\n"
    );
    auto const approved = verify(
        setup.newest_code("stytch"), {"--field-file", "stytch.session_duration_minutes=" + minutes}
    );
    ASSERT_EQ(approved.status, 0) << approved.out;
    EXPECT_EQ(json::parse(approved.out).at("session_issued"), true);
}

TEST_F(VendorFieldOptions, ThatACheckDoesNotHaveAreRefused) {
    ASSERT_EQ(send("loyaltydog", {"--email", "user@example.com"}).status, 0);
    auto const refused =
        verify(setup.newest_code("loyaltydog"), {"--field", "loyaltydog.target=somebody"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_EQ(pointer_of(refused), "/vendor_fields/loyaltydog/target");
    for (std::string const wrong : {"loyaltydog=x", "nobody.key=1", "loyaltydog.name"}) {
        EXPECT_EQ(verify("123456", {"--field", wrong}).status, 2) << wrong;
    }
    EXPECT_EQ(
        verify(setup.newest_code("loyaltydog"), {"--field", "loyaltydog.name=Jane Doe"}).status, 0
    );
}

TEST_F(VendorFieldOptions, MayNameTheRecipientAlone) {
    auto const sent = send("loyaltydog", {"--field", "loyaltydog.target=user@example.com"});
    ASSERT_EQ(sent.status, 0) << sent.out;
    EXPECT_EQ(setup.vendors().messages("loyaltydog").at(0).to, "user@example.com");
    EXPECT_EQ(verify(setup.newest_code("loyaltydog"), {}).status, 0);
}

TEST_F(VendorFieldOptions, ThatNameNoRecipientAreRefusedWithWhatIsMissing) {
    auto const refused = send("stytch", {"--field", "loyaltydog.target=user@example.com"});
    EXPECT_EQ(refused.status, 1) << refused.out;
    EXPECT_EQ(pointer_of(refused), "/to/phone");
    auto const other = send("loyaltydog", {"--field", "eko.csp_id=9002336768"});
    EXPECT_EQ(other.status, 1) << other.out;
    EXPECT_THAT(other.out, HasSubstr("or its vendor field target"));
    auto const nobody = send("loyaltydog", {});
    EXPECT_EQ(nobody.status, 2);
    EXPECT_THAT(
        nobody.out,
        HasSubstr("give the recipient: --phone, --email or --user, or the vendor's own --field")
    );
    EXPECT_TRUE(setup.vendors().messages().empty());
}

}  // namespace
}  // namespace otp::test
