#pragma once

#include <atomic>
#include <cstddef>

namespace otp::platform {

/// A number that its owner changes, one thread at a time, and any thread may read. It costs what a
/// plain one costs, and says nothing about what else the owner has done by then.
class PublishedCount {
public:
    [[nodiscard]] std::size_t get() const noexcept {
        return value_.load(std::memory_order_relaxed);
    }
    void set(std::size_t value) noexcept { value_.store(value, std::memory_order_relaxed); }

    // Nobody else writes, so no locked instruction is needed.
    void increase() noexcept { set(get() + 1); }
    void decrease() noexcept { set(get() - 1); }

private:
    std::atomic<std::size_t> value_{0};
};

}  // namespace otp::platform
