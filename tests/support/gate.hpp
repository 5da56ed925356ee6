#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace otp::test {

/// A latch between the test and a server's thread.
class Gate {
public:
    void open() {
        std::lock_guard const lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    /// False after ten seconds.
    bool wait() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_{false};
};

}  // namespace otp::test
