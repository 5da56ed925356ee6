#pragma once

#include <cstddef>

namespace otp::test {

/// Watches the global heap from its construction to its destruction: how often memory was asked
/// for, and what the blocks held when they were given back. One at a time, in one thread.
class MemoryProbe {
public:
    MemoryProbe();
    MemoryProbe(MemoryProbe const&) = delete;
    MemoryProbe& operator=(MemoryProbe const&) = delete;
    ~MemoryProbe();

    /// Calls of operator new so far.
    [[nodiscard]] static std::size_t allocations() noexcept;

    /// Whether a block held `text` when it was given back.
    [[nodiscard]] static bool freed_block_held(char const* text) noexcept;

    /// Freed blocks so far.
    [[nodiscard]] static std::size_t freed_blocks() noexcept;
};

}  // namespace otp::test
