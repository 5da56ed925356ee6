#include "unit/client/counted_memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

/// Counts down with each allocation of this thread while it is not negative; the one that reaches 0
/// fails.
thread_local int allocations_left = -1;
thread_local std::size_t largest = 0;

}  // namespace

// Replaceable by the language's rules ([new.delete]); the other forms end in these, but under a
// sanitizer, which has a form without exceptions of its own.
void* operator new(std::size_t size) {
    if (allocations_left > 0 && --allocations_left == 0) throw std::bad_alloc();
    largest = std::max(largest, size);
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): this is what operator new is made of
    void* const block = std::malloc(size);
    if (block == nullptr) throw std::bad_alloc();
    return block;
}
void* operator new(std::size_t size, std::nothrow_t const& /*tag*/) noexcept {
    try {
        return ::operator new(size);
    } catch (std::bad_alloc const&) {
        return nullptr;
    }
}
void operator delete(void* block) noexcept {
    std::free(block);  // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete(void* block, std::size_t /*size*/) noexcept {
    std::free(block);  // NOLINT(cppcoreguidelines-no-malloc)
}

namespace otp::test {

FailingAllocation::FailingAllocation(int number) noexcept {
    allocations_left = number;
}
FailingAllocation::~FailingAllocation() {
    allocations_left = -1;
}
bool FailingAllocation::has_failed() const noexcept {
    return allocations_left == 0;
}

std::size_t largest_allocation() noexcept {
    return largest;
}
void forget_allocations() noexcept {
    largest = 0;
}

}  // namespace otp::test
