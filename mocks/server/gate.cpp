#include "server/gate.hpp"

namespace otp::mocks {

void Gate::hold(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    auto const arrival = releases_;
    ++held_;
    changed_.notify_all();
    changed_.wait_for(lock, timeout, [&] { return open_ || releases_ != arrival; });
    --held_;
}

bool Gate::wait_until_held(std::size_t count, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, timeout, [&] { return held_ >= count; });
}

void Gate::release() {
    std::lock_guard const lock(mutex_);
    ++releases_;
    changed_.notify_all();
}

void Gate::open() {
    std::lock_guard const lock(mutex_);
    open_ = true;
    changed_.notify_all();
}

}  // namespace otp::mocks
