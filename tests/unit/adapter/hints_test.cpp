#include <otp/adapter/hints.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace otp {

/// For messages of the tests.
void PrintTo(AppliedHint const& hint, std::ostream* out) {
    *out << hint.name << ": " << hint.wanted << " -> " << hint.used.value_or("left out");
}

namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

VendorDescription everything() {
    VendorDescription vendor;
    vendor.channels = {Channel::sms, Channel::email};
    vendor.hints.locales = {{{Channel::sms}, {"en", "de-DE"}}, {{Channel::email}, {"en"}}};
    vendor.hints.expires_in = {minutes(2), minutes(10)};
    vendor.hints.reference_characters = 20;
    vendor.hints.device_of_send = {true, 16};
    vendor.hints.device_of_verify = {false, 4};
    return vendor;
}

SendOtp to_phone() {
    return SendOtp(PhoneNumber::parse("+12025550162").value());
}

VerifyOtp check() {
    return VerifyOtp(
        VerificationHandle("main", "acme", Channel::sms), OtpCode::parse("481592").value()
    );
}

AppliedHint only_hint(FittedHints const& fitted) {
    EXPECT_EQ(fitted.applied.size(), 1U);
    return fitted.applied.at(0);
}

TEST(Hints, OfARequestWithoutAnyAreNone) {
    EXPECT_FALSE(has_hints(to_phone()));
    EXPECT_FALSE(has_hints(check()));
    auto const fitted = fit_hints(to_phone(), everything());
    EXPECT_THAT(fitted.applied, IsEmpty());
    EXPECT_FALSE(fitted.refusal);
    EXPECT_FALSE(fitted.used.reference);
}

TEST(Hints, AreSeenEachByItself) {
    auto const with = [](auto set) {
        auto send = to_phone();
        set(send);
        return has_hints(send) && fit_hints(send, everything()).applied.size() == 1;
    };
    EXPECT_TRUE(with([](SendOtp& send) { send.locale = "en"; }));
    EXPECT_TRUE(with([](SendOtp& send) { send.expires_in = minutes(5); }));
    EXPECT_TRUE(with([](SendOtp& send) { send.reference = "order-1"; }));
    EXPECT_TRUE(with([](SendOtp& send) { send.client.ip_address = "203.0.113.5"; }));
    EXPECT_TRUE(with([](SendOtp& send) { send.client.user_agent = "curl/8"; }));
    auto verify = check();
    verify.client.ip_address = "203.0.113.5";
    EXPECT_TRUE(has_hints(verify));
    verify.client = {std::nullopt, "curl/8"};
    EXPECT_TRUE(has_hints(verify));
}

TEST(Hints, AreListedInOrderAndLeftOutOfAVendorThatHasNone) {
    auto send = to_phone();
    set_hints(send, {"en-US", minutes(15), "order-1", {"203.0.113.5", "curl/8"}});
    auto const fitted = fit_hints(send, VendorDescription());
    EXPECT_THAT(
        fitted.applied,
        ElementsAre(
            AppliedHint{"locale", "en-US", std::nullopt},
            AppliedHint{"expires_in", "15m", std::nullopt},
            AppliedHint{"reference", "order-1", std::nullopt},
            AppliedHint{"client.ip_address", "203.0.113.***", std::nullopt},
            AppliedHint{"client.user_agent", "curl/8", std::nullopt}
        )
    );
    EXPECT_FALSE(fitted.refusal);
    auto without = to_phone();
    set_hints(without, fitted.used);
    EXPECT_FALSE(has_hints(without));
}

TEST(Hints, AreFittedOnceAndForAll) {
    auto send = to_phone();
    set_hints(
        send,
        {"de",
         minutes(15),
         "123e4567-e89b-12d3-a456-426614174000",
         {"203.0.113.5:51234", "a\tb\xE9 " + std::string(12, 'c') + "\xE9"}}
    );
    auto const once = fit_hints(send, everything()).used;
    set_hints(send, once);
    auto const twice = fit_hints(send, everything()).used;
    EXPECT_EQ(twice.locale, "de-DE");
    EXPECT_EQ(twice.expires_in, minutes(10));
    EXPECT_EQ(twice.reference, "tbwa3skw3sbcwxmpngdg");
    EXPECT_EQ(twice.client.ip_address, "203.0.113.5");
    EXPECT_EQ(twice.client.user_agent, "a b\u00E9 cccccccccc");
    EXPECT_EQ(once.locale, twice.locale);
    EXPECT_EQ(once.expires_in, twice.expires_in);
    EXPECT_EQ(once.reference, twice.reference);
    EXPECT_EQ(once.client.ip_address, twice.client.ip_address);
    EXPECT_EQ(once.client.user_agent, twice.client.user_agent);
}

