#include <otp/phone_number.hpp>

#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace otp {
namespace {

void expect_accepted_phone(std::string const& text) {
    auto const number = PhoneNumber::parse(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->reveal(), text);
}

TEST(PhoneNumber, IsKeptAsItIs) {
    std::string const cases[] = {
        "+12025550162", "+359881234567", "+919002336768", "+12", "+123456789012345"};
    for (auto const& example : cases) expect_accepted_phone(example);
}

void expect_refused_phone(std::string const& text) {
    auto const number = PhoneNumber::parse(text);
    ASSERT_FALSE(number) << text;
    auto const& error = number.error();
    EXPECT_EQ(error.category, ErrorCategory::invalid_recipient);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(error.violations[0].pointer, "/to/phone");
    if (text.size() > 3) {
        EXPECT_EQ(error.message.find(text), std::string::npos);
        EXPECT_EQ(error.violations[0].message.find(text), std::string::npos);
    }
}
TEST(PhoneNumber, RefusesOtherFormsWithoutRepeatingThem) {
    std::string const cases[] = {
        "",
        "+",
        "+1",
        "12025550162",
        "0012025550162",
        "+02025550162",
        "+1234567890123456",
        "+1 202 555 0162",
        "+1-202-555-0162",
        "+1(202)5550162",
        "+1\u00A02025550162",
        "+1\u200B2025550162",
        "+\u20110162",
        "\u202A+\u202A12025550162",
        "+12025550162x5",
        "++12025550162",
        "+1202555016a",
        "\uFF0B",
        "+1\uFF08202\uFF095550162",  // full-width parentheses
        "\uFF0B\u06F0\u06F1\u06F2",  // the first digit is a 0
        "\u207A12025550162",         // superscript plus
        "+12025550162\xFF",
        std::string(
            "+1202\x00"
            "5550162",
            13
        )};
    for (auto const& example : cases) expect_refused_phone(example);
}

TEST(PhoneNumber, IsReadAsThePersonMeansIt) {
    std::string const typed[] = {
        " +12025550162",
        "+12025550162 ",
        "\t+12025550162\r\n",
        "\u00A0+12025550162\u3000",
        "\u2068+12025550162\u2069",         // isolate
        "\u202A+12025550162\u202C",         // as contacts are copied on some systems
        "\u200E +12025550162\u200B\uFEFF",  // marks and blanks mixed
        "\uFF0B12025550162",                // full-width plus
        "\uFF0B\uFF11\uFF12\uFF10\uFF12\uFF15\uFF15\uFF15\uFF10\uFF11\uFF16\uFF12",
        "+\u0661\u0662\u0660\u0662\u0665\u0665\u0665\u0660\u0661\u0666\u0662",
    };
    for (auto const& text : typed) {
        auto const number = PhoneNumber::parse(text);
        ASSERT_TRUE(number) << text;
        EXPECT_EQ(number->reveal(), "+12025550162") << text;
    }
}

TEST(PhoneNumber, ShowsOnlyTheFirstFourAndTheLastTwoDigits) {
    EXPECT_EQ(PhoneNumber::parse("+919002336768")->masked(), "+9190******68");
    EXPECT_EQ(PhoneNumber::parse("+12025550162")->masked(), "+1202*****62");
    EXPECT_EQ(PhoneNumber::parse("+1202555016")->masked(), "+1202****16");
}

TEST(PhoneNumber, HidesAShortNumberAlmostWhole) {
    EXPECT_EQ(PhoneNumber::parse("+359881234")->masked(), "+3********");
    EXPECT_EQ(PhoneNumber::parse("+12")->masked(), "+1*");
}

TEST(PhoneNumber, PrintsItsMask) {
    std::ostringstream out;
    out << *PhoneNumber::parse("+12025550162");
    EXPECT_EQ(out.str(), "+1202*****62");
}

TEST(PhoneNumber, ComparesByItsDigits) {
    EXPECT_EQ(*PhoneNumber::parse("+12025550162"), *PhoneNumber::parse("+12025550162"));
    EXPECT_NE(*PhoneNumber::parse("+12025550162"), *PhoneNumber::parse("+12025550163"));
}

}  // namespace
}  // namespace otp
