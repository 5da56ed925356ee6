#include "model/plain_identifier.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::model {
namespace {

TEST(PlainIdentifier, HasSmallLettersDigitsAndThreeSigns) {
    for (std::string const text :
         {"abcdefgh",
          "a-z.0/9a",
          "853eb07a-64be-81aa-a147-bc79a44c3782",
          "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141"}) {
        EXPECT_TRUE(PlainIdentifier::read(text).has_value()) << text;
    }
    EXPECT_TRUE(PlainIdentifier::read(std::string(64, 'z')).has_value());
}

TEST(PlainIdentifier, IsNothingElse) {
    EXPECT_FALSE(PlainIdentifier::read("").has_value());
    EXPECT_FALSE(PlainIdentifier::read("abcdefg").has_value());
    EXPECT_FALSE(PlainIdentifier::read(std::string(65, 'z')).has_value());
    for (int octet = 0; octet < 256; ++octet) {
        auto const c = static_cast<char>(octet);
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9');
        for (std::size_t place = 0; place < 19; ++place) {
            std::string text(19, 'x');
            text[place] = c;
            EXPECT_EQ(PlainIdentifier::read(text).has_value(), plain) << octet << " at " << place;
        }
    }
}

TEST(PlainIdentifier, TellsHowManyDigitsMayStandInARow) {
    struct Case {
        std::string_view text;
        bool code;
        bool number;
    };
    for (auto const& [text, code, number] :
         {Case{"a123b456c789", false, false},
          Case{"abcd1234efgh", true, false},
          Case{"abcdefgh1234", true, false},
          Case{"1-34bcdefghi", true, false},
          Case{"abcde123456f", true, false},
          Case{"abcde1234567", true, true},
          Case{"1-3-5-7bcdef", true, true},
          Case{"abcdefghijklmnopqrstuvwxyz1234567890", true, true},
          Case{"b05c992f-ebdc-489d-a754-c7e70ba13141", true, false}}) {
        auto const identifier = PlainIdentifier::read(text);
        ASSERT_TRUE(identifier.has_value()) << text;
        EXPECT_EQ(identifier->may_hold_code(), code) << text;
        EXPECT_EQ(identifier->may_hold_number(), number) << text;
    }
}

TEST(PlainIdentifier, RulesOutNoHexadecimalOfAnotherCase) {
    // `jane7`, and with its first two letters large.
    for (std::string_view const text : {"req-6a616e6537", "req-4a616e6537", "req-4a416e6537"}) {
        auto const identifier = PlainIdentifier::read(text);
        ASSERT_TRUE(identifier.has_value()) << text;
        for (std::string_view const known : {"jane7", "Jane7", "JAne7"}) {
            EXPECT_TRUE(identifier->may_hold(known)) << known << " in " << text;
        }
        EXPECT_FALSE(identifier->may_hold("kane7")) << text;
    }
}

TEST(PlainIdentifier, RulesOutWhatIsNotInIt) {
    auto const identifier =
        PlainIdentifier::read("request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141").value();
    for (std::string_view const known :
         {"project-test-11111111-1111-1111-1111-111111111111",
          "secret-test-11111111-1111-1111-1111-111111111111",
          "tulip-garden",
          "jane.doe@example.com"}) {
        EXPECT_FALSE(identifier.may_hold(known)) << known;
    }
    for (std::string_view const known :
         {"request", "REQUEST-ID", "test_b05c", "b05c", "992f", "%74est", "t%65st", "", "t"}) {
        EXPECT_TRUE(identifier.may_hold(known)) << known;
    }
}

}  // namespace
}  // namespace otp::model
