#include "model/unicode_classes.hpp"
#include "model/unicode_digits.hpp"
#include "model/unicode_shapes.hpp"
#include "model/utf8.hpp"

#include <gtest/gtest.h>
#include <string>

// A few characters by hand; that the tables are Unicode's, unicode_tables.pl --check says.

namespace otp::model {
namespace {

TEST(UnicodeTables, KnowTheDecimalDigits) {
    EXPECT_EQ(decimal_digit(U'0'), 0);
    EXPECT_EQ(decimal_digit(U'9'), 9);
    EXPECT_EQ(decimal_digit(0x0660), 0);   // Arabic-Indic
    EXPECT_EQ(decimal_digit(0x06F9), 9);   // Persian
    EXPECT_EQ(decimal_digit(0xFF15), 5);   // full width
    EXPECT_EQ(decimal_digit(0x1D7CE), 0);  // mathematical
    EXPECT_EQ(decimal_digit(0x1D7FF), 9);
    EXPECT_EQ(decimal_digit(0x1FBF9), 9);  // the last of Unicode 14
    for (char32_t const other :
         {0x00U, 0x2FU, 0x3AU, 0x66AU, 0xB2U, 0x2460U, 0x1FBFAU, 0x10FFFFU}) {
        EXPECT_EQ(decimal_digit(other), -1) << static_cast<unsigned>(other);
    }
}

TEST(UnicodeTables, KnowTheShapesOfAsciiCharacters) {
    EXPECT_EQ(ascii_of_shape(0xB2), U'2');    // superscript
    EXPECT_EQ(ascii_of_shape(0x2089), U'9');  // subscript
    EXPECT_EQ(ascii_of_shape(0x2463), U'4');  // circled
    EXPECT_EQ(ascii_of_shape(0x247C), U'9');  // in parentheses
    EXPECT_EQ(ascii_of_shape(0x2488), U'1');  // with a full stop
    EXPECT_EQ(ascii_of_shape(0x24F5), U'1');  // in two circles
    EXPECT_EQ(ascii_of_shape(0x24FF), U'0');  // in a black circle
    EXPECT_EQ(ascii_of_shape(0x2792), U'9');
    EXPECT_EQ(ascii_of_shape(0x1F10A), U'9');  // with a comma
    EXPECT_EQ(ascii_of_shape(0x1F10B), U'0');
    EXPECT_EQ(ascii_of_shape(0xFF21), U'A');   // full width
    EXPECT_EQ(ascii_of_shape(0xFE6B), U'@');   // small
    EXPECT_EQ(ascii_of_shape(0x1D41A), U'a');  // mathematical
    EXPECT_EQ(ascii_of_shape(0x1F152), U'C');  // in a black circle
    // Ten, a fraction, a letter with a mark, an ideograph of a number, and ASCII itself.
    for (char32_t const other :
         {0x2469U, 0xBCU, 0xE9U, 0x4E00U, 0x3220U, 0x34U, 0x41U, 0x10FFFFU}) {
        EXPECT_EQ(ascii_of_shape(other), 0U) << static_cast<unsigned>(other);
    }
}

TEST(UnicodeTables, KnowWhatOnlyGroupsOrIsNotSeen) {
    for (char32_t const c :
         {0x09U, 0x20U, 0x85U, 0xA0U, 0x1680U, 0x2009U, 0x2028U, 0x202FU, 0x3000U}) {
        EXPECT_TRUE(is_unicode_white_space(c)) << static_cast<unsigned>(c);
    }
    for (char32_t const c :
         {0x2DU, 0x58AU, 0x2010U, 0x2015U, 0x2212U, 0xFE63U, 0xFF0DU, 0x10EADU}) {
        EXPECT_TRUE(is_dash(c)) << static_cast<unsigned>(c);
    }
    for (char32_t const c :
         {0xADU,
          0x61CU,
          0x200BU,
          0x200FU,
          0x202AU,
          0x2060U,
          0x2069U,
          0xFEFFU,
          0x1BCA0U,
          0x1D17AU}) {
        EXPECT_TRUE(is_invisible(c)) << static_cast<unsigned>(c);
    }
    for (char32_t const c : {0x0300U, 0x0332U, 0x20E3U, 0x1E94AU}) {
        EXPECT_TRUE(is_combining_mark(c)) << static_cast<unsigned>(c);
    }
    for (char32_t const c : {0x00U, 0x1FU, 0x21U, 0x5FU, 0x7EU, 0xE9U, 0x0903U, 0x10FFFFU}) {
        EXPECT_FALSE(
            is_unicode_white_space(c) || is_dash(c) || is_invisible(c) || is_combining_mark(c)
        ) << static_cast<unsigned>(c);
    }
}

TEST(UnicodeTables, KnowWhatStandsAroundACode) {
    for (char32_t const c : {0x28U, 0x5DU, 0x201EU, 0x300CU, 0x3011U, 0xFF09U, 0xFF63U}) {
        EXPECT_TRUE(is_bracket(c)) << static_cast<unsigned>(c);
    }
    for (char32_t const c : {0x22U, 0x27U, 0xABU, 0xBBU, 0x2018U, 0x201DU, 0x203AU, 0x300DU}) {
        EXPECT_TRUE(is_quotation_mark(c)) << static_cast<unsigned>(c);
    }
    for (char32_t const c : {0x21U, 0x2EU, 0x3AU, 0x060CU, 0x06D4U, 0x0964U, 0x3002U, 0xFF1AU}) {
        EXPECT_TRUE(is_terminal_punctuation(c)) << static_cast<unsigned>(c);
    }
    for (char32_t const c : {0x20U, 0x2BU, 0x2DU, 0x30U, 0x7EU, 0xE9U, 0x3042U, 0x10FFFFU}) {
        EXPECT_FALSE(is_bracket(c) || is_quotation_mark(c) || is_terminal_punctuation(c))
            << static_cast<unsigned>(c);
    }
}

TEST(Utf8, IsReadAndWritten) {
    for (char32_t const c :
         {0x01U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
        std::string text;
        append_utf8(text, c);
        auto const read = first_code_point(text + "x");
        EXPECT_TRUE(read.valid);
        EXPECT_EQ(read.value, c);
        EXPECT_EQ(read.size, text.size());
    }
}

TEST(Utf8, HasOneSpellingOfEachCharacter) {
    for (std::string const text :
         {"\x80",
          "\xC0\x80",
          "\xC1\xBF",
          "\xE0\x80\x80",
          "\xE0\x9F\xBF",
          "\xED\xA0\x80",
          "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80",
          "\xF8\x88\x80\x80\x80",
          "\xC3",
          "\xE2\x82",
          "\xC3("}) {
        EXPECT_FALSE(is_utf8(text));
        EXPECT_FALSE(first_code_point(text).valid);
        EXPECT_EQ(first_code_point(text).size, 1U);
    }
    EXPECT_TRUE(is_utf8("a\u00E9\u20AC\U0001F600"));
    EXPECT_FALSE(is_utf8("a\u00E9\xFF"));
    EXPECT_TRUE(is_utf8(""));
}

}  // namespace
}  // namespace otp::model
