#include <otp/adapter/vendor_field_reader.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::adapter {
namespace {

using testing::HasSubstr;

std::vector<SettingDescription> const known{{"text", ""}, {"flag", ""}, {"number", ""}};

std::vector<std::string> pointers(Error const& error) {
    std::vector<std::string> all;
    for (auto const& violation : error.violations) all.push_back(violation.pointer);
    return all;
}

TEST(VendorFieldReader, NothingGivenIsNothingWrong) {
    VendorFields fields;
    fields["other"]["anything"] = "\r\n";
    VendorFieldReader reader(fields, "acme", known);
    EXPECT_FALSE(reader.text("text").has_value());
    EXPECT_FALSE(reader.boolean("flag").has_value());
    EXPECT_FALSE(reader.integer("number", 0, 1).has_value());
    EXPECT_TRUE(reader.ok());
}

TEST(VendorFieldReader, ReadsEachType) {
    VendorFields fields;
    fields["acme"] = {{"text", "t\xC3\xBC"}, {"flag", "true"}, {"number", "5"}};
    VendorFieldReader reader(fields, "acme", known);
    EXPECT_EQ(reader.text("text", 2), "t\xC3\xBC");
    EXPECT_EQ(reader.boolean("flag"), true);
    EXPECT_EQ(reader.integer("number", 5, 5), 5);
    EXPECT_TRUE(reader.ok());
}

TEST(VendorFieldReader, AllMistakesAreCollected) {
    VendorFields fields;
    fields["acme"] = {{"a/b", "x"}, {"flag", "yes"}, {"number", "6"}, {"text", "long"}};
    VendorFieldReader reader(fields, "acme", known);
    EXPECT_FALSE(reader.text("text", 3).has_value());
    EXPECT_FALSE(reader.boolean("flag").has_value());
    EXPECT_FALSE(reader.integer("number", 0, 5).has_value());
    reader.refuse_at("/code", "bad");
    EXPECT_FALSE(reader.ok());
    auto const error = reader.error();
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_THAT(
        pointers(error),
        testing::UnorderedElementsAre(
            "/vendor_fields/acme/a~1b",
            "/vendor_fields/acme/text",
            "/vendor_fields/acme/flag",
            "/vendor_fields/acme/number",
            "/code"
        )
    );
    EXPECT_THAT(error.violations.front().message, HasSubstr("text, flag, number"));
}

TEST(VendorFieldReader, ControlCharactersAndBrokenUtf8AreReportedOnce) {
    for (std::string const value : {"a\r\nb", "a\x7F", "\xFF"}) {
        VendorFields fields;
        fields["acme"] = {{"text", value}};
        VendorFieldReader reader(fields, "acme", known);
        EXPECT_FALSE(reader.text("text").has_value());
        EXPECT_THAT(pointers(reader.error()), testing::ElementsAre("/vendor_fields/acme/text"));
    }
}

}  // namespace
}  // namespace otp::adapter
