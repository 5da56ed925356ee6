#pragma once

#include <atomic>
#include <cstdint>

namespace otp::platform {

namespace detail {
inline std::atomic<std::uint32_t> forks_behind_this_process{0};
}

/// Remembers the process in which it was made. A child that was forked is another process; it is
/// known without a system call. Of a copy made by `vfork` or `clone` nothing is known.
class ProcessMark {
public:
    ProcessMark() noexcept;

    [[nodiscard]] bool is_this() const noexcept {
        return forks_ == detail::forks_behind_this_process.load(std::memory_order_relaxed);
    }

private:
    std::uint32_t forks_;
};

}  // namespace otp::platform
