#include "model/text_pairs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::model {
namespace {

using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Pair = TextPair;

/// The packed text, handled as its owners handle theirs.
class TextPairs {
public:
    void append(std::string_view name, std::string_view value) {
        append_pair(packed_, name, value);
    }
    void reserve(std::size_t pairs, std::size_t octets) { reserve_pairs(packed_, pairs, octets); }
    [[nodiscard]] std::vector<Pair> all() const {
        std::vector<Pair> pairs;
        for (std::string_view rest = packed_; !rest.empty();) pairs.push_back(take_pair(rest));
        return pairs;
    }
    [[nodiscard]] std::size_t size() const { return all().size(); }
    friend bool operator==(TextPairs const&, TextPairs const&) = default;

private:
    std::string packed_;
};

TEST(TextPairs, IsEmptyAtFirst) {
    TextPairs const none;
    EXPECT_EQ(none.size(), 0U);
    EXPECT_THAT(none.all(), IsEmpty());
}

TEST(TextPairs, KeepsAnyOctetsInTheirOrder) {
    TextPairs pairs;
    pairs.append("b", "1");
    pairs.append("", "\0\xFF\r\n"sv);
    pairs.append("b", "");
    EXPECT_EQ(pairs.size(), 3U);
    EXPECT_THAT(pairs.all(), ElementsAre(Pair("b", "1"), Pair("", "\0\xFF\r\n"sv), Pair("b", "")));
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
}  // namespace otp::model
