#include "adapter/word_list.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace otp::adapter {
namespace {

constexpr WordList words(std::to_array<std::string_view>({"invalid", "valid", "no such", "ko"}));

TEST(WordList, FindsAWordAnywhere) {
    struct Case {
        std::string_view text;
        std::string_view word;
        std::size_t place;
    };
    for (auto const& [text, word, place] :
         {Case{"valid", "valid", 0},
          Case{"isvalid", "valid", 2},
          Case{"valids", "valid", 0},
          Case{"there is no such thing", "no such", 9},
          Case{"k o ko", "ko", 4}}) {
        auto const found = words.find_in(text);
        ASSERT_TRUE(found.has_value()) << text;
        EXPECT_EQ(found->word, word) << text;
        EXPECT_EQ(found->place, place) << text;
    }
}

TEST(WordList, TheFirstOfTheListCountsWhereItFirstStands) {
    auto const found = words.find_in("ko valid invalid invalid");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->word, "invalid");
    EXPECT_EQ(found->place, 9U);
}

TEST(WordList, FindsNothingElse) {
    for (std::string_view const text : {"", "k", "o", "vali", "alid", "in valid?"}) {
        EXPECT_EQ(words.find_in(text).has_value(), text == "in valid?") << text;
    }
    // The others have the lowest five bits of `ko`.
    for (std::string_view const text : {"+/", "KO", "ko"}) {
        EXPECT_EQ(words.find_in(text).has_value(), text == "ko") << text;
        EXPECT_EQ(words.find_at_end_of(text).has_value(), text == "ko") << text;
    }
}

TEST(WordList, FindsAWordAtTheEnd) {
    EXPECT_EQ(words.find_at_end_of("valid"), "valid");
    EXPECT_EQ(words.find_at_end_of("isvalid"), "valid");
    EXPECT_EQ(words.find_at_end_of("isinvalid"), "invalid");
    for (std::string_view const text : {"", "d", "id", "alid", "validity", "ko!"}) {
        EXPECT_EQ(words.find_at_end_of(text), std::nullopt) << text;
    }
}

TEST(WordList, HasAWord) {
    EXPECT_TRUE(words.has("ko"));
    EXPECT_TRUE(words.has("no such"));
    for (std::string_view const text : {"", "k", "kos", "ok", "such"}) {
        EXPECT_FALSE(words.has(text)) << text;
    }
}

}  // namespace
}  // namespace otp::adapter
