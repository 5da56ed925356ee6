#include "platform/block_pool.hpp"

#include <array>
#include <gtest/gtest.h>
#include <memory>
#include <set>

namespace otp::platform {
namespace {

TEST(BlockPool, HandsOutAgainWhatCameBack) {
    auto const pool = BlockPool::make();
    void* const first = pool->allocate(600);
    void* const second = pool->allocate(600);
    EXPECT_NE(first, second);
    pool->deallocate(first, 600);
    pool->deallocate(second, 600);
    std::set<void*> const again{pool->allocate(600), pool->allocate(600)};
    EXPECT_EQ(again, (std::set<void*>{first, second}));
    pool->deallocate(first, 600);
    pool->deallocate(second, 600);
}

TEST(BlockPool, KeepsSizesApart) {
    auto const pool = BlockPool::make();
    void* const small = pool->allocate(1);
    pool->deallocate(small, 1);
    void* const large = pool->allocate(700);
    EXPECT_NE(large, small);
    EXPECT_EQ(pool->allocate(1), small);
    pool->deallocate(small, 1);
    pool->deallocate(large, 700);
}

TEST(PoolAllocator, LivesAsLongAsWhatItServed) {
    using Numbers = std::array<int, 100>;
    auto pool = BlockPool::make();
    auto last = std::allocate_shared<Numbers>(PoolAllocator<Numbers>(pool.get()));
    std::allocate_shared<Numbers>(PoolAllocator<Numbers>(pool.get())).reset();
    pool.reset();
    last->back() = 7;
    EXPECT_EQ(last->back(), 7);
    last.reset();
}

TEST(PoolAllocator, TakesFromTheHeapWithoutAPool) {
    auto const number = std::allocate_shared<int>(PoolAllocator<int>(nullptr), 7);
    EXPECT_EQ(*number, 7);
}

}  // namespace
}  // namespace otp::platform
