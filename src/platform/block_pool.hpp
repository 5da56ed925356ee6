#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace otp::platform {

/// Memory for objects that come and go with each request and are too large for an allocator's short
/// lists: what was given back is kept for the next object of its size. It lives until its owner has
/// let go of it and all memory has come back, since an object may give its own back last of all.
/// Not thread-safe, and free of what that would cost.
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
        Shelf& shelf = shelf_for(size);
        void* const block =
            shelf.top != nullptr ? shelf.take() : ::operator new(std::max(size, sizeof(FreeBlock)));
        ++blocks_;
        return block;
    }
    /// `size` is the one that the block was asked for with.
    void deallocate(void* block, std::size_t size) noexcept {
        shelf_for(size).put(block);
        if (--blocks_ == 0 && !owned_) delete this;
    }

private:
    /// Lies in a block that is not in use.
    struct FreeBlock {
        FreeBlock* next;
    };

    /// The free blocks of one size.
    struct Shelf {
        std::size_t size;
        FreeBlock* top;

        void* take() noexcept { return std::exchange(top, top->next); }
        void put(void* block) noexcept { top = new (block) FreeBlock{top}; }
    };

    BlockPool() = default;
    ~BlockPool() {
        for (Shelf& shelf : shelves_) {
            while (shelf.top != nullptr) ::operator delete(shelf.take());
        }
    }
    void release() noexcept {
        owned_ = false;
        if (blocks_ == 0) delete this;
    }

    // There are as many sizes as types of objects: one or two.
    Shelf& shelf_for(std::size_t size) {
        for (Shelf& shelf : shelves_) {
            if (shelf.size == size) return shelf;
        }
        return shelves_.emplace_back(Shelf{size, nullptr});
    }

    std::vector<Shelf> shelves_;
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
