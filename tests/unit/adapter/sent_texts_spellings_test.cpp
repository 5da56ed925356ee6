// Further ways in which a vendor may write what it was sent, and what must stay readable for all
// that.

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/send_otp.hpp>
#include <otp/verify_otp.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp {
namespace {

SendOtp send_request() {
    Recipient recipient(PhoneNumber::parse("+12025550162").value());
    recipient.email = EmailAddress::parse("jane.doe@example.com").value();
    recipient.user_ids["acme"] = "customer_x7";
    SendOtp send(std::move(recipient));
    send.client.ip_address = "2001:db8::c0de:1";
    return send;
}

VerifyOtp verify_request() {
    VerificationHandle handle("i", "acme", Channel::sms);
    handle.set_reference("mobile", "9002336768");
    VerifyOtp verify(std::move(handle), OtpCode::parse("481592").value());
    verify.client.ip_address = "203.0.113.5";
    return verify;
}

InstanceConfig instance() {
    InstanceConfig config;
    config.credentials["secret"] = Secret("correct horse battery");
    return config;
}

std::string masked(std::string_view text, SentTexts const& sent) {
    std::string result(text);
    sent.mask_known(result);
    return result;
}

/// In a text, an identifier and a code; `after` is what is left of each.
void expect_masked(SentTexts const& sent, std::string_view text, std::string_view after = "<***>") {
    auto const whole = "<" + std::string(text) + ">";
    EXPECT_EQ(masked(whole, sent), after) << text;
    EXPECT_EQ(sent.scrub_text(whole), after) << text;
    EXPECT_EQ(sent.scrub_identifier(whole), after) << text;
    EXPECT_EQ(sent.scrub_code(whole), after) << text;
}

TEST(SentTextsSpellings, DigitsOfAnyShape) {
    auto const verify = verify_request();
    for (std::string_view const code :
         {"⁴⁸¹⁵⁹²",
          "₄₈₁₅₉₂",
          "④⑧①⑤⑨②",
          "⑷⑻⑴⑸⑼⑵",
          "⒋⒏⒈⒌⒐⒉",
          "❹❽❶❺❾❷",
          "➃➇➀➄➈➁",
          "➍➑➊➎➒➋",
          "⓸⓼⓵⓹⓽⓶",
          "🄅🄉🄂🄆🄊🄃",
          "4⁸①₅9❷",
          "&#8308;&#8312;&sup1;&#8309;",
          R"(\u2463\u2467\u2460\u2464)",
          "%E2%91%A3%E2%91%A7%E2%91%A0%E2%91%A4"}) {
        expect_masked(SentTexts(verify), code);
    }
    auto const send = send_request();
    expect_masked(SentTexts(send), "①⓪①②⓪②⑤⑤⑤⓪①⑥②");
    EXPECT_EQ(scrub_vendor_text("code ④⑧①⑤!"), "code ***!");
    EXPECT_EQ(scrub_vendor_text("code ⁴⁸¹⁵!"), "code ***!");
}

TEST(SentTextsSpellings, LettersOfAnyShape) {
    auto const send = send_request();
    for (std::string_view const address :
         {"𝐣𝐚𝐧𝐞.𝐝𝐨𝐞@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦",
          "ⓙⓐⓝⓔ.ⓓⓞⓔ@ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ",
          "⒥⒜⒩⒠.⒟⒪⒠@⒠⒳⒜⒨⒫⒧⒠.⒞⒪⒨",
          "𝚓𝚊𝚗𝚎․𝚍𝚘𝚎﹫𝚎𝚡𝚊𝚖𝚙𝚕𝚎﹒𝚌𝚘𝚖"}) {
        expect_masked(SentTexts(send), address);
    }
}

TEST(SentTextsSpellings, AddressesInWords) {
    auto const send = send_request();
    for (std::string_view const address :
         {"jane.doe (at) example.com",
          "jane.doe(at)example.com",
          "jane.doe[at]example.com",
          "jane.doe [at] example.com",
          "jane.doe {at} example [dot] com",
          "jane.doe at example.com",
          "jane.doe AT example dot com",
          "jane dot doe at example dot com",
          "jane(dot)doe(at)example(dot)com",
          "jane.doe_at_example.com",
          "jane.doe-at-example-dot-com",
          "jane.doe &lt;at&gt; example.com",
          "jane.doe%20%28at%29%20example.com"}) {
        expect_masked(SentTexts(send), address);
    }
}

TEST(SentTextsSpellings, OfAddressesThatNobodySentOnlyThoseInBrackets) {
    for (std::string_view const address :
         {"some.one (at) other.org",
          "some.one[at]other.org",
          "some.one [AT] other [dot] org",
          "some.one{at}other{dot}org"}) {
        EXPECT_EQ(scrub_vendor_text("no " + std::string(address) + "!"), "no ***!");
        EXPECT_EQ(vendor_identifier("no " + std::string(address) + "!"), "no ***!");
    }
    for (std::string_view const text :
         {"The request failed at 10:15.",
          "see the docs at example.com",
          "look (at) this",
          "ends with a dot [dot]",
          "field [at] index",
          "dot at dot"}) {
        EXPECT_EQ(scrub_vendor_text(text), text);
        EXPECT_EQ(vendor_identifier(text), text);
    }
}

TEST(SentTextsSpellings, WithMarkupInside) {
    auto const verify = verify_request();
    for (std::string_view const code :
         {"4<b>8</b>1592",
          "481&nbsp;592",
          "481<br/>592",
          "<i>4</i><i>8</i><i>1</i><i>5</i><i>9</i><i>2</i>",
          R"(4<span class="digit x1">8</span>1<span class="digit x2">5</span>92)",
          "48<!-- -->15<!-- -->92",
          "4&lt;b&gt;8&lt;/b&gt;1592",
          R"(4\u003cb\u003e8\u003c/b\u003e1592)"}) {
        auto const text = "the code " + std::string(code) + " is wrong";
        for (auto const& shown :
             {masked(text, SentTexts(verify)),
              SentTexts(verify).scrub_text(text),
              SentTexts(verify).scrub_identifier(text),
              SentTexts(verify).scrub_code(text)}) {
            EXPECT_EQ(shown.find_first_of("04859"), std::string::npos) << shown;
            EXPECT_NE(shown.find("the code "), std::string::npos) << shown;
        }
        auto const unknown = scrub_vendor_text(text);
        EXPECT_EQ(unknown.find_first_of("04859"), std::string::npos) << unknown;
    }
    auto const send = send_request();
    for (std::string_view const text :
         {"+1<wbr>202<wbr>555<wbr>0162",
          "jane<wbr>.doe@<wbr>example.com",
          "<b>jane</b>.doe<i>@</i>example.com"}) {
        for (auto const& shown :
             {masked(text, SentTexts(send)),
              SentTexts(send).scrub_text(text),
              SentTexts(send).scrub_identifier(text)}) {
            EXPECT_EQ(shown.find("202"), std::string::npos) << shown;
            EXPECT_EQ(shown.find("jane"), std::string::npos) << shown;
        }
    }
}

TEST(SentTextsSpellings, MarkupStaysReadable) {
    for (std::string_view const text :
         {"<h1>Forbidden</h1><p>You may not do this.</p><hr>",
          "a < b and c > d",
          "expected <code>, got <phone>",
          "<html><body>Bad Gateway</body></html>",
          "<<<>>>",
          "Not <closed"}) {
        EXPECT_EQ(scrub_vendor_text(text), text);
    }
}

TEST(SentTextsSpellings, Hexadecimal) {
    auto const send = send_request();
    auto const config = instance();
    for (std::string_view const text :
         {"3132303235353530313632",
          "32303235353530313632",
          "6a616e652e646f65406578616d706c652e636f6d",
          "6A616E652E646F65406578616D706C652E636F6D",
          "6a 61 6e 65 2e 64 6f 65 40 65 78 61 6d 70 6c 65 2e 63 6f 6d",
          "6a:61:6e:65:2e:64:6f:65:40:65:78:61:6d:70:6c:65:2e:63:6f:6d",
          "637573746f6d65725f7837",
          "636f727265637420686f7273652062617474657279"}) {
        expect_masked(SentTexts(send, &config), text);
    }
    // Decoding breaks it up.
    EXPECT_EQ(masked("%6a616e652e646f65406578616d706c652e636f6d", SentTexts(send)), "%***");
    auto const verify = verify_request();
    expect_masked(SentTexts(verify), "343831353932");
    expect_masked(SentTexts(verify), "34383135");
    EXPECT_EQ(masked("0x343831353932", SentTexts(verify)), "0x***");
    EXPECT_EQ(masked("0x34, 0x38, 0x31, 0x35", SentTexts(verify)), "0x***");
    expect_masked(SentTexts(verify), "39303032333336373638");
}

TEST(SentTextsSpellings, Base64) {
    auto const send = send_request();
    auto const config = instance();
    SentTexts const sent(send, &config);
    for (std::string_view const text :
         {"KzEyMDI1NTUwMTYy",
          "MTIwMjU1NTAxNjI=",
          "MTIwMjU1NTAxNjI",
          "MTIwMjU1NTAxNjI%3D",
          "MjAyNTU1MDE2Mg==",
          "amFuZS5kb2VAZXhhbXBsZS5jb20=",
          "amFuZS5kb2VAZXhhbXBsZS5jb20",
          "Y3VzdG9tZXJfeDc=",
          "Y29ycmVjdCBob3JzZSBiYXR0ZXJ5"}) {
        for (auto const& shown :
             {masked(text, sent), sent.scrub_identifier(text), sent.scrub_code(text)}) {
            auto const mask = shown.find("***");
            EXPECT_LE(mask, 1U) << shown;  // the plus of a number
            EXPECT_EQ(shown.find_first_not_of("=%3D", mask + 3), std::string::npos) << shown;
        }
    }
    auto const verify = verify_request();
    expect_masked(SentTexts(verify), "NDgxNTky");
    expect_masked(SentTexts(verify), "OTAwMjMzNjc2OA");
}

/// At each of the three places in a group of Base64.
TEST(SentTextsSpellings, Base64OfATextAroundIt) {
    auto const send = send_request();
    auto const verify = verify_request();
    auto const base64 = [](std::string const& text) {
        return basic_authorization(text.substr(0, 1), text.substr(2)).substr(6);
    };
    for (std::string_view const before : {"t:", "t:t", "t:to"}) {
        auto const encoded = [&](std::string_view known) {
            return base64(std::string(before) + ' ' + std::string(known) + ", of course");
        };
        for (std::string_view const known : {"jane.doe@example.com", "+12025550162"}) {
            auto const shown = SentTexts(send).scrub_identifier("id-" + encoded(known));
            // All but what stands before and behind, and the characters shared with these.
            auto const around = encoded("").size() + 6;
            EXPECT_NE(shown.find("***"), std::string::npos) << encoded(known);
            EXPECT_LE(shown.size(), around + 6) << encoded(known) << " became " << shown;
        }
        auto const shown = SentTexts(verify).scrub_identifier(encoded("481592"));
        EXPECT_NE(shown.find("***"), std::string::npos) << encoded("481592");
    }
}

/// An identifier of small letters and digits is looked at in another way.
TEST(SentTextsSpellings, AlsoInPlainIdentifiers) {
    SendOtp send{Recipient()};
    send.to.email = EmailAddress::parse("jane.doe@example.com").value();
    EXPECT_EQ(
        SentTexts(send).scrub_identifier("id-6a616e652e646f65406578616d706c652e636f6d"), "id-***"
    );
    EXPECT_EQ(SentTexts(send).scrub_identifier("id/jane.doe-at-example.com"), "id/***");
    // What comes before the sign has no letter that an anchor can be.
    send.to.email = EmailAddress::parse("ax@bc.de").value();
    EXPECT_EQ(SentTexts(send).scrub_identifier("id/ax-at-bc.de/5"), "id/***/5");
    // All small letters in Base64, too.
    SendOtp other{Recipient()};
    other.to.user_ids["acme"] = "jyzjyzjyz";
    ASSERT_EQ(basic_authorization("jyzjyzjyz", "").substr(6, 12), "anl6anl6anl6");
    EXPECT_EQ(SentTexts(other).scrub_identifier("id-anl6anl6anl6"), "id-***");
    for (std::string_view const id :
         {"853eb07a-64be-81aa-a147-bc79a44c3782",
          "5f2d7c3b6e4a3f2d7c3b6e4a",
          "request-id-test-bc79a44c-64be-81aa-a147-853eb07a3782"}) {
        EXPECT_EQ(SentTexts(send).scrub_identifier(id), id);
    }
}

TEST(SentTextsSpellings, IpAddressesInAnyForm) {
    auto const send = send_request();
    for (std::string_view const address :
         {"2001:db8::c0de:1",
          "2001:DB8::C0DE:1",
          "2001:db8:0:0:0:0:c0de:1",
          "2001:0db8:0000:0000:0000:0000:c0de:0001",
          "2001:0db8::c0de:0001",
          "2001:db8:0::0:c0de:1",
          "2001:db8::192.222.0.1",
          "2001%3Adb8%3A0%3A0%3A0%3A0%3Ac0de%3A1"}) {
        expect_masked(SentTexts(send), address);
    }
    auto const text = masked("from 2001:db8:0:0:0:0:c0de:1: refused", SentTexts(send));
    EXPECT_EQ(text, "from ***: refused");
    EXPECT_EQ(masked("from [2001:db8:0:0:0:0:c0de:1]:443.", SentTexts(send)), "from [***]:443.");
    EXPECT_EQ(masked("ip:2001:db8:0::c0de:1.", SentTexts(send)), "ip:***.");
    EXPECT_EQ(masked("2001:db8:0:0:0:0:c0de:2", SentTexts(send)), "2001:db8:0:0:0:0:c0de:2");
    auto const verify = verify_request();
    for (std::string_view const address :
         {"203.0.113.5", "::ffff:203.0.113.5", "::FFFF:cb00:7105", "0:0:0:0:0:ffff:cb00:7105"}) {
        EXPECT_EQ(masked(address, SentTexts(verify)).find_first_of("57b"), std::string::npos)
            << address;
    }
    SendOtp mapped{Recipient()};
    mapped.client.ip_address = "::ffff:203.0.113.5";
    EXPECT_EQ(masked("from 203.0.113.5.", SentTexts(mapped)), "from ***.");
    SendOtp with_port{Recipient()};
    with_port.client.ip_address = "[2001:db8::1]:51234";
    EXPECT_EQ(masked("from 2001:db8:0::1", SentTexts(with_port)), "from ***");
}

TEST(SentTextsSpellings, OctalEscapes) {
    auto const verify = verify_request();
    for (std::string_view const code : {R"(\064\070\061\065\071\062)", R"(\\064\\070\\061\\065)"}) {
        expect_masked(SentTexts(verify), code);
    }
    auto const send = send_request();
    expect_masked(SentTexts(send), R"(jane.doe\100example.com)");
    EXPECT_EQ(scrub_vendor_text(R"(some.one\100other.org)"), "***");
    EXPECT_EQ(scrub_vendor_text(R"(code \123456)"), R"(code \***)");
    EXPECT_EQ(scrub_vendor_text(R"(code \1234)"), R"(code \***)");
}

TEST(ScrubVendorText, MasksAWholeSignature) {
    for (std::string_view const signature :
         {"31xCmHOspdLM1cESHT9Gwnl4rRsfcuUrHmzX/Fq7bkA=",
          "Fq7bkA/31xCmHOspdLM1cESHT9Gwnl4rRsfcuUrHmzXm=",
          "31xCmHOsp/dLM1cESHT9G/wnl4rRsfcu/UrHmzXFq7b=",
          "31xCmHOsp/dLM1cESHT9G/wnl4rRsfcu/UrHmzXFq7b",
          "Zmb9/vYm+Fy/pQr/StU/vWxx/YZab/cdEf+hIj/lmno="}) {
        auto const shown = scrub_vendor_text("secret-key " + std::string(signature) + " is wrong");
        EXPECT_EQ(shown.substr(0, 14), "secret-key ***") << shown;
        EXPECT_EQ(shown.find_first_of('/'), std::string::npos) << shown;
        EXPECT_LE(shown.size(), 24U) << shown;
    }
    for (std::string_view const url :
         {"see https://example.com/docs/errors/phone-numbers/format",
          "POST /api/v1/users/verification/resend",
          "GET /User/Status, text/plain; charset=utf-8"}) {
        EXPECT_EQ(scrub_vendor_text(url), url);
    }
    EXPECT_EQ(
        scrub_vendor_text("see /v1/users/853eb07a64be81aaa147bc79a44c3782/Status/v2/phone"),
        "see /v1/users/***/Status/v2/phone"
    );
}

}  // namespace
}  // namespace otp
