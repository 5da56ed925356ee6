#include "integration/wire/allocation_meter.hpp"

#include <algorithm>
#include <cstdlib>
#include <malloc.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OTP_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OTP_TEST_SANITIZED 1
#endif
#endif

namespace {

// Plain numbers: they must work before and after all constructors and destructors.
thread_local std::ptrdiff_t held = 0;
thread_local std::ptrdiff_t most_held = 0;

void took(std::size_t size) noexcept {
    held += static_cast<std::ptrdiff_t>(size);
    most_held = std::max(most_held, held);
}

void gave_back(std::size_t size) noexcept {
    held -= static_cast<std::ptrdiff_t>(size);
}

}  // namespace

#ifdef OTP_TEST_SANITIZED

// A sanitizer brings its own allocator, with hooks for this use. They are declared here as in
// sanitizer/allocator_interface.h, which Debian's GCC does not come with.
extern "C" {
int __sanitizer_install_malloc_and_free_hooks(
    void (*on_malloc)(void const volatile*, std::size_t), void (*on_free)(void const volatile*)
);
std::size_t __sanitizer_get_allocated_size(void const volatile* block);
}

namespace {

void on_malloc(void const volatile*, std::size_t size) {
    took(size);
}

void on_free(void const volatile* block) {
    if (block != nullptr) gave_back(__sanitizer_get_allocated_size(block));
}

int const hooks = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);

}  // namespace

#else

// The GNU C library keeps its allocator reachable under these names, for exactly this use.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);

void* malloc(std::size_t size) {
    void* const block = __libc_malloc(size);
    took(malloc_usable_size(block));
    return block;
}
void* calloc(std::size_t count, std::size_t size) {
    void* const block = __libc_calloc(count, size);
    took(malloc_usable_size(block));
    return block;
}
void* realloc(void* old, std::size_t size) {
    gave_back(malloc_usable_size(old));
    void* const block = __libc_realloc(old, size);
    took(malloc_usable_size(block));
    return block;
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    void* const block = __libc_memalign(alignment, size);
    took(malloc_usable_size(block));
    return block;
}
void free(void* block) {
    gave_back(malloc_usable_size(block));
    __libc_free(block);
}
}

#endif

namespace otp::test {

AllocationMeter::AllocationMeter() noexcept {
    held = 0;
    most_held = 0;
}

std::size_t AllocationMeter::peak() const noexcept {
    return static_cast<std::size_t>(most_held);
}

}  // namespace otp::test