TEST(LocaleHint, IsTheNearestOfTheChannel) {
    auto send = to_phone();
    send.locale = "de-AT";
    EXPECT_EQ(only_hint(fit_hints(send, everything())), (AppliedHint{"locale", "de-AT", "de-DE"}));
    send.channel = Channel::email;
    EXPECT_EQ(
        only_hint(fit_hints(send, everything())), (AppliedHint{"locale", "de-AT", std::nullopt})
    );
    send.locale = "en_US";
    EXPECT_EQ(fit_hints(send, everything()).used.locale, "en");
    send.channel = Channel::whatsapp;
    EXPECT_FALSE(fit_hints(send, everything()).used.locale);
    // Without a channel the one that the recipient leads to.
    auto mail = SendOtp(EmailAddress::parse("user@example.com").value());
    mail.locale = "de";
    EXPECT_FALSE(fit_hints(mail, everything()).used.locale);
    mail.to.phone = PhoneNumber::parse("+12025550162").value();
    EXPECT_EQ(fit_hints(mail, everything()).used.locale, "de-DE");
}

TEST(LocaleHint, IsLeftOutWhereItIsEmpty) {
    auto send = to_phone();
    send.locale = "";
    auto const fitted = fit_hints(send, everything());
    EXPECT_FALSE(fitted.refusal);
    EXPECT_FALSE(fitted.used.locale);
    EXPECT_EQ(only_hint(fitted), (AppliedHint{"locale", "", std::nullopt}));
}

std::optional<std::string> used_locale(std::string const& text) {
    auto send = to_phone();
    send.locale = text;
    auto const fitted = fit_hints(send, everything());
    EXPECT_FALSE(fitted.refusal) << text;
    EXPECT_EQ(fitted.applied.at(0).used, fitted.used.locale) << text;
    return fitted.used.locale;
}

TEST(LocaleHint, IsReadWithoutWhatIsNotSeen) {
    for (auto const* const text :
         {"\u200Bde-DE",
          "de\u200B-DE",
          "\uFEFFde-DE\u200E",
          "\u00A0de-DE\u3000",
          "\u2068de_\u200DDE\u2069",
          "d\u00ADe"}) {
        EXPECT_EQ(used_locale(text), "de-DE") << text;
    }
}

TEST(LocaleHint, IsReadFromThePosixLocale) {
    EXPECT_EQ(used_locale("en_US.UTF-8"), "en");
    EXPECT_EQ(used_locale("de_DE@euro"), "de-DE");
    EXPECT_EQ(used_locale("de_AT.ISO-8859-15@euro"), "de-DE");
    EXPECT_EQ(used_locale("de.utf8"), "de-DE");
    EXPECT_EQ(used_locale("de@collation=phonebook"), "de-DE");
}

TEST(LocaleHint, HasTheScriptOfThePosixLocale) {
    auto vendor = everything();
    vendor.hints.locales = {{{Channel::sms}, {"sr-Cyrl", "sr-Latn", "uz-Cyrl", "en"}}};
    auto send = to_phone();
    auto const used = [&](std::string locale) {
        send.locale = std::move(locale);
        return fit_hints(send, vendor).used.locale;
    };
    EXPECT_EQ(used("sr_RS@latin"), "sr-Latn");
    EXPECT_EQ(used("sr@latin"), "sr-Latn");
    EXPECT_EQ(used("sr_RS.UTF-8@cyrillic"), "sr-Cyrl");
    EXPECT_EQ(used("sr_Latn_RS@cyrillic"), "sr-Latn");
    EXPECT_EQ(used("sr_RS"), "sr-Cyrl");
    EXPECT_EQ(used("uz_UZ@cyrillic"), "uz-Cyrl");
    EXPECT_EQ(used("en_US@cyrillic"), std::nullopt);
}

TEST(LocaleHint, IsLeftOutWhereItIsNoPreference) {
    for (auto const* const text :
         {"*",
          " * ",
          "*;q=0.5",
          "C",
          "POSIX",
          "C.UTF-8",
          "POSIX.utf8@euro",
          " ",
          "\u200B",
          "\u00A0",
          ",",
          "en;q=0",
          "en;q=0.000, *"}) {
        EXPECT_EQ(used_locale(text), std::nullopt) << text;
    }
}

