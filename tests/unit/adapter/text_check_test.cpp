#include <otp/adapter/text_check.hpp>

#include <gtest/gtest.h>
#include <string>

namespace otp::adapter {
namespace {

TEST(TextCheck, ControlCharacters) {
    EXPECT_FALSE(has_control_character("plain text \xC3\xBC"));
    for (char const character : {'\0', '\t', '\r', '\n', '\x1F', '\x7F'}) {
        EXPECT_TRUE(has_control_character(std::string("a") + character)) << int{character};
    }
}

TEST(TextCheck, PlainIdentifier) {
    EXPECT_TRUE(is_plain_identifier("aZ09_-", 6));
    for (std::string_view const text : {"", "aaaaaaa", ".", "a/b", "a b", "a%", "\xC3\xBC"}) {
        EXPECT_FALSE(is_plain_identifier(text, 6)) << text;
    }
}

TEST(TextCheck, Digits) {
    EXPECT_TRUE(is_digits("012345", 6));
    EXPECT_FALSE(is_digits("12345", 6));
    EXPECT_FALSE(is_digits("12345a", 6));
    EXPECT_FALSE(is_digits("-12345", 6));
}

TEST(TextCheck, VisibleAscii) {
    EXPECT_TRUE(is_visible_ascii("!abc~"));
    for (std::string_view const text : {"", "a b", "a\n", "\x7F", "\xC3\xBC"}) {
        EXPECT_FALSE(is_visible_ascii(text)) << text;
    }
}

TEST(TextCheck, Utf8) {
    for (std::string_view const text :
         {"",
          "abc",
          "\xC2\x80",
          "\xE0\xA0\x80",
          "\xED\x9F\xBF",
          "\xF0\x90\x80\x80",
          "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(is_utf8(text)) << text;
    }
    for (std::string_view const text :
         {"\x80",              // continuation alone
          "\xC0\xAF",          // overlong
          "\xC2",              // cut
          "\xE0\x9F\xBF",      // overlong
          "\xED\xA0\x80",      // surrogate
          "\xE2\x82",          // cut
          "\xF0\x8F\xBF\xBF",  // overlong
          "\xF4\x90\x80\x80",  // above U+10FFFF
          "\xF5\x80\x80\x80"}) {
        EXPECT_FALSE(is_utf8(text));
    }
    EXPECT_EQ(utf8_length("a\xC3\xBC\xE2\x82\xAC"), 3u);
}

TEST(TextCheck, Integers) {
    EXPECT_EQ(parse_integer("0"), 0);
    EXPECT_EQ(parse_integer("-12"), -12);
    EXPECT_EQ(parse_integer("9223372036854775807"), 9223372036854775807);
    for (std::string_view const text :
         {"", "-", "+1", "01", "-01", " 1", "1 ", "1.0", "1e3", "0x1", "9223372036854775808"}) {
        EXPECT_FALSE(parse_integer(text).has_value()) << text;
    }
}

TEST(TextCheck, Booleans) {
    EXPECT_EQ(parse_bool("true"), true);
    EXPECT_EQ(parse_bool("false"), false);
    for (std::string_view const text : {"", "True", "1", "yes"}) {
        EXPECT_FALSE(parse_bool(text).has_value()) << text;
    }
}

TEST(TextCheck, EqualLoosely) {
    EXPECT_TRUE(equal_loosely("Invalid code.", "invalidCODE"));
    EXPECT_TRUE(equal_loosely("", " . "));
    EXPECT_TRUE(equal_loosely("a b", "ab "));
    EXPECT_FALSE(equal_loosely("ab", "abc"));
    EXPECT_FALSE(equal_loosely("abc", "ab"));
    EXPECT_FALSE(equal_loosely("a.b", "ab"));
}

TEST(TextCheck, ContainsWord) {
    EXPECT_TRUE(contains_word("Code has EXPIRED", "expired"));
    EXPECT_FALSE(contains_word("Code", "expired"));
}

}  // namespace
}  // namespace otp::adapter
