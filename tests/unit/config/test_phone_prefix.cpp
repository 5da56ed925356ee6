// What a rule takes for the beginning of a phone number, and what it says to write instead.
#include "config/phone_prefix.hpp"

#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::config {
namespace {

TEST(PhonePrefix, is_a_plus_and_up_to_15_digits) {
    for (auto const* text : {"+1", "+91", "+9198", "+123456789012345"}) {
        EXPECT_FALSE(phone_prefix_mistake(text)) << text;
    }
}

TEST(PhonePrefix, that_is_written_otherwise_is_told_in_the_right_form) {
    std::vector<std::pair<std::string, std::string>> const rows = {
        {"+91 98", "+9198"},
        {" +91", "+91"},
        {"+91\n", "+91"},
        {"0091", "+91"},
        {"00 91-98", "+9198"},
        {"91", "+91"},
        {"+0091", "+91"},
        {"+044", "+44"},
        {"+91*", "+91"},
        {"+1 (415) 555.1", "+14155551"},
    };
    for (auto const& [text, meant] : rows) {
        auto const mistake = phone_prefix_mistake(text);
        ASSERT_TRUE(mistake) << text;
        EXPECT_TRUE(mistake->text.ends_with(" is no phone prefix: write \"" + meant + "\""))
            << text << mistake->text;
        EXPECT_FALSE(phone_prefix_mistake(meant)) << meant;
    }
    EXPECT_EQ(
        phone_prefix_mistake("+91 98")->text, R"("+91 98" is no phone prefix: write "+9198")"
    );
}

TEST(PhonePrefix, that_cannot_be_guessed_is_told_the_form) {
    for (auto const* text :
         {"",
          "+",
          "+0",
          "00",
          "098",
          "India",
          "+91a",
          "++91",
          "+1234567890123456",
          "+९१",
          "+91,+92"}) {
        auto const mistake = phone_prefix_mistake(text);
        ASSERT_TRUE(mistake) << text;
        EXPECT_TRUE(mistake->text.ends_with(
            " is no phone prefix: write + and 1 to 15 digits from the country code on, such as "
            "\"+91\""
        )) << mistake->text;
    }
}

}  // namespace
}  // namespace otp::config
