#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <utility>

namespace otp::platform {

/// Takes memory from a pool that it shares, and so keeps alive, with everything made from it:
/// for objects that come and go with each request and are too large for an allocator's short lists.
/// As thread-safe as the pool.
template <class T>
class PoolAllocator {
public:
    using value_type = T;

    explicit PoolAllocator(std::shared_ptr<std::pmr::memory_resource> pool) noexcept
        : pool_(std::move(pool)) {}
    template <class Other>
    // NOLINTNEXTLINE(google-explicit-constructor): allocators convert.
    PoolAllocator(PoolAllocator<Other> const& other) noexcept : pool_(other.pool()) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        return static_cast<T*>(pool_->allocate(count * sizeof(T), alignof(T)));
    }
    void deallocate(T* objects, std::size_t count) noexcept {
        pool_->deallocate(objects, count * sizeof(T), alignof(T));
    }

    [[nodiscard]] std::shared_ptr<std::pmr::memory_resource> const& pool() const noexcept {
        return pool_;
    }

    template <class Other>
    friend bool operator==(PoolAllocator const& left, PoolAllocator<Other> const& right) noexcept {
        return left.pool() == right.pool();
    }

private:
    std::shared_ptr<std::pmr::memory_resource> pool_;
};

}  // namespace otp::platform
