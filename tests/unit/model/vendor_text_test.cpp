#include <otp/error.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

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
    for (auto const& example : cases) {
        expect_scrubbed(example);
    }
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
    for (auto const& example : cases) {
        expect_scrubbed(example);
    }
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
    for (auto const& example : cases) {
        expect_scrubbed(example);
    }
}

TEST(ScrubVendorText, MasksEmailAddresses) {
    Case const cases[] = {
        Case{"user@example.com is taken", "*** is taken"},
        Case{"<first.last+tag@example.com>", "<***>"},
        Case{"user@localhost", "***"},
        Case{"us\xC3\xA9r@example.com", "***"},
        Case{"see https://example.com/?email=user%40example.com now", "see https:*** now"},
        Case{"mail to: a@b.co, c@d.co", "mail to: ***, ***"}};
    for (auto const& example : cases) {
        expect_scrubbed(example);
    }
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
    for (auto const& example : cases) {
        expect_scrubbed(example);
    }
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
    for (auto const& example : cases) {
        expect_scrubbed(example);
    }
}

TEST(ScrubVendorText, CutsLongText) {
    std::string words;
    while (words.size() < 10'000) {
        words += "word ";
    }
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
        while (text.size() < 1'000'000) {
            text += part;
        }
        EXPECT_LE(scrub_vendor_text(text).size(), max_vendor_text) << part;
    }
}

TEST(VendorIdentifier, IsKeptIfItIsShortAndPrintable) {
    for (std::string const text :
         {"", "too_many_requests", "request-id-test-11111111", "00-fake-trace-01", "E 5"}) {
        EXPECT_EQ(vendor_identifier(text), text);
    }
    EXPECT_EQ(vendor_identifier(std::string(128, 'x')), std::string(128, 'x'));
}

TEST(VendorIdentifier, IsCutAndItsOtherBytesReplaced) {
    EXPECT_EQ(vendor_identifier(std::string(129, 'x')), std::string(128, 'x'));
    EXPECT_EQ(vendor_identifier("a\r\nb\x1b\xC3\xA9\x7f"), "a??b????");
    EXPECT_EQ(vendor_identifier(std::string("a\0b", 3)), "a?b");
}

}  // namespace
}  // namespace otp
