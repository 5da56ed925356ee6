#include "unit/model/memory_probe.hpp"

#include <otp/secret.hpp>

#include <array>
#include <gtest/gtest.h>
#include <memory>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

namespace otp {
namespace {

constexpr char const* fake_key = "fake-key-for-tests";

TEST(Secret, RevealsItsText) {
    Secret const secret(fake_key);
    EXPECT_EQ(secret.reveal(), fake_key);
    EXPECT_FALSE(secret.empty());
}

TEST(Secret, KeepsEveryByte) {
    std::string const text("a\0b\xff", 4);
    EXPECT_EQ(Secret(text).reveal(), text);
}

TEST(Secret, IsEmptyByDefaultAndFromAnEmptyText) {
    EXPECT_TRUE(Secret().empty());
    EXPECT_TRUE(Secret("").empty());
    EXPECT_EQ(Secret().reveal(), "");
    EXPECT_TRUE(Secret().clone().empty());
}

TEST(Secret, PrintsStarsWhateverItHolds) {
    std::ostringstream out;
    out << Secret(fake_key) << ' ' << Secret();
    EXPECT_EQ(out.str(), "*** ***");
}

TEST(Secret, IsNeitherCopiedNorComparedNorConvertedByAccident) {
    static_assert(!std::is_copy_constructible_v<Secret>);
    static_assert(!std::is_copy_assignable_v<Secret>);
    static_assert(!std::is_convertible_v<std::string_view, Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string_view>);
    static_assert(std::is_nothrow_move_constructible_v<Secret>);
    static_assert(std::is_nothrow_move_assignable_v<Secret>);
    Secret const secret(fake_key);
    auto const copy = secret.clone();
    EXPECT_EQ(copy.reveal(), secret.reveal());
    EXPECT_NE(copy.reveal().data(), secret.reveal().data());
}

TEST(Secret, IsEmptyAfterItWasMovedFrom) {
    Secret source(fake_key);
    Secret const target(std::move(source));
    EXPECT_TRUE(source.empty());  // NOLINT(bugprone-use-after-move): what is tested
    EXPECT_EQ(source.reveal(), "");
    EXPECT_EQ(target.reveal(), fake_key);

    Secret assigned("fake-old");
    Secret second_source(fake_key);
    assigned = std::move(second_source);
    EXPECT_TRUE(second_source.empty());  // NOLINT(bugprone-use-after-move): what is tested
    EXPECT_EQ(assigned.reveal(), fake_key);
}

TEST(Secret, SurvivesAssignmentToItself) {
    Secret secret(fake_key);
    auto& same = secret;
    secret = std::move(same);
    EXPECT_EQ(secret.reveal(), fake_key);
}

TEST(Secret, WipesItsMemoryBeforeItIsFreed) {
    bool held = true;
    std::size_t freed = 0;
    {
        test::MemoryProbe const probe;
        { Secret const secret(fake_key); }
        held = test::MemoryProbe::freed_block_held(fake_key);
        freed = test::MemoryProbe::freed_blocks();
    }
    EXPECT_EQ(freed, 1U);
    EXPECT_FALSE(held);
}

TEST(Secret, WipesTheOldTextWhenItIsAssigned) {
    bool held = true;
    std::size_t freed = 0;
    Secret secret(fake_key);
    {
        test::MemoryProbe const probe;
        secret = Secret("fake-next");
        held = test::MemoryProbe::freed_block_held(fake_key);
        freed = test::MemoryProbe::freed_blocks();
    }
    EXPECT_EQ(freed, 1U);
    EXPECT_FALSE(held);
    EXPECT_EQ(secret.reveal(), "fake-next");
}

// The test above would say nothing if the probe were blind.
TEST(MemoryProbe, SeesATextThatIsNotWiped) {
    bool held = false;
    {
        test::MemoryProbe const probe;
        { std::string const text(64, 'x'); }
        held = test::MemoryProbe::freed_block_held("xxxxxxxx");
    }
    EXPECT_TRUE(held);
}

TEST(WipeMemory, OverwritesExactlyTheGivenBytes) {
    std::array<unsigned char, 8> bytes{};
    bytes.fill(0x5A);
    wipe_memory(bytes.data() + 2, 4);
    EXPECT_EQ(bytes, (std::array<unsigned char, 8>{0x5A, 0x5A, 0, 0, 0, 0, 0x5A, 0x5A}));
    wipe_memory(bytes.data(), 0);
    EXPECT_EQ(bytes[0], 0x5A);
}

}  // namespace
}  // namespace otp
