#include "platform/detached_thread.hpp"

#include <csignal>
#include <thread>
#include <utility>

namespace otp::platform {

namespace {

/// Blocks all signals of this thread. A thread that it makes meanwhile begins with that.
class BlockedSignals {
public:
    BlockedSignals() noexcept {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    BlockedSignals(BlockedSignals const&) = delete;
    BlockedSignals& operator=(BlockedSignals const&) = delete;
    ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

}  // namespace

void start_detached_thread(std::function<void()> work) {
    BlockedSignals const blocked;
    std::thread(std::move(work)).detach();
}

}  // namespace otp::platform
