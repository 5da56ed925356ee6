#include <otp/adapter/language_tag.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp {
namespace {

TEST(LanguageTag, IsWellFormed) {
    // RFC 5646, appendix A, and tags that platforms write.
    for (auto const* const tag :
         {"de",
          "i-enochian",
          "zh-Hant",
          "zh-cmn-Hans-CN",
          "yue-HK",
          "zh-yue-HK",
          "sr-Latn-RS",
          "sl-rozaj-biske",
          "sl-rozaj-biske-1994",
          "de-CH-1901",
          "hy-Latn-IT-arevela",
          "en-US",
          "es-419",
          "de-CH-x-phonebk",
          "az-Arab-x-AZE-derbend",
          "x-whatever",
          "qaa-Qaaa-QM-x-southern",
          "en-US-u-islamcal",
          "zh-CN-a-myext-x-private",
          "en-a-myext-b-another",
          "en-1-ab",
          "EN-us",
          "en-GB-oed",
          "sgn-BE-FR",
          "zh-min-nan",
          "art-lojban",
          "english",
          "abcd",
          "en_US",
          "zh_Hans_CN",
          " en-US "}) {
        EXPECT_TRUE(is_language_tag(tag)) << tag;
    }
}

TEST(LanguageTag, IsMalformed) {
    for (std::string const tag :
         {"",
          " ",
          "-",
          "e",
          "en-",
          "-en",
          "en--US",
          "en US",
          "*",
          "en-*",
          "en,fr",
          "en-US,en;q=0.9",
          "en;q=0.8",
          "en_US.UTF-8",
          "de-419-DE",
          "a-DE",
          "ar-a-aaa-b-bbb-a-ccc",
          "en-a",
          "en-a-b",
          "en-x",
          "x",
          "x-",
          "en-x-toolongpart",
          "en-x-pri_vate!",
          "12",
          "e1",
          "abcdefghi",
          "en-abcdefghi",
          "en-US-US",
          "en-Latn-Latn",
          "en-abc-def-ghi-jkl",
          "abcd-efg",
          "en-1ab",
          "i-unknown",
          "fran\xC3\xA7"
          "ais",
          "en\r\nX: y"}) {
        EXPECT_FALSE(is_language_tag(tag)) << tag;
    }
    EXPECT_FALSE(is_language_tag(std::string("en\0US", 5)));
}

/// A vendor with tags of every kind.
std::vector<std::string> const offered{
    "en", "es", "pt-br", "fr", "de-DE", "zh-Hans", "ca-ES", "fa", "en-AU", "sr-Latn", "i-klingon"};

std::string nearest(std::string_view wanted, std::vector<std::string> const& tags = offered) {
    return std::string(nearest_language_tag(tags, wanted).value_or("none"));
}

TEST(NearestLanguageTag, IsTheSameInAnyCase) {
    EXPECT_EQ(nearest("en"), "en");
    EXPECT_EQ(nearest("PT-BR"), "pt-br");
    EXPECT_EQ(nearest("de_de"), "de-DE");
    EXPECT_EQ(nearest("zh-hans"), "zh-Hans");
    EXPECT_EQ(nearest("i-klingon"), "i-klingon");
    EXPECT_EQ(nearest(" fr "), "fr");
}

TEST(NearestLanguageTag, IsFoundByLookup) {
    EXPECT_EQ(nearest("en-US"), "en");
    EXPECT_EQ(nearest("en_US"), "en");
    EXPECT_EQ(nearest("fr-FR"), "fr");
    EXPECT_EQ(nearest("fr-Latn-CA-x-private"), "fr");
    EXPECT_EQ(nearest("en-AU-u-ca-gregory"), "en-AU");
    EXPECT_EQ(nearest("zh-Hans-CN"), "zh-Hans");
    EXPECT_EQ(nearest("de-DE-1996"), "de-DE");
    EXPECT_EQ(nearest("en-GB-oed"), "en");
    EXPECT_EQ(nearest("en-a-bcd"), "en");
}

TEST(NearestLanguageTag, IsOneOfTheSameLanguage) {
    EXPECT_EQ(nearest("de"), "de-DE");
    EXPECT_EQ(nearest("de-AT"), "de-DE");
    EXPECT_EQ(nearest("ca"), "ca-ES");
    EXPECT_EQ(nearest("ca-AD"), "ca-ES");
    EXPECT_EQ(nearest("pt"), "pt-br");
    EXPECT_EQ(nearest("pt-PT"), "pt-br");
    // Of several the vendor's first, unless lookup finds a nearer one.
    EXPECT_EQ(nearest("en", {"en-GB", "en-US"}), "en-GB");
    EXPECT_EQ(nearest("en-US-x-a", {"en-GB", "en-US"}), "en-US");
    EXPECT_EQ(nearest("en-NZ", {"fr", "en-GB", "en-US"}), "en-GB");
}

TEST(NearestLanguageTag, HasNoOtherScript) {
    for (auto const* const simplified : {"zh", "zh-CN", "zh-SG", "zh-MY", "zh_CN", "zh-Hans-TW"}) {
        EXPECT_EQ(nearest(simplified), "zh-Hans") << simplified;
    }
    for (auto const* const traditional : {"zh-TW", "zh-HK", "zh-MO", "zh-Hant", "zh-Hant-CN"}) {
        EXPECT_EQ(nearest(traditional), "none") << traditional;
        EXPECT_EQ(nearest(traditional, {"zh"}), "none") << traditional;
        EXPECT_EQ(nearest(traditional, {"zh-Hans", "zh-TW"}), "zh-TW") << traditional;
        EXPECT_EQ(nearest(traditional, {"zh", "zh-Hant"}), "zh-Hant") << traditional;
    }
    EXPECT_EQ(nearest("zh-CN", {"zh"}), "zh");
    EXPECT_EQ(nearest("sr-Cyrl"), "none");
    EXPECT_EQ(nearest("sr"), "sr-Latn");
    EXPECT_EQ(nearest("sr-Latn-RS"), "sr-Latn");
}

TEST(NearestLanguageTag, WithoutAScriptHasTheUsualOne) {
    std::vector<std::string> const tags{"ru", "ja", "fa-IR", "en", "pt-br", "sv"};
    for (auto const* const other :
         {"ru-Latn", "ru-Latn-RU", "ja-Latn", "fa-Cyrl", "en-Cyrl", "pt-Cyrl-PT"}) {
        EXPECT_EQ(nearest(other, tags), "none") << other;
    }
    EXPECT_EQ(nearest("ru-Cyrl-RU", tags), "ru");
    EXPECT_EQ(nearest("ja-Jpan", tags), "ja");
    EXPECT_EQ(nearest("fa-arab", tags), "fa-IR");
    EXPECT_EQ(nearest("EN-LATN-US", tags), "en");
    EXPECT_EQ(nearest("pt-Latn-PT", tags), "pt-br");
    EXPECT_EQ(nearest("ru", {"ru-Latn"}), "none");
    EXPECT_EQ(nearest("ru", {"ru-Latn", "ru-Cyrl"}), "ru-Cyrl");
    EXPECT_EQ(nearest("ru-Latn", {"ru", "ru-Latn"}), "ru-Latn");
    // Nobody here knows the usual script of another language: a script that was asked for has to
    // be offered, and without one any will do.
    EXPECT_EQ(nearest("qaa-Latn", {"qaa"}), "none");
    EXPECT_EQ(nearest("qaa", {"qaa-Latn"}), "qaa-Latn");
}

TEST(NearestLanguageTag, OfMandarinIsChinese) {
    for (auto const* const simplified :
         {"cmn", "CMN-CN", "cmn-Hans-CN", "cmn_Hans", "zh-cmn-Hans"}) {
        EXPECT_EQ(nearest(simplified), "zh-Hans") << simplified;
    }
    for (auto const* const traditional : {"cmn-TW", "cmn-Hant", "cmn-Hant-CN"}) {
        EXPECT_EQ(nearest(traditional), "none") << traditional;
    }
    EXPECT_EQ(nearest("cmn-TW", {"zh-Hans", "zh-HK", "zh-TW"}), "zh-TW");
    EXPECT_EQ(nearest("cmn-TW", {"zh-TW", "cmn-TW"}), "cmn-TW");
    EXPECT_EQ(nearest("zh", {"cmn-Hans"}), "cmn-Hans");
    EXPECT_EQ(nearest("zh-TW", {"cmn"}), "none");
    EXPECT_EQ(nearest("cmn", {"cm"}), "none");
}

TEST(NearestLanguageTag, IsNotThere) {
    for (auto const* const wanted :
         {"sv", "xx", "english", "x-en", "x-whatever", "i-navajo", "", "en-", "en,fr", "*"}) {
        EXPECT_EQ(nearest(wanted), "none") << wanted;
    }
    EXPECT_EQ(nearest("en", {}), "none");
    EXPECT_EQ(nearest("x-a", {"x-b"}), "none");
}

}  // namespace
}  // namespace otp
