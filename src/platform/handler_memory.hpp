#pragma once

#include <array>
#include <cstddef>
#include <new>
#include <utility>

namespace otp::platform {

/// Memory for one handler at a time, there before it is needed: what must be scheduled again and
/// again does not fail for want of memory. A handler that is too large, or a second one, is given
/// memory from the heap. Outlives its handlers. Not thread-safe.
class HandlerMemory {
public:
    HandlerMemory() = default;
    HandlerMemory(HandlerMemory const&) = delete;
    HandlerMemory& operator=(HandlerMemory const&) = delete;

    [[nodiscard]] void* allocate(std::size_t size) {
        if (in_use_ || size > storage_.size()) return ::operator new(size);
        in_use_ = true;
        return storage_.data();
    }
    void deallocate(void* block) noexcept {
        if (block == storage_.data()) {
            in_use_ = false;
        } else {
            ::operator delete(block);
        }
    }

private:
    alignas(std::max_align_t) std::array<std::byte, 256> storage_;
    bool in_use_{false};
};

/// Takes memory from a `HandlerMemory`.
template <class T>
class HandlerAllocator {
public:
    using value_type = T;

    explicit HandlerAllocator(HandlerMemory& memory) noexcept : memory_(&memory) {}
    template <class Other>
    // NOLINTNEXTLINE(google-explicit-constructor): allocators convert.
    HandlerAllocator(HandlerAllocator<Other> const& other) noexcept : memory_(other.memory()) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        return static_cast<T*>(memory_->allocate(count * sizeof(T)));
    }
    void deallocate(T* objects, std::size_t /*count*/) noexcept { memory_->deallocate(objects); }

    [[nodiscard]] HandlerMemory* memory() const noexcept { return memory_; }

    template <class Other>
    friend bool operator==(
        HandlerAllocator const& left, HandlerAllocator<Other> const& right
    ) noexcept {
        return left.memory() == right.memory();
    }

private:
    static_assert(alignof(T) <= alignof(std::max_align_t));

    HandlerMemory* memory_;
};

/// A handler that is kept in a `HandlerMemory` while it is pending. Not made with Asio's
/// `bind_allocator`: Asio asks that for an executor, too, and then counts a pending operation as
/// work twice, of which `BackgroundWork` would hide but one.
template <class Handler>
class KeptHandler {
public:
    using allocator_type = HandlerAllocator<void*>;

    KeptHandler(HandlerMemory& memory, Handler handler)
        : memory_(&memory), handler_(std::move(handler)) {}

    [[nodiscard]] allocator_type get_allocator() const noexcept { return allocator_type(*memory_); }

    template <class... Arguments>
    void operator()(Arguments&&... arguments) {
        handler_(std::forward<Arguments>(arguments)...);
    }

private:
    HandlerMemory* memory_;
    Handler handler_;
};

}  // namespace otp::platform
