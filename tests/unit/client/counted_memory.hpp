#pragma once

#include <cstddef>

namespace otp::test {

/// While it lives, one allocation of this thread fails: the one of that number, from 1.
class FailingAllocation {
public:
    explicit FailingAllocation(int number) noexcept;
    ~FailingAllocation();
    FailingAllocation(FailingAllocation const&) = delete;
    FailingAllocation& operator=(FailingAllocation const&) = delete;

    /// Whether so many were made.
    [[nodiscard]] bool has_failed() const noexcept;
};

/// Of this thread, in bytes, since `forget_allocations`.
[[nodiscard]] std::size_t largest_allocation() noexcept;
void forget_allocations() noexcept;

}  // namespace otp::test