TEST(LocaleHint, IsTheBestOfAnAcceptLanguageHeader) {
    EXPECT_EQ(used_locale("de-CH,de;q=0.9,en;q=0.8"), "de-DE");
    EXPECT_EQ(used_locale("en-US,en;q=0.9"), "en");
    EXPECT_EQ(used_locale("en-GB;q=0.8, de-AT"), "de-DE");
    EXPECT_EQ(used_locale("en ; q = 0.5 , de ; q = 0.7"), "de-DE");
    EXPECT_EQ(used_locale("de;Q=0.4,en;q=0.5"), "en");
    // The first that anything is near to.
    EXPECT_EQ(used_locale("sv-SE,sv;q=0.9,en;q=0.8,de;q=0.7"), "en");
    EXPECT_EQ(used_locale("zh-TW, fr, it"), std::nullopt);
    EXPECT_EQ(used_locale("sv, *;q=0.5, en;q=0.3"), "en");
    EXPECT_EQ(used_locale("de;q=0, en;q=0.1"), "en");
    // Of equal weights the first.
    EXPECT_EQ(used_locale("de,en"), "de-DE");
    EXPECT_EQ(used_locale("en,de"), "en");
    EXPECT_EQ(used_locale("fr;q=0.1,en;q=0.5,de;q=0.5"), "en");
    EXPECT_EQ(used_locale("de_DE.UTF-8, en"), "de-DE");
    EXPECT_EQ(used_locale(",, de ,"), "de-DE");
}

TEST(LocaleHint, HasItsWeightInThousandths) {
    EXPECT_EQ(used_locale("en;q=0.899,de;q=0.9"), "de-DE");
    EXPECT_EQ(used_locale("en;q=.2,de;q=.3"), "de-DE");
    EXPECT_EQ(used_locale("en;q=0.1234,de;q=0.1239"), "en");
    EXPECT_EQ(used_locale("en;q=0.999,de;q=1.000"), "de-DE");
    EXPECT_EQ(used_locale("en;q=0.999,de;q=5"), "de-DE");
    EXPECT_EQ(used_locale("en;level=1;q=0.1,de;q=0.2"), "de-DE");
    // What is no weight is none, which is the full one.
    for (auto const* const weight : {"", "q", "q=", "q=.", "q=high", "q=-1", "q=0x", "level=0"}) {
        EXPECT_EQ(used_locale("en;q=0.999,de;" + std::string(weight)), "de-DE") << weight;
    }
}

TEST(LocaleHint, OfAHostileHeaderIsReadInTime) {
    std::string header;
    for (int i = 0; i < 20000; ++i) header += "sv;q=0.5,";
    EXPECT_EQ(used_locale(header + "en;q=0.1"), "en");
}

TEST(LocaleHint, IsRefusedWhereItIsNoTag) {
    for (auto const* const text :
         {"en-",
          "en-US,en-;q=0.9",
          "not a tag",
          "en-*",
          "en.",
          "en@",
          "en.UTF 8",
          "en_US.UTF-8@a b",
          "en_US@euro.UTF-8",
          "c",
          "C@",
          ".UTF-8",
          "@euro",
          "-;q=0"}) {
        auto send = to_phone();
        send.locale = text;
        for (auto const& vendor : {everything(), VendorDescription()}) {
            auto const fitted = fit_hints(send, vendor);
            ASSERT_TRUE(fitted.refusal) << text;
            EXPECT_EQ(fitted.refusal->category, ErrorCategory::invalid_request);
            EXPECT_EQ(fitted.refusal->delivery, Delivery::not_sent);
            EXPECT_EQ(fitted.refusal->violations.at(0).pointer, "/locale");
            EXPECT_FALSE(fitted.used.locale);
            // What may be an address is not shown.
            bool const is_shown = std::string_view(text).find('@') == std::string_view::npos;
            if (is_shown) {
                EXPECT_EQ(only_hint(fitted), (AppliedHint{"locale", text, std::nullopt}));
            }
        }
    }
}

TEST(ExpiryHint, IsBroughtIntoTheVendorsRange) {
    auto const used = [](minutes wanted) {
        auto send = to_phone();
        send.expires_in = wanted;
        return fit_hints(send, everything()).used.expires_in;
    };
    EXPECT_EQ(used(minutes(1)), minutes(2));
    EXPECT_EQ(used(minutes(2)), minutes(2));
    EXPECT_EQ(used(minutes(5)), minutes(5));
    EXPECT_EQ(used(minutes(10)), minutes(10));
    EXPECT_EQ(used(minutes(15)), minutes(10));
    EXPECT_EQ(used(minutes::max()), minutes(10));
    auto send = to_phone();
    send.expires_in = minutes(15);
    EXPECT_EQ(only_hint(fit_hints(send, everything())), (AppliedHint{"expires_in", "15m", "10m"}));
}

