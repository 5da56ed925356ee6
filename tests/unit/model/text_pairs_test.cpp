#include <otp/text_pairs.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace otp {
namespace {

using namespace std::string_view_literals;
using testing::ElementsAre;
using Pair = TextPairs::Pair;

TEST(TextPairs, IsEmptyAtFirst) {
    TextPairs const none;
    EXPECT_EQ(none.size(), 0U);
    EXPECT_EQ(none.begin(), none.end());
}

TEST(TextPairs, KeepsAnyOctetsInTheirOrder) {
    TextPairs pairs;
    pairs.append("b", "1");
    pairs.append("", "\0\xFF\r\n"sv);
    pairs.append("b", "");
    EXPECT_EQ(pairs.size(), 3U);
    EXPECT_THAT(pairs, ElementsAre(Pair("b", "1"), Pair("", "\0\xFF\r\n"sv), Pair("b", "")));
}

TEST(TextPairs, MovesAndComparesWhole) {
    TextPairs pairs;
    pairs.reserve(1, 64);
    pairs.append("name", std::string(1000, 'x'));
    TextPairs const copy = pairs;
    TextPairs const moved = std::move(pairs);
    EXPECT_EQ(moved, copy);
    EXPECT_NE(moved, TextPairs());

    TextPairs divided_elsewhere;
    divided_elsewhere.append("nam", "e" + std::string(1000, 'x'));
    EXPECT_NE(moved, divided_elsewhere);
}

}  // namespace
}  // namespace otp
