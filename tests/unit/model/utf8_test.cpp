#include "model/utf8.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::model {
namespace {

using namespace std::string_view_literals;

bool is_scalar_value(char32_t c) {
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

TEST(Utf8, EveryCharacterIsReadAsItWasWritten) {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (!is_scalar_value(c)) continue;
        std::string text;
        append_utf8(text, c);
        auto const [value, size, valid] = first_code_point(text + "!");
        ASSERT_TRUE(valid) << static_cast<unsigned>(c);
        ASSERT_EQ(value, c);
        ASSERT_EQ(size, text.size());
        ASSERT_EQ(size, c < 0x80 ? 1U : c < 0x800 ? 2U : c < 0x10000 ? 3U : 4U);
        ASSERT_EQ(count_characters(text), 1U);
    }
}

TEST(Utf8, WhatIsNotWellFormedIsNone) {
    // RFC 3629 3 and 4, and Unicode's table 3-7: each at its edges.
    for (auto const text :
         {"\x80"sv,
          "\xBF"sv,  // nothing that it would go on with
          "\xC0\x80"sv,
          "\xC1\xBF"sv,  // over-long
          "\xE0\x80\x80"sv,
          "\xE0\x9F\xBF"sv,  //
          "\xF0\x80\x80\x80"sv,
          "\xF0\x8F\xBF\xBF"sv,
          "\xED\xA0\x80"sv,
          "\xED\xBF\xBF"sv,  // surrogates
          "\xF4\x90\x80\x80"sv,
          "\xF5\x80\x80\x80"sv,
          "\xFF"sv,
          "\xC3"sv,
          "\xE2\x82"sv,
          "\xF0\x9F\x92"sv,  // cut off
          "\xC3("sv,
          "\xE2(\xA1"sv,
          "\xE2\x82("sv,
          "\xF0(\x8C\xBC"sv,
          "\xF0\x90(\xBC"sv,
          "\xF0\x90\x8C("sv}) {
        EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(text);
        EXPECT_FALSE(is_utf8("a" + std::string(text)));
        EXPECT_EQ(first_code_point(text).size, 1U);
        EXPECT_FALSE(first_code_point(text).valid);
    }
    for (auto const text :
         {""sv,
          "a"sv,
          "\0"sv,
          "\xC2\x80"sv,
          "\xE0\xA0\x80"sv,
          "\xED\x9F\xBF"sv,
          "\xEE\x80\x80"sv,
          "\xF0\x90\x80\x80"sv,
          "\xF4\x8F\xBF\xBF"sv,
          "5 \xE2\x82\xAC"sv}) {
        EXPECT_TRUE(is_utf8(text)) << testing::PrintToString(text);
    }
}

TEST(Utf8, CharactersAreCountedAndNotOctets) {
    EXPECT_EQ(count_characters(""), 0U);
    EXPECT_EQ(count_characters("abc"), 3U);
    EXPECT_EQ(count_characters("5 \xE2\x82\xAC \xF0\x9F\x92\xA9"), 5U);
}

TEST(Utf8, IsCutBetweenCharacters) {
    constexpr auto text = "a\xE2\x82\xAC\xC3\xA9"sv;
    EXPECT_EQ(cut_between_characters(text, 0), "");
    EXPECT_EQ(cut_between_characters(text, 1), "a");
    EXPECT_EQ(cut_between_characters(text, 3), "a");
    EXPECT_EQ(cut_between_characters(text, 4), "a\xE2\x82\xAC");
    EXPECT_EQ(cut_between_characters(text, 5), "a\xE2\x82\xAC");
    EXPECT_EQ(cut_between_characters(text, 6), text);
    EXPECT_EQ(cut_between_characters(text, 60), text);
}

}  // namespace
}  // namespace otp::model
