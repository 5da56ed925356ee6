#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

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

    /// Whether both were made in the same one of this process and those that it was forked from.
    friend bool operator==(ProcessMark const&, ProcessMark const&) = default;

private:
    std::uint32_t forks_;
};

/// What becomes of a request in a child that was forked meanwhile.
inline constexpr std::string_view left_to_parent =
    "the process was forked, and its parent goes on with this request";

}  // namespace otp::platform
