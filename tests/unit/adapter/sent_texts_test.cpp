#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/send_otp.hpp>
#include <otp/verify_otp.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace otp {
namespace {

constexpr std::string_view uuid = "853eb07a-64be-81aa-a147-bc79a44c3782";

SendOtp send_request() {
    Recipient recipient(PhoneNumber::parse("+12025550162").value());
    recipient.email = EmailAddress::parse("jane.doe@example.com").value();
    recipient.user_ids["acme"] = "customer_x7";
    recipient.user_ids["other"] = "2077";
    SendOtp send(std::move(recipient));
    send.reference = "order-77a";
    send.client.ip_address = "203.0.113.5";
    send.vendor_fields["acme"]["name"] = "Jane";
    send.vendor_fields["acme"]["flag"] = "true";
    send.vendor_fields["acme"]["count"] = "60";
    return send;
}

VerifyOtp verify_request(std::string_view code = "481592") {
    VerificationHandle handle("i", "acme", Channel::sms);
    handle.set_reference("mobile", "9002336768");
    handle.set_reference("type", "phone");
    handle.set_reference("transaction", "txn-abcdefgh");
    VerifyOtp verify(std::move(handle), OtpCode::parse(code).value());
    verify.vendor_fields["acme"]["name"] = "Joe Public";
    return verify;
}

InstanceConfig instance() {
    InstanceConfig config;
    config.credentials["user"] = Secret("service");
    config.credentials["password"] = Secret("correct horse");
    config.options["initiator_id"] = "9971771929";
    config.options["locale"] = "english";
    config.proxy.emplace();
    config.proxy->password = Secret("proxy-pass");
    return config;
}

std::string masked(std::string text, SentTexts const& sent) {
    sent.mask_known(text);
    return text;
}

TEST(SentTexts, KnowsEverythingThatASendBringsAlong) {
    auto const send = send_request();
    auto const config = instance();
    SentTexts sent(send, &config);
    sent.set_access_token("tok-en1");
    for (std::string_view const text :
         {"+12025550162",
          "12025550162",
          "0012025550162",
          "2025550162",
          "5550162",
          "202-555-0162",
          "(202) 555 0162",
          "jane.doe@example.com",
          "customer_x7",
          "2077",
          "order-77a",
          "203.0.113.5",
          "Jane",
          "service",
          "correct horse",
          "9971771929",
          "proxy-pass",
          "tok-en1"}) {
        auto const echo = "[" + std::string(text) + "]";
        EXPECT_EQ(
            masked(echo, sent).find_first_of("0123456789abcdefghijklmnopqrstuvwxyz"), echo.npos
        ) << text;
        EXPECT_NE(sent.scrub_identifier(echo), echo) << text;
        EXPECT_NE(sent.scrub_code(echo), echo) << text;
        EXPECT_EQ(sent.scrub_text(echo).find(text), echo.npos) << text;
    }
}

TEST(SentTexts, KnowsEverythingThatAVerifyBringsAlong) {
    auto const verify = verify_request();
    SentTexts const sent(verify);
    for (std::string_view const text :
         {"481592",
          "4815",
          "8159",
          "1592",
          "4 8 1 5 9 2",
          "9002336768",
          "txn-abcdefgh",
          "Joe Public"}) {
        EXPECT_EQ(masked("(" + std::string(text) + ")", sent), "(***)") << text;
    }
}

TEST(SentTexts, MasksTheBasicAuthorizationThatWasSent) {
    auto const send = send_request();
    auto const config = instance();
    auto const header = basic_authorization("service", "correct horse");
    EXPECT_EQ(
        masked("got '" + header + "'", SentTexts(send, &config)).find(header.substr(6, 8)),
        header.npos
    );
}

TEST(SentTexts, KnowsNothingOfWhatWasNotSent) {
    auto const send = send_request();
    auto const verify = verify_request();
    for (std::string const text :
         {"The phone number is true.",
          "an email to be sent",
          "customer x",
          "in 60 s",
          "20771",
          "id 5574718803",
          "janet",
          "english",
          "202555",
          "481",
          "48 a 15"}) {
        EXPECT_EQ(masked(text, SentTexts(send)), text);
        EXPECT_EQ(masked(text, SentTexts(verify)), text);
        EXPECT_EQ(masked(text, SentTexts()), text);
    }
    EXPECT_EQ(SentTexts(send).scrub_identifier(uuid), uuid);
    EXPECT_EQ(SentTexts(verify).scrub_identifier(uuid), uuid);
    EXPECT_EQ(SentTexts(send).scrub_identifier(""), "");
}

TEST(SentTexts, MasksAllSpellings) {
    auto const send = send_request();
    SentTexts const sent(send);
    for (std::string_view const spelling :
         {"%2B12025550162",
          "%2b1%32025550162",
          "&#43;12025550162",
          "&plus;12025550162",
          R"(\u002b12025550162)",
          "１２０２５５５０１６２",
          "١٢٠٢٥٥٥٠١٦٢",
          "1,202,555,0162",
          "1_2_0_2_5_5_5_0_1_6_2",
          "1|2|0|2|5|5|5|0|1|6|2",
          "1:202:555:0162",
          "1 – 202 – 555 – 0162",
          "[1] [202] [555] [0162]",
          "1\xE2\x80\x8B"
          "202\x01"
          "555\n0162",
          "JANE.DOE@EXAMPLE.COM",
          "jane.doe＠example.com",
          "jane.doe&#64;example.com",
          "jane.doe&commat;example.com",
          "jane.doe%2540example.com",
          "jane.doe @ example.com",
          "ja\x01ne.doe@exam\tple.com",
          "CUSTOMER_X7",
          "customer%5Fx7",
          "customer x7"}) {
        std::string text = "<";
        text += spelling;
        text += '>';
        auto const result = masked(text, sent);
        EXPECT_NE(result.find("***"), text.npos) << spelling;
        EXPECT_LE(result.size(), 12U) << spelling << " became " << result;
    }
}

TEST(SentTexts, MasksReferencesWithAnyNumberOfLeadingZeros) {
    auto const send = send_request();
    auto const verify = verify_request();
    std::string const zeros(3000, '0');
    for (std::string const at : {"&#000000064;", "&#x0000000000040;"}) {
        EXPECT_EQ(masked("<jane.doe" + at + "example.com>", SentTexts(send)), "<***>") << at;
        EXPECT_EQ(SentTexts().scrub_text("<someone" + at + "other.org>"), "<***>") << at;
    }
    EXPECT_EQ(masked("<jane.doe&#" + zeros + "64;example.com>", SentTexts(send)), "<***>");
    EXPECT_EQ(
        masked("<&#0000000052;&#0000000056;&#x00000000031;&#0000000053;>", SentTexts(verify)),
        "<***>"
    );
    EXPECT_EQ(
        SentTexts().scrub_text("<&#0000000055;&#0000000056;&#x00000000031;&#0000000053;>"), "<***>"
    );
}

TEST(SentTexts, MasksWhatHasInvisibleCharactersOrMarksInIt) {
    auto const send = send_request();
    auto const verify = verify_request();
    auto const config = instance();
    for (std::string_view const between :
         {"\U0001BCA0",
          "\U0001BCA3",
          "\U0001D173",
          "\U0001D17A",
          "\U000E0041",
          "\uFFF9",
          "\uFFFB",
          "\u0332",
          "\u0301",
          "\u20E3",
          "\uFE0F\u20E3",
          "\u0332\u0332\u0332\u0332\u0332\u0332"}) {
        auto const spelled = [&](std::string_view text) {
            std::string result;
            for (char const c : text) result.append(1, c).append(between);
            return result;
        };
        auto const is_masked = [](std::string const& text) {
            return text.find_first_of("0123456789abcdefghijklmnopqrstuvwxyz") == text.npos;
        };
        for (std::string_view const text : {"12025550162", "jane.doe@example.com", "customer_x7"}) {
            EXPECT_TRUE(is_masked(masked(spelled(text), SentTexts(send)))) << spelled(text);
        }
        EXPECT_TRUE(is_masked(masked(spelled("481592"), SentTexts(verify)))) << between;
        EXPECT_TRUE(is_masked(masked(spelled("correct horse"), SentTexts(config)))) << between;
        EXPECT_TRUE(is_masked(SentTexts().scrub_text(spelled("7823")))) << between;
        EXPECT_TRUE(is_masked(SentTexts().scrub_text(spelled("someone@other.org")))) << between;
    }
}

TEST(SentTexts, MasksWhatProgramsAndMailWriteInOtherWays) {
    auto const send = send_request();
    auto const verify = verify_request();
    for (std::string_view const at :
         {"=40",
          "=3D40",
          "%3D40",
          "%u0040",
          "%25u0040",
          R"(\u{40})",
          R"(\u{000000040})",
          R"(\x{40})",
          R"(\x{0040})",
          R"(\x40)",
          R"(\U00000040)",
          R"(\U0000FF20)",
          R"(\\u0040)",
          R"(\\\\\\\\u0040)",
          R"(\@)",
          R"(\\\@)",
          R"(\%40)"}) {
        auto const text = "<jane.doe" + std::string(at) + "example.com>";
        EXPECT_EQ(masked(text, SentTexts(send)), "<***>") << text;
        EXPECT_EQ(SentTexts(send).scrub_identifier(text), "<***>") << text;
    }
    for (std::string_view const code :
         {"=34=38=31=35=39=32",
          "%u0034%u0038%u0031%u0035",
          R"(\u{34}\u{38}\u{31}\u{35})",
          R"(\x{34}\x{38}\x{31}\x{35})",
          R"(\x34\x38\x31\x35)",
          R"(\U00000034\U00000038\U00000031\U00000035)",
          R"(\U0001D7D2\U0001D7D6\U0001D7CF\U0001D7D3)",
          R"(4\n8\n1\n5)",
          R"(4\\n8\\n1\\n5)",
          "4&ensp;8&thinsp;1&ndash;5",
          "4&zerowidthspace;8&NoBreak;1&equals;5"}) {
        auto const text = "<" + std::string(code) + ">";
        EXPECT_EQ(masked(text, SentTexts(verify)), "<***>") << text;
        EXPECT_EQ(SentTexts(verify).scrub_code(text), "<***>") << text;
    }
}

/// 4 or more digits of the code in a row, whatever else but letters stands between them.
bool tells_code(std::string_view text, std::string_view code) {
    std::string digits;
    for (char const c : text) {
        if (c >= '0' && c <= '9') digits += c;
        if ((c >= 'a' && c <= 'z') || c == '*') digits += 'x';
    }
    for (std::size_t at = 0; at + 4 <= code.size(); ++at) {
        if (digits.find(code.substr(at, 4)) != std::string::npos) return true;
    }
    return false;
}

/// A number behind `=` is one, although its first digits would be a character in a mail.
TEST(SentTexts, QuotedPrintableHidesNothingThatStandsAsItIs) {
    auto const verify = verify_request();
    EXPECT_EQ(masked("code=4815", SentTexts(verify)), "code=***");
    EXPECT_FALSE(tells_code(masked("code=481592", SentTexts(verify)), "481592"));
    auto const nothing = SentTexts();
    EXPECT_EQ(nothing.scrub_text("code=481592"), "code=***");
    EXPECT_EQ(nothing.scrub_text("code=4815"), "code=***");
    EXPECT_EQ(nothing.scrub_text("status=400, page=20"), "status=400, page=20");
    EXPECT_EQ(nothing.scrub_text("status=401 unauthorized"), "status=401 unauthorized");
    EXPECT_EQ(nothing.scrub_text("rate=40. Then"), "rate=40. Then");
}

TEST(SentTexts, MasksAnAddressThatNobodySentBehindBackslashes) {
    for (std::string_view const text :
         {R"(<someone\@other.org>)",
          R"(<someone\\@other.org>)",
          R"(<someone\u0040other.org>)",
          R"(<someone\\u0040other.org>)",
          R"(<someone\\\\u0040other.org>)",
          R"(<some\.one\u{40}other\.org>)",
          "<someone%u0040other.org>",
          "<someone=40other.org>",
          R"(<someone\U00000040other.org>)"}) {
        EXPECT_EQ(SentTexts().scrub_text(text), "<***>") << text;
        EXPECT_EQ(SentTexts().scrub_identifier(text), "<***>") << text;
        EXPECT_EQ(SentTexts().scrub_code(text), "<***>") << text;
    }
}

/// The kinds that were once printed.
TEST(SentTexts, MasksIdsPointersAndCodesOfAnAnswer) {
    auto const send = send_request();
    auto const verify = verify_request();
    EXPECT_EQ(SentTexts(send).scrub_identifier("+12025550162"), "***");
    EXPECT_EQ(SentTexts(send).scrub_identifier("req-12025550162-a"), "req-***-a");
    EXPECT_EQ(SentTexts(verify).scrub_identifier("/+919002336768"), "/***");
    EXPECT_EQ(SentTexts(verify).scrub_code("otp_4815"), "otp_***");
    EXPECT_EQ(SentTexts(verify).scrub_code("otp_48159"), "otp_***");
    EXPECT_EQ(SentTexts(verify).scrub_code("E4815"), "***");
    EXPECT_EQ(SentTexts(verify).scrub_code("E_1632"), "E_1632");
    EXPECT_EQ(SentTexts().scrub_code("E_123,456"), "E_***");
}

TEST(SentTexts, MasksANumberOfFewerThanSevenDigits) {
    SendOtp send{Recipient()};
    for (std::string const digits : {"1234", "123456"}) {
        send.to.phone = PhoneNumber::parse("+" + digits).value();
        EXPECT_EQ(SentTexts(send).scrub_identifier("req" + digits + "abcdef"), "***") << digits;
        EXPECT_EQ(SentTexts(send).scrub_identifier("request-" + digits), "request-***") << digits;
    }
}

TEST(SentTexts, MasksACodeOfLettersAndDigits) {
    auto const verify = verify_request("7K2-M9Q");
    SentTexts const sent(verify);
    EXPECT_EQ(masked("code 7k2m9q.", sent), "code ***.");
    EXPECT_EQ(masked("code 7 K 2 M 9 Q.", sent), "code ***.");
    EXPECT_EQ(masked("code 7k2m9.", sent), "code 7k2m9.");
}

TEST(SentTexts, MasksAShortCodeAsAWordOnly) {
    auto const mixed = verify_request("AB12");
    EXPECT_EQ(masked("code: AB12!", SentTexts(mixed)), "code: ***!");
    EXPECT_EQ(masked("wrongAB12, Code:AB12x", SentTexts(mixed)), "wrongAB12, Code:AB12x");
    auto const verify = verify_request("mater");
    EXPECT_EQ(masked("material", SentTexts(verify)), "material");
    EXPECT_EQ(masked("'mater'", SentTexts(verify)), "'***'");
}

/// However an identifier looks, the quick way tells the same as the slow one.
TEST(SentTexts, TheQuickWayOverlooksNothing) {
    auto const send = send_request();
    auto const verify = verify_request();
    auto const config = instance();
    for (auto const& sent : {SentTexts(send, &config), SentTexts(verify, &config)}) {
        for (std::string_view const known :
             {"12025550162",
              "2025550162",
              "customer-x7",
              "customer.x7",
              "order-77a",
              "jane",
              "service",
              "correct-horse",
              "9971771929",
              "481592",
              "4815",
              "9002336768",
              "txn-abcdefgh",
              "2077"}) {
            for (std::size_t before = 0; before < 50; ++before) {
                for (std::size_t const after : {0U, 1U, 9U}) {
                    auto const plain = std::string(before, 'z') + '-' + std::string(known) + '-' +
                                       std::string(after, 'y');
                    // A capital takes the slow way.
                    auto const capital = "Z" + plain;
                    EXPECT_EQ('Z' + sent.scrub_identifier(plain), sent.scrub_identifier(capital));
                }
            }
        }
    }
}

TEST(SentTexts, LeavesNoCodeBehindAnySeparator) {
    auto const verify = verify_request();
    SentTexts const sent(verify);
    for (std::string_view const separator :
         {"",     " ", ",",   "_",   "-",   ".",   "/",      "(",        ")",
          "[",    "]", "{",   "|",   ":",   ";",   "'",      "\"",       "~",
          "#",    "=", "*",   ", ",  " - ", ") (", "–",      "\t",       "\n",
          "\x01", "·", "%20", "%2D", "+",   "  ",  "&nbsp;", "\xC2\xA0", "\xE2\x80\x8B"}) {
        std::string text = "the code ";
        for (char const digit : std::string_view("481592")) {
            text += digit;
            text += separator;
        }
        text += " is wrong";
        for (auto const& result :
             {sent.scrub_text(text),
              sent.scrub_identifier(text),
              sent.scrub_code(text),
              masked(text, sent)}) {
            EXPECT_FALSE(tells_code(result, "481592")) << separator << ": " << result;
            EXPECT_EQ(result.find("4"), result.npos) << separator;
        }
    }
}

/// Texts of pieces that belong together or disturb each other.
std::string random_text(std::mt19937& random) {
    static constexpr std::string_view pieces[] = {
        "4",
        "48",
        "1592",
        "481592",
        "2025550162",
        "+1",
        "jane",
        ".doe",
        "@",
        "example",
        ".com",
        "customer",
        "_x7",
        " ",
        ", ",
        "-",
        "***",
        "*",
        "%40",
        "%",
        "&#64;",
        "&",
        "\\u0040",
        "\\",
        "\\@",
        "\\u{",
        "\\x{",
        "\\U0000",
        "}",
        "=40",
        "=3",
        "=",
        "%u00",
        "&#0000000000",
        "\u0332",
        "\U0001BCA0",
        "é",
        "\xFF",
        "\xE2\x80\x8B",
        "\n",
        "４",
        "order",
        "-77a",
        "deadbeef",
        "0123",
        "word",
        "\xF0\x9F\x98\x80",
        "/",
        "(",
        ")",
        "http://",
        "?",
        "#",
        "2077",
        "abcdefghijklmnopqrst"};
    std::string text;
    auto const count = random() % 24;
    for (std::size_t index = 0; index < count; ++index) {
        text += pieces[random() % std::size(pieces)];
    }
    return text;
}

bool is_utf8(std::string const& text) {
    boost::system::error_code error;
    boost::json::parse(boost::json::serialize(boost::json::value(text)), error);
    return !error;
}

TEST(SentTexts, MasksWhatDecodingWouldBreakUp) {
    InstanceConfig instance;
    instance.credentials.emplace("api_key", Secret("fake-api-key"));
    SentTexts const sent(instance);
    for (std::string_view const text :
         {"X%fake-api-key1F", "%25fake-api-key", "\\x4fake-api-key", "&#6fake-api-key"}) {
        EXPECT_EQ(sent.scrub_text(text).find("ake-api"), std::string::npos) << text;
        EXPECT_EQ(sent.scrub_identifier(text).find("ake-api"), std::string::npos) << text;
        EXPECT_EQ(sent.scrub_code(text).find("ake-api"), std::string::npos) << text;
        EXPECT_EQ(masked(std::string(text), sent).find("ake-api"), std::string::npos) << text;
    }
}

TEST(SentTexts, WhatWasFoundCleanSaysNothingOfOtherTexts) {
    InstanceConfig instance;
    instance.credentials.emplace("api_key", Secret("fake-api-key"));
    SentTexts const sent(instance);
    std::string const clean("request-id-with-no-such-key");
    EXPECT_EQ(sent.scrub_identifier(clean), clean);
    EXPECT_EQ(sent.scrub_identifier(clean), clean);
    EXPECT_EQ(sent.scrub_identifier("request-id-with-fake-api-key"), "request-id-with-***");
    EXPECT_EQ(masked("request-id-for-fake-api-key", sent), "request-id-for-***");
    EXPECT_EQ(masked(clean, sent), clean);
}

TEST(SentTexts, ATokenIsLookedForInWhatWasFoundCleanBefore) {
    auto const send = send_request();
    SentTexts sent(send);
    std::string const text("request-id-qwertzuiop");
    EXPECT_EQ(sent.scrub_identifier(text), text);
    sent.set_access_token("qwertzuiop");
    EXPECT_EQ(masked(text, sent), "request-id-***");
    EXPECT_EQ(sent.scrub_identifier(text), "request-id-***");
}

TEST(SentTexts, ControlCharactersThatAreReplacedJoinNothing) {
    // Without them `&#649` is one character; with something in their place `&#64` is an `@`.
    std::string const text("user.name&#64\0\0\0example.com", 27);
    auto const identifier = SentTexts().scrub_identifier(text);
    EXPECT_EQ(SentTexts().scrub_identifier(identifier), identifier);
    EXPECT_EQ(identifier.find("user.name"), std::string::npos);
    std::string const digits("mmmmmmmm&#64\0\0\0009d, see", 22);
    auto const kept = SentTexts().scrub_identifier(digits);
    EXPECT_EQ(SentTexts().scrub_identifier(kept), kept);
}

TEST(SentTexts, MaskedOnceIsMaskedForGood) {
    auto const send = send_request();
    auto const verify = verify_request();
    std::mt19937 random(20261126);
    for (int round = 0; round < 20'000; ++round) {
        auto const text = random_text(random);
        for (auto const& sent : {SentTexts(send), SentTexts(verify), SentTexts()}) {
            auto const scrubbed = sent.scrub_text(text);
            EXPECT_EQ(sent.scrub_text(scrubbed), scrubbed) << text;
            EXPECT_LE(scrubbed.size(), max_vendor_text);
            EXPECT_TRUE(is_utf8(scrubbed)) << text;
            auto const identifier = sent.scrub_identifier(text);
            EXPECT_EQ(sent.scrub_identifier(identifier), identifier) << text;
            EXPECT_LE(identifier.size(), max_vendor_identifier);
            EXPECT_TRUE(is_utf8(identifier)) << text;
            auto const code = sent.scrub_code(text);
            EXPECT_EQ(sent.scrub_code(code), code) << text;
            auto const known = masked(text, sent);
            EXPECT_EQ(masked(known, sent), known) << text;
            if (::testing::Test::HasFailure()) return;
        }
    }
}

TEST(SentTexts, TakesLinearTimeForHostileText) {
    auto const send = send_request();
    auto const verify = verify_request("1111111111");
    for (std::string_view const part :
         {"1",
          "1 ",
          "2025550162",
          "jane.doe@",
          "%25",
          "&#38;",
          "&amp;",
          "\\u005c",
          "\\",
          "=3d",
          "=",
          "&#0",
          "0",
          "\\u{0",
          "%u"}) {
        std::string text;
        while (text.size() < 64 * 1024) text += part;
        for (auto const& sent : {SentTexts(send), SentTexts(verify)}) {
            EXPECT_LE(sent.scrub_text(text).size(), max_vendor_text);
            EXPECT_LE(sent.scrub_identifier(text).size(), max_vendor_identifier);
            auto const begun = std::chrono::steady_clock::now();
            EXPECT_LE(masked(text, sent).size(), text.size());
            EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5)) << part;
        }
    }
}

}  // namespace
}  // namespace otp
