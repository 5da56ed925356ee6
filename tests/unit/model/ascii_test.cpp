// What a character is in ASCII, of every octet and of characters beyond.

#include "model/ascii.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::model {
namespace {

constexpr std::string_view small = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";

bool is_one_of(std::string_view set, char c) {
    return set.find(c) != set.npos;
}

TEST(Ascii, ClassesOfEveryOctet) {
    for (int octet = 0; octet < 256; ++octet) {
        auto const c = static_cast<char>(octet);
        bool const letter = is_one_of(small, c) || is_one_of(capitals, c);
        EXPECT_EQ(is_digit(c), is_one_of(digits, c)) << octet;
        EXPECT_EQ(is_small_letter(c), is_one_of(small, c)) << octet;
        EXPECT_EQ(is_capital(c), is_one_of(capitals, c)) << octet;
        EXPECT_EQ(is_letter(c), letter) << octet;
        EXPECT_EQ(is_alphanumeric(c), letter || is_one_of(digits, c)) << octet;
        EXPECT_EQ(is_white_space(c), is_one_of(" \t\n\v\f\r", c)) << octet;
        EXPECT_EQ(is_ascii_control(c), octet < 0x20 || octet == 0x7F) << octet;
        EXPECT_EQ(is_hexadecimal(c), is_one_of("0123456789abcdefABCDEF", c)) << octet;
    }
}

TEST(Ascii, CharactersBeyondItAreOfNoClass) {
    // Their last octets are those of letters, digits and controls.
    for (char32_t const c :
         {U'\u0141', U'\u0161', U'\u0130', U'\u0109', U'\uFF11', U'\U0001F441'}) {
        EXPECT_FALSE(is_alphanumeric(c));
        EXPECT_FALSE(is_hexadecimal(c));
        EXPECT_FALSE(is_white_space(c));
        EXPECT_FALSE(is_ascii_control(c));
        EXPECT_EQ(to_lower(c), c);
        EXPECT_EQ(to_upper(c), c);
    }
    EXPECT_TRUE(is_alphanumeric(U'z'));
    EXPECT_TRUE(is_ascii_control(U'\x7F'));
    EXPECT_EQ(to_lower(U'Q'), U'q');
}

TEST(Ascii, CaseOfEveryOctet) {
    for (int octet = 0; octet < 256; ++octet) {
        auto const c = static_cast<char>(octet);
        auto const capital = capitals.find(c);
        auto const letter = small.find(c);
        EXPECT_EQ(to_lower(c), capital == capitals.npos ? c : small[capital]) << octet;
        EXPECT_EQ(to_upper(c), letter == small.npos ? c : capitals[letter]) << octet;
    }
    EXPECT_EQ(lower_case("aZ \xC3\x84!"), "az \xC3\x84!");
}

TEST(Ascii, HexadecimalDigitsHaveAValueInEitherCase) {
    for (int value = 0; value < 16; ++value) {
        EXPECT_EQ(hexadecimal_value("0123456789abcdef"[value]), value);
        EXPECT_EQ(hexadecimal_value("0123456789ABCDEF"[value]), value);
        EXPECT_EQ(hexadecimal_value(U"0123456789ABCDEF"[value]), value);
    }
    for (char const c : {'/', ':', '@', 'g', 'G', '`', '\xE1', '\0'}) {
        EXPECT_EQ(hexadecimal_value(c), -1);
    }
}

TEST(Ascii, TextsAreComparedButForTheCaseOfLetters) {
    EXPECT_TRUE(equal_ignoring_case("", ""));
    EXPECT_TRUE(equal_ignoring_case("Retry-After", "retry-AFTER"));
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
    EXPECT_FALSE(equal_ignoring_case("ab", "a"));
    EXPECT_FALSE(equal_ignoring_case("ab", "ac"));
    // They differ in the bit of the case, and are no letters.
    EXPECT_FALSE(equal_ignoring_case("x@", "x`"));
    EXPECT_FALSE(equal_ignoring_case("[", "{"));
    EXPECT_FALSE(equal_ignoring_case("\xC3\x84", "\xC3\xA4"));
}

TEST(Ascii, PartsOfAListAreTakenOneByOne) {
    std::string_view list = " a , b;c ,, d\t";
    EXPECT_EQ(take_until(list, ','), "a");
    EXPECT_EQ(take_until(list, ','), "b;c");
    EXPECT_EQ(take_until(list, ','), "");
    EXPECT_EQ(list, " d\t");
    EXPECT_EQ(take_until(list, ','), "d");
    EXPECT_EQ(list, "");
}

TEST(Ascii, AnyOctetIsPercentEncoded) {
    std::string text = "x";
    for (char const c : {'/', '\0', '\xFF', '\n'}) append_percent_encoded(text, c);
    EXPECT_EQ(text, "x%2F%00%FF%0A");
}

}  // namespace
}  // namespace otp::model