TEST(ExpiryHint, IsRefusedWhereItIsNotLongerThanZero) {
    for (auto const life : {minutes(0), minutes(-1), minutes::min()}) {
        auto send = to_phone();
        send.expires_in = life;
        send.locale = "?";
        for (auto const& vendor : {everything(), VendorDescription()}) {
            auto const fitted = fit_hints(send, vendor);
            ASSERT_TRUE(fitted.refusal);
            EXPECT_EQ(fitted.refusal->category, ErrorCategory::invalid_request);
            ASSERT_EQ(fitted.refusal->violations.size(), 2U);
            EXPECT_EQ(fitted.refusal->violations[0].pointer, "/locale");
            EXPECT_EQ(fitted.refusal->violations[1].pointer, "/expires_in");
            EXPECT_EQ(fitted.applied.size(), 2U);
            EXPECT_FALSE(fitted.used.expires_in);
        }
    }
}

AppliedHint reference_hint(std::string const& reference) {
    auto send = to_phone();
    send.reference = reference;
    return only_hint(fit_hints(send, everything()));
}

TEST(ReferenceHint, IsKeptWhereItFits) {
    for (auto const* const text : {"order-1", "a b", "~!", "12345678901234567890"}) {
        auto send = to_phone();
        send.reference = text;
        EXPECT_EQ(fit_hints(send, everything()).used.reference, text);
    }
    EXPECT_EQ(reference_hint("order-1"), (AppliedHint{"reference", "order-1", "order-1"}));
}

TEST(ReferenceHint, IsADigestWhereItDoesNot) {
    // printf %s REFERENCE | openssl dgst -sha256 -binary | base32 | head -c 20 | tr A-Z a-z
    EXPECT_EQ(reference_hint("123e4567-e89b-12d3-a456-426614174000").used, "tbwa3skw3sbcwxmpngdg");
    EXPECT_EQ(reference_hint(std::string(21, 'r')).used, "wudnc5ja63ulph7j5wzl");
    EXPECT_EQ(reference_hint("a\nb").used->size(), 20U);
    EXPECT_NE(reference_hint("caf\u00e9").used, reference_hint("cafe\u0301").used);

    auto vendor = everything();
    vendor.hints.reference_characters = 5;
    auto send = to_phone();
    send.reference = "order-1";
    EXPECT_EQ(fit_hints(send, vendor).used.reference->size(), 5U);
    vendor.hints.reference_characters = 100;
    send.reference = "a\tc";
    // All of the digest, and its last bit.
    EXPECT_EQ(fit_hints(send, vendor).used.reference->size(), 52U);
}

TEST(ReferenceHint, IsShownSafely) {
    EXPECT_EQ(reference_hint("a\nb").wanted.find('\n'), std::string::npos);
    EXPECT_LT(reference_hint(std::string(5000, 'r')).wanted.size(), 300U);
}

TEST(ReferenceHint, IsShownWithoutNumbersButSentAsItIs) {
    for (auto const& [reference, expected] :
         {std::pair{"919002336768", "***"},
          std::pair{"900-233-6768", "***"},
          std::pair{"ref-919002336768", "ref-***"},
          std::pair{"(900) 233.6768", "(***"},
          std::pair{"ref_900_233_6768_a", "ref_***_a"},
          std::pair{"555016", "555016"},
          std::pair{"order-20-55501", "order-***"},
          std::pair{"order-20-5550", "order-20-5550"}}) {
        auto send = to_phone();
        send.reference = reference;
        auto const fitted = fit_hints(send, everything());
        EXPECT_EQ(only_hint(fitted), (AppliedHint{"reference", expected, expected}));
        EXPECT_EQ(fitted.used.reference, reference);
    }
    EXPECT_EQ(reference_hint("９００２３３６７６８").wanted, "***");
}

TEST(ReferenceHint, IsShownWholeWhereItIsAnIdentifier) {
    for (std::string const id :
         {"123e4567-e89b-12d3-a456-426614174000",
          "853eb07a-64be-81aa-a147-bc79a44c3782",
          "00000000-0000-4000-8000-000000000000",
          "req_01234567-89AB-4cde-8f01-234567890123",
          "853eb07a64be81aaa147bc79a44c3782",
          "a1234567890",
          "1234567890f",
          "deadbeef12345678",
          "01ARZ3NDEKTSV4RRFFQ69G5FAV",
          "order-2077",
          "2026-11"}) {
        EXPECT_EQ(reference_hint(id).wanted, id);
    }
    EXPECT_EQ(
        reference_hint("853eb07a-64be-81aa-a147-bc79a44c3782 919002336768").wanted,
        "853eb07a-64be-81aa-a147-bc79a44c3782 ***"
    );
    // Nearly a UUID is none.
    EXPECT_EQ(reference_hint("0000000-0000-4000-8000-000000000000").wanted, "***");
    EXPECT_EQ(reference_hint("00000000-0000-4000-8000-0000000000001").wanted, "***");
    EXPECT_EQ(reference_hint("00000000-0000-4000-8000-00000000000").wanted, "***");
    EXPECT_EQ(reference_hint("00000000_0000-4000-8000-000000000000").wanted, "***");
    EXPECT_EQ(reference_hint("00000000-0000-4000-z000-000000000000").wanted, "***-z000-***");
}

