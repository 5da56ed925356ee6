#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <new>

namespace otp::platform {

/// Memory for objects that come and go with each request and are too large for an allocator's short
/// lists: the standard library's pool, which keeps what was given back. It lives until its owner
/// has let go of it and all memory has come back, since an object may give its own back last of
/// all. Not thread-safe, and free of what that would cost.
class BlockPool {
public:
    struct Release {
        void operator()(BlockPool* pool) const noexcept { pool->release(); }
    };
    using Owner = std::unique_ptr<BlockPool, Release>;

    [[nodiscard]] static Owner make() { return Owner(new BlockPool); }

    BlockPool(BlockPool const&) = delete;
    BlockPool& operator=(BlockPool const&) = delete;

    [[nodiscard]] void* allocate(std::size_t size) {
        void* const block = memory_.allocate(size);
        ++blocks_;
        return block;
    }
    /// `size` is the one that the block was asked for with.
    void deallocate(void* block, std::size_t size) noexcept {
        memory_.deallocate(block, size);
        if (--blocks_ == 0 && !owned_) delete this;
    }

private:
    BlockPool() = default;
    ~BlockPool() = default;
    void release() noexcept {
        owned_ = false;
        if (blocks_ == 0) delete this;
    }

    std::pmr::unsynchronized_pool_resource memory_{std::pmr::new_delete_resource()};
    std::size_t blocks_{0};
    bool owned_{true};
};

/// Takes memory from a pool, or from the heap where there is none.
template <class T>
class PoolAllocator {
public:
    using value_type = T;

    explicit PoolAllocator(BlockPool* pool) noexcept : pool_(pool) {}
    template <class Other>
    // NOLINTNEXTLINE(google-explicit-constructor): allocators convert.
    PoolAllocator(PoolAllocator<Other> const& other) noexcept : pool_(other.pool()) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        void* const memory = pool_ != nullptr ? pool_->allocate(count * sizeof(T))
                                              : ::operator new(count * sizeof(T));
        return static_cast<T*>(memory);
    }
    void deallocate(T* objects, std::size_t count) noexcept {
        if (pool_ != nullptr) {
            pool_->deallocate(objects, count * sizeof(T));
        } else {
            ::operator delete(objects);
        }
    }

    [[nodiscard]] BlockPool* pool() const noexcept { return pool_; }

    template <class Other>
    friend bool operator==(PoolAllocator const& left, PoolAllocator<Other> const& right) noexcept {
        return left.pool() == right.pool();
    }

private:
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);

    BlockPool* pool_;
};

}  // namespace otp::platform
