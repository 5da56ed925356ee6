#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace otp::mocks {

/// Where answers are held until someone lets them go.
class Gate {
public:
    /// Blocks until `release` or `open`, for `timeout` at most.
    void hold(std::chrono::milliseconds timeout);
    /// Blocks until at least `count` are held; false if that takes longer than `timeout`.
    bool wait_until_held(std::size_t count, std::chrono::milliseconds timeout);
    /// Lets go of all that are held now.
    void release();
    /// Lets go of all, and holds nobody any more.
    void open();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t held_{0};
    std::uint64_t releases_{0};
    bool open_{false};
};

}  // namespace otp::mocks