TEST(ReferenceHint, IsShownWithoutTheRecipient) {
    auto send = to_phone();
    send.to.user_ids["acme"] = "customer-1234567-x";
    send.reference = "for customer-1234567-x";
    EXPECT_EQ(only_hint(fit_hints(send, everything())).wanted, "for ***");
}

TEST(ReferenceHint, IsLeftOutWhereItIsBlank) {
    EXPECT_EQ(reference_hint(""), (AppliedHint{"reference", "", std::nullopt}));
    EXPECT_EQ(reference_hint(" \t").used, std::nullopt);
    EXPECT_EQ(reference_hint("\u200B\uFEFF").used, std::nullopt);
    EXPECT_EQ(reference_hint("\u00A0\u3000").used, std::nullopt);
}

std::optional<std::string> used_address(std::string const& text) {
    auto send = to_phone();
    send.client.ip_address = text;
    return fit_hints(send, everything()).used.client.ip_address;
}

TEST(AddressHint, IsFoundWhereItIsClear) {
    EXPECT_EQ(used_address("203.0.113.5"), "203.0.113.5");
    EXPECT_EQ(used_address(" 203.0.113.5 "), "203.0.113.5");
    EXPECT_EQ(used_address("203.0.113.5:51234"), "203.0.113.5");
    EXPECT_EQ(used_address("203.0.113.5, 10.0.0.1"), "203.0.113.5");
    EXPECT_EQ(used_address("203.0.113.5:51234,10.0.0.1,unknown"), "203.0.113.5");
    EXPECT_EQ(used_address("[2001:db8::1]:443"), "2001:db8::1");
    EXPECT_EQ(used_address("[2001:db8::1]"), "2001:db8::1");
    EXPECT_EQ(used_address("\"[2001:db8::1]:4711\""), "2001:db8::1");
    EXPECT_EQ(used_address("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
    EXPECT_EQ(used_address("2001:db8::1%eth0"), "2001:db8::1");
    EXPECT_EQ(used_address("[2001:db8::1%25eth0]:80"), "2001:db8::1");
    EXPECT_EQ(used_address("::ffff:203.0.113.5"), "203.0.113.5");
    EXPECT_EQ(used_address("[::ffff:203.0.113.5]:80"), "203.0.113.5");
    EXPECT_EQ(used_address("[203.0.113.5]:80"), "203.0.113.5");
    EXPECT_EQ(used_address("[203.0.113.5]"), "203.0.113.5");
    EXPECT_EQ(used_address("\"203.0.113.5\""), "203.0.113.5");
    EXPECT_EQ(used_address("\uFEFF203.0.113.5\u200E"), "203.0.113.5");
    EXPECT_EQ(used_address("\u2068203.0.113.5\u2069, 10.0.0.1"), "203.0.113.5");
    EXPECT_EQ(used_address("\u00A0203.0.113.5\u00A0"), "203.0.113.5");
    EXPECT_EQ(used_address("203.0.113.5 , 10.0.0.1"), "203.0.113.5");
}

TEST(AddressHint, DoesNotDependOnThePort) {
    // RFC 7239 6.3: up to five digits, or a name that stands for them; RFC 3986 3.2.3: or nothing.
    for (auto const* const port : {"65536", "99999", "0", "_secret", "_a.B-3", ""}) {
        EXPECT_EQ(used_address(std::string("203.0.113.5:") + port), "203.0.113.5") << port;
        EXPECT_EQ(used_address(std::string("[2001:db8::1]:") + port), "2001:db8::1") << port;
    }
}

TEST(AddressHint, IsLeftOutWhereOnlyItsOwnNetworkKnowsIt) {
    for (std::string const text :
         {"0.0.0.0",
          "0.255.255.255",
          "10.0.0.1",
          "10.255.255.255",
          "100.64.0.1",
          "100.127.255.255",
          "127.0.0.1",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.0.0.8",
          "192.168.1.20:51234",
          "198.18.0.1",
          "198.19.255.255",
          "224.0.0.1",
          "239.255.255.255",
          "240.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "[::1]:443",
          "::ffff:10.0.0.1",
          "fc00::1",
          "fdff::1",
          "fe80::1",
          "fe80::1%eth0",
          "[fe80::1%25eth0]:80",
          "febf::1",
          "fec0::1",
          "ff02::1",
          "10.0.0.1, 203.0.113.5"}) {
        EXPECT_EQ(used_address(text), std::nullopt) << text;
    }
    for (std::string const text :
         {"1.0.0.1",     "9.255.255.255",   "11.0.0.0",    "100.63.255.255",
          "100.128.0.0", "126.255.255.255", "128.0.0.0",   "169.253.255.255",
          "169.255.0.0", "172.15.255.255",  "172.32.0.0",  "192.0.1.0",
          "192.0.2.1",   "192.167.255.255", "192.169.0.0", "198.17.255.255",
          "198.20.0.0",  "223.255.255.255", "::2",         "1::1",
          "fbff::1",     "fe00::1",         "fe7f::1",     "64:ff9b::cb00:7105"}) {
        EXPECT_EQ(used_address(text), text);
    }
}

TEST(AddressHint, IsLeftOutWhereItIsNot) {
    for (std::string const text :
         {"",
          " ",
          "unknown",
          "unknown, 203.0.113.5",
          ", 203.0.113.5",
          "localhost",
          "_hidden",
          "203.0.113",
          "203.0.113.256",
          "203.0.113.05",
          "203.0.113.5.6",
          "203.0.113.5/24",
          "_hidden:80",
          "[unknown]",
          "203.0.113.5:port",
          "203.0.113.5:100000",
          "203.0.113.5:_",
          "203.0.113.5:_a b",
          "203.0.113.5:-1",
          "[203.0.113.5",
          "[203.0.113.5]80",
          "[]",
          "203.0.\u200B113.256",
          "[2001:db8::1]:100000",
          "203.0.113.5 10.0.0.1",
          "[2001:db8::1",
          "[2001:db8::1]x",
          "2001:db8::1%",
          "2001:db8:::1",
          "for=203.0.113.5",
          "3405803781"}) {
        EXPECT_EQ(used_address(text), std::nullopt) << text;
    }
    EXPECT_EQ(used_address(std::string("203.0.113.5\0", 12)), std::nullopt);
    EXPECT_EQ(used_address(std::string(100000, '1')), std::nullopt);
}

TEST(AddressHint, IsShownWithoutTheHost) {
    auto const shown = [](std::string const& text) {
        auto send = to_phone();
        send.client.ip_address = text;
        return only_hint(fit_hints(send, everything()));
    };
    EXPECT_EQ(
        shown("203.0.113.5:51234"),
        (AppliedHint{"client.ip_address", "203.0.113.***:51234", "203.0.113.***"})
    );
    EXPECT_EQ(shown("203.0.113.5, 10.0.0.1").wanted, "203.0.113.***, 10.0.0.***");
    EXPECT_EQ(
        shown("[2001:db8:7:8::1]:443"),
        (AppliedHint{"client.ip_address", "[2001:db8:7:***]:443", "2001:db8:7:***"})
    );
    EXPECT_EQ(shown("2001:db8::1%eth0").wanted, "2001:db8:0:***");
    EXPECT_EQ(shown("::ffff:203.0.113.5").wanted, "203.0.113.***");
    EXPECT_EQ(shown("\uFEFF203.0.113.5\u200E, \u200B10.0.0.1").wanted, "203.0.113.***, 10.0.0.***");
    EXPECT_EQ(shown("unknown").wanted, "unknown");
    EXPECT_EQ(shown("user@example.com").wanted, "***");
    EXPECT_LE(shown(std::string(5000, ',')).wanted.size(), 300U);
}

TEST(AddressHint, IsShownWithoutTheHostWhereItCannotBeRead) {
    auto const shown = [](std::string const& text) {
        auto send = to_phone();
        send.client.ip_address = text;
        auto const hint = only_hint(fit_hints(send, everything()));
        EXPECT_EQ(hint.used, std::nullopt) << text;
        return hint.wanted;
    };
    EXPECT_EQ(shown("for=2a02:abcd:ab12:cd34:a1b2:c3d4:e5f6:a7b8"), "for=***");
    EXPECT_EQ(shown("fe80::cafe:babe:a:b/64"), "***/64");
    EXPECT_EQ(shown("2001:db8:aaaa::1/64"), "***/64");
    EXPECT_EQ(shown("[fe80::aaaa:bbbb:cccc:dddd"), "[***");
    EXPECT_EQ(shown("for=\"[2001:db8::cafe]\""), "for=\"[***]\"");
    EXPECT_EQ(shown("for=[FE80::CAFE];by=[fe80::beef%eth0]"), "for=[***];by=[***%eth0]");
    EXPECT_EQ(shown("fe80::cafe:"), "***");
    EXPECT_EQ(shown("fe80\uFF1A\uFF1Acafe"), "***");
    EXPECT_EQ(shown("fe80%3A%3Acafe"), "***");
    EXPECT_EQ(shown("::ffff:cafe:babe::"), "***");
    EXPECT_EQ(shown("for=203.0.113.5"), "for=***");
    EXPECT_EQ(shown("203.0.113.5/24"), "***/24");
    EXPECT_EQ(shown("e.f.a.c.ip6.arpa"), "***ip6.arpa");
    EXPECT_EQ(shown("localhost:80"), "localhost:80");
    EXPECT_EQ(shown("unix:/run/cafe.sock"), "unix:/run/cafe.sock");
    EXPECT_EQ(shown("a.b.example"), "a.b.example");
}

TEST(AddressHint, IsShownWithoutTheRecipient) {
    auto send = to_phone();
    send.to.user_ids["acme"] = "customer_zqzqzqzq";
    send.client.ip_address = "customer_zqzqzqzq, 203.0.113.5";
    EXPECT_EQ(only_hint(fit_hints(send, everything())).wanted, "***, 203.0.113.***");
}

std::optional<std::string> used_agent(std::string const& text, std::size_t most = 16) {
    auto vendor = everything();
    vendor.hints.device_of_send.user_agent_bytes = most;
    auto send = to_phone();
    send.client.user_agent = text;
    return fit_hints(send, vendor).used.client.user_agent;
}

TEST(UserAgentHint, IsCleaned) {
    EXPECT_EQ(used_agent("Mozilla/5.0"), "Mozilla/5.0");
    EXPECT_EQ(used_agent(" a\tb\r\nc "), "a b  c");
    EXPECT_EQ(used_agent("a\x01\x7F\u0085z"), "az");
    EXPECT_EQ(used_agent("\x01 a \x01"), "a");
    EXPECT_EQ(used_agent("b\u00FCro"), "b\u00FCro");
    EXPECT_EQ(used_agent("\U0001F600"), "\U0001F600");
    EXPECT_EQ(used_agent(std::string("a\0b", 3)), "ab");
}

TEST(UserAgentHint, IsTakenForLatin1WhereItIsNoUtf8) {
    EXPECT_EQ(used_agent("b\xFCro"), "b\u00FCro");
    EXPECT_EQ(used_agent("\u00FC\xFC"), "\u00C3\u00BC\u00FC");
    EXPECT_EQ(used_agent("a\x85\x9F"), "a");
    EXPECT_EQ(used_agent("\xE2\x82"), "\u00E2");
    EXPECT_EQ(used_agent("\xED\xA0\x80z"), "\u00ED\u00A0z");
}

TEST(UserAgentHint, IsCutAfterAWholeCharacter) {
    EXPECT_EQ(used_agent(std::string(1100, 'a'), 1024), std::string(1024, 'a'));
    EXPECT_EQ(used_agent(std::string(15, 'a') + "\u00FC"), std::string(15, 'a'));
    EXPECT_EQ(used_agent(std::string(14, 'a') + "\u00FC"), std::string(14, 'a') + "\u00FC");
    EXPECT_EQ(used_agent(std::string(15, 'a') + "\U0001F600"), std::string(15, 'a'));
    EXPECT_EQ(used_agent(std::string(15, 'a') + " bc"), std::string(15, 'a'));
    EXPECT_EQ(used_agent(std::string(16, 'a')), std::string(16, 'a'));
}

TEST(UserAgentHint, IsLeftOutWhereItIsEmpty) {
    for (auto const* const text :
         {"",
          " ",
          "\t\r\n",
          "\x01\x02",
          "\u200B",
          "\uFEFF\u200E \u2060",
          "\u200B\x01\u200B",
          "\u00A0\u3000",
          "\xA0\xAD"}) {
        EXPECT_EQ(used_agent(text), std::nullopt);
        auto send = to_phone();
        send.client.user_agent = text;
        EXPECT_EQ(only_hint(fit_hints(send, everything())).used, std::nullopt);
    }
}

TEST(UserAgentHint, HasNothingUnseenAtItsEnds) {
    EXPECT_EQ(used_agent("\uFEFFcurl/8\u200B"), "curl/8");
    EXPECT_EQ(used_agent(" \u200E curl/8 \u2069 "), "curl/8");
    EXPECT_EQ(used_agent("a\u200Bb"), "a\u200Bb");
    // Nor does it take the room of the rest.
    EXPECT_EQ(
        used_agent(std::string(100, ' ') + "\u200B\u200B\u200B\u200B\u200B\u200Bcurl/8"), "curl/8"
    );
}

TEST(UserAgentHint, SaysThatItWasCutWhereThatIsNotShown) {
    auto vendor = everything();
    vendor.hints.device_of_send.user_agent_bytes = 1024;
    auto send = to_phone();
    send.client.user_agent = std::string(1100, '.');
    auto const long_one = only_hint(fit_hints(send, vendor));
    EXPECT_EQ(long_one.wanted, std::string(256, '.') + " (1100 bytes)");
    EXPECT_EQ(long_one.used, std::string(256, '.') + " (1024 bytes)");
    send.client.user_agent = std::string(1000, '.');
    EXPECT_EQ(only_hint(fit_hints(send, vendor)).wanted, std::string(256, '.'));
}

TEST(UserAgentHint, IsShownScrubbed) {
    auto send = to_phone();
    send.client.user_agent = "app user@example.com " + std::string(300, '.');
    auto const shown = only_hint(fit_hints(send, everything())).wanted;
    EXPECT_EQ(shown.find("user@example.com"), std::string::npos);
    EXPECT_LE(shown.size(), max_vendor_text);
}

TEST(UserAgentHint, IsShownWithoutTheRecipientButSentAsItIs) {
    auto vendor = everything();
    vendor.hints.device_of_send.user_agent_bytes = 1024;
    auto send = to_phone();
    send.to.email = EmailAddress::parse("jane.doe@example.com").value();
    send.to.user_ids["acme"] = "customer_zqzqzqzq";
    send.client.user_agent = "App/1.0 (customer_zqzqzqzq; jane.doe at example.com)";
    auto const fitted = fit_hints(send, vendor);
    EXPECT_EQ(
        only_hint(fitted),
        (AppliedHint{"client.user_agent", "App/1.0 (***; ***)", "App/1.0 (***; ***)"})
    );
    EXPECT_EQ(fitted.used.client.user_agent, send.client.user_agent);
    send.client.user_agent = "App/1.0 (CUSTOMER-ZQZQZQZQ; jane.doe=40example.com)";
    EXPECT_EQ(only_hint(fit_hints(send, vendor)).wanted, "App/1.0 (***; ***)");
}

TEST(UserAgentHint, OfAVerifyIsShownWithoutWhatTheHandleKnows) {
    VerificationHandle handle("main", "acme", Channel::sms);
    handle.set_reference("customer", "customer_zqzqzqzq");
    VerifyOtp verify(std::move(handle), OtpCode::parse("AB12CD").value());
    verify.client.user_agent = "App/1.0 (customer_zqzqzqzq) AB12CD";
    EXPECT_EQ(only_hint(fit_hints(verify, everything())).wanted, "App/1.0 (***) ***");
}

TEST(LocaleHint, IsShownWithoutTheRecipient) {
    auto send = to_phone();
    send.to.user_ids["acme"] = "customer_zqzqzqzq";
    send.locale = "en;customer_zqzqzqzq";
    EXPECT_EQ(only_hint(fit_hints(send, everything())).wanted, "en;***");
    send.locale = "de, en;q=0.9, x-customer;q=0, user@example.com";
    EXPECT_EQ(only_hint(fit_hints(send, everything())).wanted, "de, en;q=0.9, x-customer;q=0, ***");
}

TEST(Hints, OfAVerifyAreThoseAboutTheClient) {
    auto verify = check();
    verify.client = {"203.0.113.5", "curl/8"};
    auto const fitted = fit_hints(verify, everything());
    EXPECT_THAT(
        fitted.applied,
        ElementsAre(
            AppliedHint{"client.ip_address", "203.0.113.***", std::nullopt},
            AppliedHint{"client.user_agent", "curl/8", "curl"}
        )
    );
    set_hints(verify, fitted.used);
    EXPECT_FALSE(verify.client.ip_address);
    EXPECT_EQ(verify.client.user_agent, "curl");
    EXPECT_EQ(hints_of(verify).client.user_agent, "curl");
}

TEST(ChannelOfASend, IsTheRequestsOwnOrWhatTheRecipientLeadsTo) {
    auto vendor = everything();
    auto send = to_phone();
    EXPECT_EQ(channel_of(send, vendor), Channel::sms);
    send.to.email = EmailAddress::parse("user@example.com").value();
    EXPECT_EQ(channel_of(send, vendor), Channel::sms);
    send.to.phone.reset();
    EXPECT_EQ(channel_of(send, vendor), Channel::email);
    send.channel = Channel::whatsapp;
    EXPECT_EQ(channel_of(send, vendor), Channel::whatsapp);
    EXPECT_EQ(channel_of(SendOtp(Recipient()), vendor), Channel::sms);

    vendor.channels = {Channel::email};
    EXPECT_EQ(channel_of(to_phone(), vendor), Channel::email);
    vendor.channels = {Channel::email, Channel::whatsapp};
    EXPECT_EQ(channel_of(to_phone(), vendor), Channel::whatsapp);
    vendor.channels = {};
    EXPECT_EQ(channel_of(to_phone(), vendor), Channel::sms);
}

}  // namespace
}  // namespace otp
