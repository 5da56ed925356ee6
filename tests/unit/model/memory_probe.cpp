#include "unit/model/memory_probe.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

namespace {

// Plain arrays: the hooks run inside the heap and must not use it.
constexpr std::size_t max_record = 1U << 16U;
bool watching = false;
std::size_t allocation_count = 0;
std::size_t freed_count = 0;
std::size_t recorded = 0;
char record[max_record];

/// Stands before each block; keeps its size and the alignment of what follows.
struct alignas(std::max_align_t) Prefix {
    std::size_t size;
};

void* take(std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): this is what operator new is made of
    auto* const prefix = static_cast<Prefix*>(std::malloc(sizeof(Prefix) + size));
    if (prefix == nullptr) throw std::bad_alloc();
    prefix->size = size;
    if (watching) ++allocation_count;
    return prefix + 1;
}

void give_back(void* block) noexcept {
    if (block == nullptr) return;
    auto* const prefix = static_cast<Prefix*>(block) - 1;
    if (watching) {
        ++freed_count;
        auto const part = std::min(prefix->size, max_record - recorded);
        std::memcpy(record + recorded, block, part);
        recorded += part;
    }
    std::free(prefix);  // NOLINT(cppcoreguidelines-no-malloc)
}

}  // namespace

// Replaceable by the language's rules ([new.delete]); the other forms end in these.
void* operator new(std::size_t size) {
    return take(size);
}
void* operator new[](std::size_t size) {
    return take(size);
}
void operator delete(void* block) noexcept {
    give_back(block);
}
void operator delete[](void* block) noexcept {
    give_back(block);
}
void operator delete(void* block, std::size_t /*size*/) noexcept {
    give_back(block);
}
void operator delete[](void* block, std::size_t /*size*/) noexcept {
    give_back(block);
}

namespace otp::test {

MemoryProbe::MemoryProbe() {
    allocation_count = 0;
    freed_count = 0;
    recorded = 0;
    watching = true;
}

MemoryProbe::~MemoryProbe() {
    watching = false;
}

std::size_t MemoryProbe::allocations() noexcept {
    return allocation_count;
}

bool MemoryProbe::freed_block_held(char const* text) noexcept {
    return std::string_view(record, recorded).find(text) != std::string_view::npos;
}

std::size_t MemoryProbe::freed_blocks() noexcept {
    return freed_count;
}

}  // namespace otp::test
