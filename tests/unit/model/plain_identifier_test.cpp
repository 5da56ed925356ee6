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

TEST(PlainIdentifier, MayHoldAPartOfANumber) {
    struct Case {
        std::string_view text;
        std::string_view number;
        bool may_hold;
    };
    for (auto const& [text, number, may_hold] : {
             // Seven digits in a row, from the beginning, the middle and the end.
             Case{"id-9198765xyz", "+919876543210", true},
             Case{"id-8765432xyz", "+919876543210", true},
             Case{"id-6543210", "+919876543210", true},
             Case{"1006543210999", "+919876543210", true},
             Case{"98-7654.3/2", "+919876543210", true},
             // Six of them, others, or letters in between.
             Case{"id-543210-xyz", "+919876543210", false},
             Case{"2886608164", "+919876543210", false},
             Case{"0123456789", "+919876543210", false},
             Case{"987x543210y1", "+919876543210", false},
             Case{"b05c992f-ebdc-489d-a754-c7e70ba13141", "+919876543210", false},
             // In hexadecimal, also with something between the pairs.
             Case{"39383736353433", "+919876543210", true},
             Case{"39-38-37-36-35-34-33", "+919876543210", true},
             Case{"x39383736353433x", "9876543", true},
             Case{"393837363534xxxx", "+919876543210", false},
             // All of a short one.
             Case{"abcd1234efgh", "1234", true},
             Case{"12-34-abcdef", "+1234", true},
             Case{"abcd1234efgh", "12345", false},
             Case{"abcd123456gh", "123456", true},
             Case{"abcd1235efgh", "1234", false},
             Case{"31323334", "1234", true},
             Case{"abcd123efgh", "123", false},
             // What is no number may be written in other ways.
             Case{"abcdefgh", "98765432a", true},
             Case{"abcdefgh", "192.168.10.10", true},
             Case{"abcdefgh", "9876543%31", true},
             Case{"abcd1234", "1234567890123456789012345", true},
         }) {
        auto const identifier = PlainIdentifier::read(text);
        ASSERT_TRUE(identifier.has_value()) << text;
        EXPECT_EQ(identifier->may_hold_number(number), may_hold) << number << " in " << text;
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

TEST(PlainIdentifier, HasNoRoomForALongerHexadecimalNumber) {
    auto const identifier = PlainIdentifier::read("2886978474").value();
    EXPECT_FALSE(identifier.may_hold("becbbce45f7"));
    EXPECT_FALSE(identifier.may_hold("bec-bbc-e45-f79"));
    // As long as it is; with separators; with what may be written in other ways.
    EXPECT_TRUE(identifier.may_hold("becbbce45f"));
    EXPECT_TRUE(identifier.may_hold("becb-bce4-5f"));
    EXPECT_TRUE(identifier.may_hold("%62ecbbce45f7"));
    EXPECT_TRUE(identifier.may_hold("be@bbce45f79c"));
}

TEST(PlainIdentifier, RulesOutWhatIsNotInIt) {
    auto const identifier =
        PlainIdentifier::read("request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141").value();
    for (std::string_view const known :
         {"project-test-11111111-1111-1111-1111-111111111111",
          "secret-test-11111111-1111-1111-1111-111111111111",
          "tulip-garden",
          "4815162342",
          "",
          "jane.doe@example.com"}) {
        EXPECT_FALSE(identifier.may_hold(known)) << known;
    }
    for (std::string_view const known :
         {"request", "REQUEST-ID", "test_b05c", "b05c", "992f", "%74est", "t%65st", "t", "13141"}) {
        EXPECT_TRUE(identifier.may_hold(known)) << known;
    }
}

}  // namespace
}  // namespace otp::model
