#include <otp/seam/random_source.hpp>

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <set>
#include <vector>

namespace otp {
namespace {

TEST(SystemRandomSource, IsOneForAll) {
    ASSERT_NE(RandomSource::system(), nullptr);
    EXPECT_EQ(RandomSource::system(), RandomSource::system());
}

TEST(SystemRandomSource, FillsTheSpanAndNothingElse) {
    std::array<std::byte, 66> bytes{};
    RandomSource::system()->fill(std::span(bytes).subspan(1, 64));
    EXPECT_EQ(bytes.front(), std::byte{0});
    EXPECT_EQ(bytes.back(), std::byte{0});
    // 64 zero bytes in a row have a probability of 2^-512.
    EXPECT_FALSE(std::all_of(bytes.begin(), bytes.end(), [](auto b) { return b == std::byte{0}; }));
}

TEST(SystemRandomSource, DoesNotRepeatItself) {
    std::set<std::array<std::byte, 16>> seen;
    for (int round = 0; round < 100; ++round) {
        std::array<std::byte, 16> bytes{};
        RandomSource::system()->fill(bytes);
        seen.insert(bytes);
    }
    EXPECT_EQ(seen.size(), 100U);
}

TEST(SystemRandomSource, GivesEveryByteValue) {
    std::vector<std::byte> bytes(65'536);
    RandomSource::system()->fill(bytes);
    EXPECT_EQ(std::set<std::byte>(bytes.begin(), bytes.end()).size(), 256U);
}

}  // namespace
}  // namespace otp
