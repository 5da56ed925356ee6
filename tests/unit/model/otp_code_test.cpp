#include <otp/otp_code.hpp>

#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <type_traits>

namespace otp {
namespace {

TEST(OtpCode, IsKeptAsItIsTyped) {
    for (std::string const text : {"1", "123456", "000000", "0042", "aB3x9", "~!"}) {
        auto const code = OtpCode::parse(text);
        ASSERT_TRUE(code) << text;
        EXPECT_EQ(code->reveal(), text);
    }
    EXPECT_TRUE(OtpCode::parse(std::string(64, '1')));
}

TEST(OtpCode, IsReadAsThePersonMeansIt) {
    std::string const typed[] = {
        " \t123456\r\n",
        "123 456",
        "123\n456",
        "123-456",
        "123\u2013456",                          // en dash
        "123\u2014456",                          // em dash
        "123\u2011456",                          // non-breaking hyphen
        "\u2212123456",                          // minus sign
        "123\uFF0D456",                          // full-width hyphen
        "123\u00A0456",                          // no-break space
        "123\u202F456",                          // narrow no-break space
        "123\u2009456",                          // thin space
        "123\u3000456",                          // ideographic space
        "123\u30FC456",                          // katakana prolonged sound mark
        "123\uFF70456",                          // its half-width form
        "123\uFF5E456",                          // full-width tilde
        "123\u301C456",                          // wave dash
        "123\u00B7456",                          // middle dot
        "123\u2022456",                          // bullet
        "123\u30FB456",                          // katakana middle dot
        "123\u2027456",                          // hyphenation point
        "123\u2219456",                          // bullet operator
        "123\uFF65456",                          // its half-width form
        "\u200E123456",                          // left-to-right mark
        "\u2068123456\u2069",                    // isolate
        "123\u200B456",                          // zero-width space
        "123\u2060456",                          // word joiner
        "123\u00AD456",                          // soft hyphen
        "\uFEFF123456",                          // byte order mark
        "\u0661\u0662\u0663\u0664\u0665\u0666",  // Arabic-Indic
        "\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6",  // Persian
        "\u0967\u0968\u0969\u096A\u096B\u096C",  // Devanagari
        "\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16",  // full width
        "12\u0663\uFF14\U0001D7D3\u096C",        // several at once
        "(123456)",
        "[123456]",
        "{123456}",
        "<123456>",
        "\"123456\"",
        "'123456'",
        "`123456`",
        "*123456*",  // bold, as messengers write it
        "#123456",   // as at the end of an SMS for a web page
        "(123456",
        "123456)",
        "\"(123456).\"",
        "123456.",
        "123456,",
        "123456;",
        "123456:",
        "123456!",
        "123456?",
        "123456...",
        "123456\u2026",                    // ellipsis
        "\u201C123456\u201D",              // English quotation marks
        "\u201E123456\u201C",              // German ones
        "\u00AB\u00A0123456\u00A0\u00BB",  // French ones
        "\u2018123456\u2019",
        "\u300C123456\u300D",                          // corner brackets
        "\u3010123456\u3011",                          // lenticular brackets
        "\uFF08123456\uFF09",                          // full-width parentheses
        "123456\u3002",                                // ideographic full stop
        "123456\u0964",                                // danda
        "\u0661\u0662\u0663\u0664\u0665\u0666\u06D4",  // Arabic full stop
        "123.456",
        "1.2.3.4.5.6",
        "123,456",  // as a number that was dictated
        "123'456",
        "123\u2019456",
        "123_456",
        "\u0661\u0662\u0663\u066C\u0664\u0665\u0666",  // Arabic thousands separator
        "123\uFF0E456",                                // full-width full stop
        "(123-456).",
        "code: 123456",
        "Your code:123-456.",
        "Hello,\nyour code is this: \"123456\"",
        "\u041A\u043E\u0434: 123456",            // Russian
        "\u9A8C\u8BC1\u7801\uFF1A123456\u3002",  // Chinese
    };
    for (auto const& text : typed) {
        auto const code = OtpCode::parse(text);
        ASSERT_TRUE(code) << text;
        EXPECT_EQ(code->reveal(), "123456") << text;
    }
}

TEST(OtpCode, KeepsLettersAndTheirCase) {
    EXPECT_EQ(OtpCode::parse("aB3-xO")->reveal(), "aB3xO");
    EXPECT_EQ(OtpCode::parse("\u0661O")->reveal(), "1O");
    EXPECT_EQ(OtpCode::parse("\uFF41\uFF22\uFF13-\uFF38\uFF4F")->reveal(), "aB3Xo");
    // What is a character of a code in ASCII is one in full width, too.
    EXPECT_EQ(OtpCode::parse("\uFF01.\uFF0E~")->reveal(), "!..~");
}

TEST(OtpCode, LosesNothingThatMayBePartOfIt) {
    // A letter and a dash may be the beginning of a code as well as of a vendor's name.
    EXPECT_EQ(OtpCode::parse("G-123456")->reveal(), "G123456");
    EXPECT_EQ(OtpCode::parse("(G-123456)")->reveal(), "G123456");
    EXPECT_EQ(OtpCode::parse("Code: aB3-x9.")->reveal(), "aB3x9");
    // Punctuation goes only where letters and digits alone are left, and one by one as it stands.
    for (std::string const text :
         {"~123456.",
          "(12)34",
          "12(34",
          "1..2",
          "a.b",
          "1.b",
          "a.1",
          "12:34",
          "1+2",
          "...",
          "()",
          "~:",
          "12/34",
          "2x:34",
          "a:~"}) {
        EXPECT_EQ(OtpCode::parse(text)->reveal(), text);
    }
    // Only the last of several is the label's colon, and none with a digit before it.
    EXPECT_EQ(OtpCode::parse("a:b:c")->reveal(), "c");
    EXPECT_EQ(OtpCode::parse("a:")->reveal(), "a");
    EXPECT_EQ(OtpCode::parse("a:1:b")->reveal(), "a:1:b");
}

TEST(OtpCode, IsMeasuredAfterItWasRead) {
    EXPECT_EQ(
        OtpCode::parse(std::string(64, '1') + std::string(1000, ' '))->reveal(),
        std::string(64, '1')
    );
    EXPECT_EQ(OtpCode::parse("\u3000-1-\u3000")->reveal(), "1");
}

TEST(OtpCode, RefusesWithoutRepeating) {
    std::string const refused[] = {
        "",
        "   ",
        "---",
        "\u200E\uFEFF",
        "12345\x7f",
        "12345\x1b",
        "12345\xFF",
        "12345\u00B2",  // superscript two is no decimal digit
        "12345\u2460",  // nor is a circled one
        "12345\uFFE5",  // full-width yen sign: no form of ASCII
        "12345\u3042",
        "\u3042:",
        "\u3042:~1",
        "1\u3042:2",
        "\u3002",
        "\u201C",
        "12\u301434",
        "~1\u3002",
        "\xFF:123456",
        "\u30FC\uFF5E\u2022",
        "12345\xE2\x80",
        "12345\xC3\xA9",
        std::string(
            "123\0"
            "456",
            7
        ),
        std::string(65, '7')};
    for (auto const& text : refused) {
        auto const code = OtpCode::parse(text);
        ASSERT_FALSE(code) << text;
        EXPECT_EQ(code.error().category, ErrorCategory::invalid_request);
        EXPECT_EQ(code.error().delivery, Delivery::not_sent);
        ASSERT_EQ(code.error().violations.size(), 1U);
        EXPECT_EQ(code.error().violations[0].pointer, "/code");
        EXPECT_EQ(code.error().message.find("123"), std::string::npos);
        EXPECT_EQ(code.error().message.find("777"), std::string::npos);
    }
}

TEST(OtpCode, PrintsStars) {
    std::ostringstream out;
    out << *OtpCode::parse("123456");
    EXPECT_EQ(out.str(), "***");
}

TEST(OtpCode, IsCopiedOnlyOnPurpose) {
    static_assert(!std::is_copy_constructible_v<OtpCode>);
    auto const code = OtpCode::parse("123456");
    EXPECT_EQ(code->clone().reveal(), "123456");
}

}  // namespace
}  // namespace otp
