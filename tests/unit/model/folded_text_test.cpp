#include "model/folded_text.hpp"

#include "model/unicode_digits.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::model {
namespace {

std::string folded(std::string_view text) {
    std::string result;
    for (auto const& character : fold(text)) {
        result += character.value < 0x80 ? static_cast<char>(character.value) : '?';
    }
    return result;
}

TEST(Fold, MakesAllSpellingsOne) {
    struct Case {
        std::string_view text;
        std::string_view expected;
    };
    for (auto const& [text, expected] : {
             Case{"", ""},
             Case{"Ab1", "ab1"},
             Case{"%41%62", "ab"},
             Case{"%C3%A9", "?"},
             Case{"%EF%BC%94", "4"},
             Case{"%2541", "a"},
             Case{"%25252541", "%41"},  // deeper than anybody writes
             Case{"&#65;&#x42;&#67", "abc"},
             Case{"&#37;41", "a"},
             Case{"&amp;commat;", "@"},
             Case{R"(\u0041\x42\/)", "ab/"},
             Case{R"(\ud835\udfd2)", "4"},
             Case{R"(\ud835x)", "?x"},
             Case{"%u0041%u00e9", "a?"},
             Case{"%uD835%uDFD2", "4"},
             Case{"%ud835x", "?x"},
             Case{"%u004", "%u004"},
             Case{R"(\u{41}\x{42}\u{1D7D2})", "ab4"},
             Case{R"(\u{})", R"(\u{})"},
             Case{R"(\u{41)", R"(\u{41)"},
             Case{R"(\u{0000000000000041})", "a"},
             Case{R"(\u{123456789})", R"(\u{123456789})"},
             Case{R"(\U00000041)", "a"},
             Case{R"(\u000012ab)", "12ab"},  // U+12AB is no spelling of ASCII
             Case{R"(\101\060\62\1009)", R"(a0\62\1009)"},
             Case{R"(\377\189\40)", R"(\377\189\40)"},
             Case{"④⁸₁⒌⑼❷ⓐ𝐁🅒", "481592abc"},
             Case{R"(\@\.\\\"\\\\)", "@.\"\\"},
             Case{R"(a\nb\tc\r\f\b)", "a\nb\nc\n\n"},
             Case{"&#0000000000065;&#x000000000000042;", "ab"},
             Case{"=41", "=41"},
             Case{"4\u0332\uFE0F\u20E3", "4"},
             Case{"Ａ＠１", "a@1"},
             Case{"१२३", "123"},
             Case{
                 "a\x01\x7f\xC2\xAD\xE2\x80\x8B\xE2\x80\x8F\xEF\xBB\xBF"
                 "b",
                 "ab"},
             Case{"a\tb\nc", "a\nb\nc"},
             Case{
                 "a\xC2\xA0\xE3\x80\x80"
                 "b",
                 "a  b"},
             Case{"%", "%"},
             Case{"%4", "%4"},
             Case{"%zz", "%zz"},
             Case{"&", "&"},
             Case{"&#;", "&#;"},
             Case{"&#x;", "&#x;"},
             Case{"&none;", "&none;"},
             Case{R"(\)", R"(\)"},
             Case{R"(\u12)", R"(\u12)"},
             Case{R"(\q)", R"(\q)"},
             Case{"\xFF", "?"},
         }) {
        EXPECT_EQ(folded(text), expected) << text;
    }
}

TEST(Fold, KeepsEachRoundOfDecoding) {
    auto const texts_of = [](std::string_view text) {
        std::vector<std::string> texts;
        for (auto const& round : fold_in_rounds(text)) {
            auto& result = texts.emplace_back();
            for (auto const& character : round) result += static_cast<char>(character.value);
        }
        return texts;
    };
    EXPECT_EQ(texts_of("Ab"), std::vector<std::string>{"ab"});
    EXPECT_EQ(texts_of("%2541"), (std::vector<std::string>{"%2541", "%41", "a"}));
    EXPECT_EQ(texts_of("%2525252541").size(), 4U);
    for (std::string_view const text : {"", "%2541&amp;commat;", "%25252541"}) {
        auto const last = fold_in_rounds(text).back();
        auto const all = fold(text);
        ASSERT_EQ(last.size(), all.size()) << text;
        for (std::size_t at = 0; at < all.size(); ++at) EXPECT_EQ(last[at].value, all[at].value);
    }
}

TEST(Fold, ReadsQuotedPrintableByItself) {
    auto const texts_of = [](std::string_view text) {
        std::vector<std::string> texts;
        for (auto const& round : fold_quoted_printable_in_rounds(text)) {
            auto& result = texts.emplace_back();
            for (auto const& character : round) {
                result += character.value < 0x80 ? static_cast<char>(character.value) : '?';
            }
        }
        return texts;
    };
    using Texts = std::vector<std::string>;
    EXPECT_EQ(texts_of("=41=4a"), Texts{"aj"});
    EXPECT_EQ(texts_of("=C3=A9=41"), Texts{"?a"});
    EXPECT_EQ(texts_of("=3D41"), (Texts{"=41", "a"}));
    EXPECT_EQ(texts_of("%3D41"), (Texts{"=41", "a"}));
    EXPECT_EQ(texts_of("=4%31"), (Texts{"=41", "a"}));
    for (std::string_view const text : {"", "a", "a=b", "=4", "==", "%41"}) {
        EXPECT_EQ(texts_of(text), Texts{}) << text;
    }
}

TEST(Fold, TellsWhereACharacterCameFrom) {
    auto const text = fold("a%40&#98;\xE2\x80\x8B\xEF\xBC\x94");
    ASSERT_EQ(text.size(), 4U);
    EXPECT_EQ(text[0].begin, 0U);
    EXPECT_EQ(text[0].end, 1U);
    EXPECT_EQ(text[1].begin, 1U);
    EXPECT_EQ(text[1].end, 4U);
    EXPECT_EQ(text[2].begin, 4U);
    EXPECT_EQ(text[2].end, 9U);
    EXPECT_EQ(text[3].begin, 12U);
    EXPECT_EQ(text[3].end, 15U);
}

TEST(DecimalDigit, KnowsEveryScript) {
    EXPECT_EQ(decimal_digit(U'0'), 0);
    EXPECT_EQ(decimal_digit(U'9'), 9);
    EXPECT_EQ(decimal_digit(U'/'), -1);
    EXPECT_EQ(decimal_digit(U':'), -1);
    EXPECT_EQ(decimal_digit(0x065F), -1);
    EXPECT_EQ(decimal_digit(0x0660), 0);
    EXPECT_EQ(decimal_digit(0x0669), 9);
    EXPECT_EQ(decimal_digit(0x066A), -1);
    EXPECT_EQ(decimal_digit(0xFF14), 4);
    EXPECT_EQ(decimal_digit(0x1D7CE), 0);
    EXPECT_EQ(decimal_digit(0x1D7FF), 9);
    EXPECT_EQ(decimal_digit(0x1FBF9), 9);
    EXPECT_EQ(decimal_digit(0x1FBFA), -1);
    EXPECT_EQ(decimal_digit(0x10FFFF), -1);
    int digits = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) digits += decimal_digit(c) >= 0 ? 1 : 0;
    EXPECT_EQ(digits, 660);  // Unicode 14.0.0: the characters of category Nd
}

}  // namespace
}  // namespace otp::model
