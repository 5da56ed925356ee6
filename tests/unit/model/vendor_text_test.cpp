#include <otp/error.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

namespace otp {
namespace {

struct Case {
    std::string text;
    std::string expected;
};

void expect_scrubbed(Case const& example) {
    EXPECT_EQ(scrub_vendor_text(example.text), example.expected);
}

TEST(ScrubVendorText, KeepsWords) {
    Case const cases[] = {
        Case{"", ""},
        Case{"The phone number is invalid.", "The phone number is invalid."},
        Case{"Field required", "Field required"},
        Case{"phone_number_not_found", "phone_number_not_found"},
        Case{"expires between 1 and 10 minutes", "expires between 1 and 10 minutes"},
        Case{"status 404, in 30 s", "status 404, in 30 s"},
        Case{"a @ b", "a @ b"},
        Case{"int32, utf8, 10npay, OAuth2", "int32, utf8, 10npay, OAuth2"},
        Case{
            "Kunden\xC3\xBC"
            "bersicht",
            "Kunden\xC3\xBC"
            "bersicht"}};
    for (auto const& example : cases) expect_scrubbed(example);
}

TEST(ScrubVendorText, MasksCodes) {
    Case const cases[] = {
        Case{"your code is 1234", "your code is ***"},
        Case{"code: 000000.", "code: ***."},
        Case{"code 123 456 sent", "code *** sent"},
        Case{"code=123456&x=1", "code=***&x=1"},
        Case{"code7K2M9Q", "***"},
        Case{"code 7K2M9Q", "code ***"},
        Case{"\"otp\":\"4821\"", "\"otp\":\"***\""}};
    for (auto const& example : cases) expect_scrubbed(example);
}

TEST(ScrubVendorText, MasksPhoneNumbers) {
    Case const cases[] = {
        Case{"+12025550162 is invalid", "+*** is invalid"},
        Case{"Mobile 9002336768 not found", "Mobile *** not found"},
        Case{"call +1 (202) 555-0162 now", "call +*** now"},
        Case{"call 202.555.0162", "call ***"},
        Case{"+359 88 123 4567", "+***"},
        Case{"tel:+359881234567", "tel:+***"},
        Case{
            "1\xC2\xA0"
            "202\xC2\xA0"
            "555",
            "***"},
        Case{"10.0.0.254", "***"}};
    for (auto const& example : cases) expect_scrubbed(example);
}

TEST(ScrubVendorText, MasksEmailAddresses) {
    Case const cases[] = {
        Case{"user@example.com is taken", "*** is taken"},
        Case{"<first.last+tag@example.com>", "<***>"},
        Case{"user@localhost", "***"},
        Case{"us\xC3\xA9r@example.com", "***"},
        Case{"see https://example.com/?email=user%40example.com now", "see https:*** now"},
        Case{"mail to: a@b.co, c@d.co", "mail to: ***, ***"}};
    for (auto const& example : cases) expect_scrubbed(example);
}

TEST(ScrubVendorText, MasksTokens) {
    Case const cases[] = {
        Case{"key secret-test-11111111-1111-1111-1111-111111111111", "key ***"},
        Case{"key ZmFrZS1rZXktZm9yLXRlc3Rz!", "key ***!"},
        Case{
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJmYWtlIn0.ZmFrZXNpZ25hdHVyZQ",
            "Bearer ***.***.***"},
        Case{"deadbeefcafe0123", "***"},
        Case{"abcdefghijklmnopqrst", "***"},
        Case{"abcdefghijklmnopqrs", "abcdefghijklmnopqrs"}};
    for (auto const& example : cases) expect_scrubbed(example);
}

TEST(ScrubVendorText, ReplacesWhatIsNoText) {
    Case const cases[] = {
        Case{"a\r\nb\tc", "a  b c"},
        Case{"\x1b[31mred", " [31mred"},
        Case{std::string("a\0b", 3), "a b"},
        Case{"a\x7f", "a "},
        Case{"a\xC2\x85z", "a z"},
        Case{"a\xE2\x80\xA8z", "a z"},
        Case{"a\xE2\x80\xAEz", "a z"},
        Case{"a\xFFz", "a?z"},
        Case{"a\xC3", "a?"},
        Case{"a\xC0\xAFz", "a??z"},
        Case{"a\xED\xA0\x80z", "a???z"},
        Case{"a\xF5\x80\x80\x80z", "a????z"}};
    for (auto const& example : cases) expect_scrubbed(example);
}

TEST(ScrubVendorText, CutsLongText) {
    std::string words;
    while (words.size() < 10'000) words += "word ";
    EXPECT_EQ(scrub_vendor_text(words), words.substr(0, max_vendor_text));
}

TEST(ScrubVendorText, CutsBetweenCharacters) {
    std::string text(max_vendor_text - 1, '.');
    text += "\xE2\x82\xAC";
    EXPECT_EQ(scrub_vendor_text(text), text.substr(0, max_vendor_text - 1));
}

TEST(ScrubVendorText, LeavesNoPartOfACodeAtTheCut) {
    for (std::size_t before = max_vendor_text - 8; before <= max_vendor_text; ++before) {
        auto const result = scrub_vendor_text(std::string(before, '.') + "987654");
        EXPECT_EQ(result.find_first_of("987654"), std::string::npos) << before;
        EXPECT_LE(result.size(), max_vendor_text);
    }
}

TEST(ScrubVendorText, IsAlwaysTextThatJsonCanHold) {
    std::string bytes;
    for (int first = 0; first < 256; ++first) {
        for (int second : {0x00, 0x41, 0x7F, 0x80, 0xA0, 0xBF, 0xC2, 0xE0, 0xF0, 0xFF}) {
            bytes = {static_cast<char>(first), static_cast<char>(second), '\x80', 'x'};
            auto const result = scrub_vendor_text(bytes);
            boost::system::error_code error;
            auto const parsed =
                boost::json::parse(boost::json::serialize(boost::json::value(result)), error);
            EXPECT_FALSE(error) << first << ' ' << second;
            EXPECT_EQ(parsed, boost::json::value(result));
        }
    }
}

TEST(ScrubVendorText, TakesLinearTimeForHostileText) {
    for (std::string const part : {"1 ", "a@", "a.", "-", "1-", "%40", "\xC3\xA9"}) {
        std::string text;
        while (text.size() < 1'000'000) text += part;
        EXPECT_LE(scrub_vendor_text(text).size(), max_vendor_text) << part;
    }
}

TEST(ScrubVendorText, MasksWhateverTheSpelling) {
    Case const cases[] = {
        Case{"code 4,8,1,5,9,2!", "code ***!"},
        Case{"code 4_8_1_5_9_2!", "code ***!"},
        Case{"code 4, 8, 1, 5!", "code ***!"},
        Case{"code ４８１５９２!", "code ***!"},
        Case{"code ٤٨١٥٩٢!", "code ***!"},
        Case{"code 𝟒𝟖𝟏𝟓!", "code ***!"},
        Case{
            "code 4\xE2\x80\x8B"
            "8\xE2\x80\x8B"
            "1\xE2\x80\x8B"
            "5!",
            "code ***!"},
        Case{"code &#52;&#x38;&#49;&#53;!", "code ***!"},
        Case{"code %34%38%31%35!", "code ***!"},
        Case{R"(code \u0034\u0038\u0031\u0035!)", "code ***!"},
        Case{"jane.doe＠example.com!", "***!"},
        Case{"jane.doe﹫example.com!", "***!"},
        Case{"jane.doe&#64;example.com!", "***!"},
        Case{"jane.doe&#x40;example.com!", "***!"},
        Case{"jane.doe&#064;example&period;com!", "***!"},
        Case{"jane.doe&commat;example.com!", "***!"},
        Case{"jane.doe&amp;#64;example.com!", "***!"},
        Case{"jane.doe%40example.com!", "***!"},
        Case{"jane.doe%2540example.com!", "***!"},
        Case{R"(jane.doe\u0040example.com!)", "***!"},
        Case{R"(jane.doe\x40example.com!)", "***!"},
        Case{
            "jane.\x01"
            "doe@exa\x7fmple.com!",
            "***!"},
        Case{"jane.\tdoe@exa\nmple.com!", "***!"},
        Case{
            "jane.doe\xE2\x80\x8B@\xE2\x80\xAE"
            "example.com!",
            "***!"},
        Case{"＋１２０２５５５０１６２!", "＋***!"},
        Case{"%2B12025550162!", "%2B***!"}};
    for (auto const& example : cases) expect_scrubbed(example);
}

TEST(ScrubVendorText, KeepsOrdinarySentences) {
    for (std::string const text :
         {"The Code field is required.",
          "HTTP 404",
          "error 404: 30 seconds left",
          "must be 1, 2 or 3",
          "at 10:15:30",
          "50% of R&D & more; 100%",
          "C:\\users\\x",
          "a&b=c&d",
          "&unknown; \\q %zz %4",
          "Phone number must be in E.164 format",
          "line one\nline two"}) {
        auto expected = text;
        std::replace(expected.begin(), expected.end(), '\n', ' ');
        EXPECT_EQ(scrub_vendor_text(text), expected);
    }
}

TEST(ScrubVendorText, ShowsNothingBeyondWhatItLooksAt) {
    // Masks make a text short; what comes far behind them may be cut in the middle.
    std::string text;
    while (text.size() < 8 * 1024 - 3) text += '1';
    text += "jane.doe@example.com";
    auto const result = scrub_vendor_text(text);
    EXPECT_EQ(result, "***");
}

TEST(VendorIdentifier, IsKeptExactlyIfItIsShortAndDisplayable) {
    for (std::string const text :
         {"",
          "too_many_requests",
          "request-id-test-11111111",
          "00-fake-trace-01",
          "E 5",
          "5574718803",
          "853eb07a-1234-5678-9012-345678901234",
          "usér",
          "usèr",
          "50%",
          "a+b",
          "+123456"}) {
        EXPECT_EQ(vendor_identifier(text), text);
    }
    EXPECT_EQ(vendor_identifier(std::string(128, 'x')), std::string(128, 'x'));
}

TEST(VendorIdentifier, IsMaskedWhereItHoldsAnAddressOrAnInternationalNumber) {
    EXPECT_EQ(vendor_identifier("id-+12025550162"), "id-***");
    EXPECT_EQ(vendor_identifier("+1 (202) 555-0162/x"), "***/x");
    EXPECT_EQ(vendor_identifier("%2B12025550162"), "***");
    EXPECT_EQ(vendor_identifier("2077+12025550162"), "2077***");
    EXPECT_EQ(vendor_identifier("1+2+3+4+5+6+7"), "1+2+3+4+5+6+7");
    EXPECT_EQ(vendor_identifier("＋１２０２５５５０１６２"), "***");
    EXPECT_EQ(vendor_identifier("jane.doe@example.com"), "***");
    EXPECT_EQ(vendor_identifier("jane.doe%40example.com:1"), "***:1");
}

TEST(VendorIdentifier, IsCutVisibly) {
    auto const cut = [](std::size_t size) { return std::string(size, 'x').append("..."); };
    EXPECT_EQ(vendor_identifier(std::string(129, 'x')), cut(125));
    EXPECT_EQ(vendor_identifier(std::string(100'000, 'x')), cut(125));
    // A character is kept whole.
    EXPECT_EQ(vendor_identifier(std::string(124, 'x').append("ééé")), cut(124));
}

TEST(VendorIdentifier, WritesOutWhatCannotBeDisplayed) {
    EXPECT_EQ(vendor_identifier("a\r\nb\x1b\x7f"), "a%0D%0Ab%1B%7F");
    EXPECT_EQ(vendor_identifier("a\xFF"), "a%FF");
    EXPECT_EQ(vendor_identifier("a\xE2\x80\xAE"), "a%E2%80%AE");
    EXPECT_EQ(vendor_identifier(std::string("a\0b", 3)), "a%00b");
}

}  // namespace
}  // namespace otp
