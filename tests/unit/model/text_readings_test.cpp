// What else a folded text may say: without its markup, with its signs in words, decoded.

#include "model/encoded_text.hpp"
#include "model/folded_text.hpp"
#include "model/ip_address.hpp"
#include "model/markup.hpp"
#include "model/spelled_signs.hpp"

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::model {
namespace {

std::string said(FoldedText const& text) {
    std::string result;
    for (auto const& character : text) {
        result += character.value < 0x80 ? static_cast<char>(character.value) : '?';
    }
    return result;
}

std::vector<std::string> said(std::vector<FoldedText> const& readings) {
    std::vector<std::string> result;
    for (auto const& reading : readings) {
        auto text = said(reading);
        // What ends each run.
        text.resize(text.find_last_not_of('\n') + 1);
        result.push_back(std::move(text));
    }
    return result;
}

using Texts = std::vector<std::string>;

TEST(Markup, IsLeftOut) {
    struct Case {
        std::string_view text;
        std::string_view expected;
    };
    for (auto const& [text, expected] :
         {Case{"4<b>8</b>15", "4815"},
          Case{"a<br/>b<!-- c -->d<?e?>f", "abdf"},
          Case{"<a href=\"x\">y</a>", "y"},
          Case{"a < b > c<d>", "a < b > c"},
          Case{"<a<b>c", "<ac"},
          Case{"", ""},
          Case{"a", ""},
          Case{"<", ""},
          Case{"<>", ""},
          Case{"<4>", ""},
          Case{"<a", ""},
          Case{"a < b", ""}}) {
        EXPECT_EQ(said(without_markup(fold(text))), expected) << text;
    }
    auto const shown = without_markup(fold("4<b>8"));
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[1].begin, 4U);
    EXPECT_EQ(shown[1].end, 5U);
}

TEST(SpelledSigns, AreReadInBrackets) {
    for (std::string_view const text :
         {"a (at) b [dot] c", "a(at)b(dot)c", "a{ AT }b<dot>c", "a  [at]b  (dot)  c"}) {
        EXPECT_EQ(said(with_signs(fold(text), SpelledSigns::in_brackets)), "a@b.c") << text;
    }
    for (std::string_view const text :
         {"", "at", "a at b dot c", "(at]", "(attic)", "(at", "(", "(at b)", "(a t)", "(cat)"}) {
        EXPECT_EQ(said(with_signs(fold(text), SpelledSigns::in_brackets)), "") << text;
    }
}

TEST(SpelledSigns, AreReadAsWords) {
    for (std::string_view const text : {"a at b dot c", "a [at] b\tdot\nc", "a AT b (dot) c"}) {
        EXPECT_EQ(said(with_signs(fold(text), SpelledSigns::as_words)), "a@b.c") << text;
    }
    EXPECT_EQ(said(with_signs(fold("a-at-b"), SpelledSigns::as_words)), "a-@-b");
    EXPECT_EQ(said(with_signs(fold("at"), SpelledSigns::as_words)), "@");
    for (std::string_view const text :
         {"cat", "atom", "at1", "1at", "dots", "\u00e9at", "at\u00e9"}) {
        EXPECT_EQ(said(with_signs(fold(text), SpelledSigns::as_words)), "") << text;
    }
    auto const text = with_signs(fold("a (at) b"), SpelledSigns::as_words);
    ASSERT_EQ(text.size(), 3U);
    EXPECT_EQ(text[1].begin, 2U);
    EXPECT_EQ(text[1].end, 6U);
}

TEST(EncodedText, HexadecimalIsRead) {
    EXPECT_EQ(said(read_hexadecimal(fold("6a616e65"))), Texts{"jane"});
    EXPECT_EQ(said(read_hexadecimal(fold("x 6A616E65!"))), Texts{"jane"});
    EXPECT_EQ(said(read_hexadecimal(fold("6a 61:6e, 65"))), Texts{"jane"});
    EXPECT_EQ(said(read_hexadecimal(fold("0x6a 0x61 0x6e 0x65"))), Texts{"jane"});
    // One digit before it shifts all pairs.
    EXPECT_EQ(said(read_hexadecimal(fold("f6a616e65"))), Texts{"jane"});
    for (std::string_view const text : {"", "6", "6a616e", "6a61 -- 6e65", "6a61ff6e65", "zz"}) {
        EXPECT_EQ(said(read_hexadecimal(fold(text))), Texts{}) << text;
    }
    auto const reading = read_hexadecimal(fold("-6a616e65")).at(0);
    EXPECT_EQ(reading[0].begin, 1U);
    EXPECT_EQ(reading[3].end, 9U);
}

Texts base64(std::string_view text) {
    return said(read_base64(fold(text), text));
}

TEST(EncodedText, Base64IsRead) {
    EXPECT_EQ(base64("amFuZQ=="), Texts{"jane"});
    EXPECT_EQ(base64("amFuZQ"), Texts{"jane"});
    EXPECT_EQ(base64("SkFORS4x"), Texts{"jane.1"});
    EXPECT_EQ(base64("amFuZT8/Pw"), Texts{"jane???"});
    EXPECT_EQ(base64("amFuZT8_Pw"), Texts{"jane???"});
    EXPECT_EQ(base64("fn5-fn5-"), Texts{"~~~~~~"});
    EXPECT_EQ(base64("fn5+fn5+"), Texts{"~~~~~~"});
    // One to three characters before it shift all groups.
    for (std::string_view const before : {"a", "id", "id-", "id-a"}) {
        auto const texts = base64(std::string(before) + "amFuZQ");
        EXPECT_EQ(std::count(texts.begin(), texts.end(), "jane"), 1) << before;
    }
    for (std::string_view const text : {"", "a", "amFu", "AMFUZQ", "amFu ZQ", "____"}) {
        EXPECT_EQ(base64(text), Texts{}) << text;
    }
    std::string_view const text = " amFuZQ==";
    auto const reading = read_base64(fold(text), text).at(0);
    EXPECT_EQ(reading[0].begin, 1U);
    EXPECT_EQ(reading[3].end, 7U);
}

TEST(IpAddress, IsReadInEachForm) {
    EXPECT_EQ(read_ip_address("2001:db8::1"), read_ip_address("2001:0DB8:0:0::1"));
    EXPECT_EQ(read_ip_address("203.0.113.5"), read_ip_address("::ffff:203.0.113.5"));
    EXPECT_EQ(read_ip_address("203.0.113.5"), read_ip_address("::ffff:cb00:7105"));
    EXPECT_NE(read_ip_address("203.0.113.5"), read_ip_address("::203.0.113.5"));
    for (std::string_view const text :
         {"", "1", ":", "203.0.113", "203.0.113.5.6", "2001:db8", "2001:db8::1::2", "x::1"}) {
        EXPECT_EQ(read_ip_address(text), std::nullopt) << text;
    }
    EXPECT_EQ(read_ip_address(std::string(1000, ':')), std::nullopt);
    EXPECT_EQ(read_ip_address(std::string_view("::1\0", 4)), std::nullopt);
}

TEST(IpAddress, TakesLinearTimeForHostileText) {
    auto const address = read_ip_address("::1").value();
    auto const begun = std::chrono::steady_clock::now();
    for (std::string_view const part : {":", "::", "1:", "1.", "0:0:0:0:0:0:0:0:"}) {
        std::string text;
        while (text.size() < 64 * 1024) text += part;
        TextMasks masks;
        mask_ip_address(fold(text), address, masks);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

}  // namespace
}  // namespace otp::model
