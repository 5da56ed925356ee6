#include <otp/adapter/vendor_fields.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> lines(std::vector<FieldViolation> const& violations) {
    std::vector<std::string> all;
    for (auto const& [pointer, message] : violations) all.push_back(pointer + ": " + message);
    return all;
}

std::vector<SettingDescription> const known{{"csp_id", ""}, {"user_code", ""}};

TEST(UnknownVendorFields, AreNamedWithTheNearestOrWithAll) {
    VendorFields const fields{{"eko", {{"cspid", "1"}, {"csp_id", "2"}, {"a/b", "3"}}}};
    EXPECT_THAT(
        lines(unknown_vendor_fields(fields, "eko", known)),
        ElementsAre(
            "/vendor_fields/eko/a~1b: is no field that this vendor has here; there are: csp_id, "
            "user_code",
            "/vendor_fields/eko/cspid: is no field that this vendor has here; did you mean csp_id?"
        )
    );
    EXPECT_THAT(
        lines(unknown_vendor_fields({{"eko", {{"x", "1"}}}}, "eko", {})),
        ElementsAre("/vendor_fields/eko/x: is no field that this vendor has here; there is none")
    );
}

TEST(UnknownVendorFields, OfOtherVendorsAreNotLookedAt) {
    VendorFields const fields{{"stytch", {{"anything", "1"}}}, {"eko", {{"user_code", "1"}}}};
    EXPECT_THAT(unknown_vendor_fields(fields, "eko", known), IsEmpty());
    EXPECT_THAT(unknown_vendor_fields({}, "eko", known), IsEmpty());
}

TEST(UnknownVendorFields, MustHaveTheVendorsOwnSpelling) {
    // A near name is not taken for the field itself.
    EXPECT_EQ(unknown_vendor_fields({{"eko", {{"CSP-ID", "1"}}}}, "eko", known).size(), 1U);
}

}  // namespace
}  // namespace otp
