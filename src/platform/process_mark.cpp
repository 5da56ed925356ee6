#include "platform/process_mark.hpp"

#include <pthread.h>

namespace otp::platform {
namespace {

// It fails for want of memory only, at the start of the program.
[[maybe_unused]] int const registered = ::pthread_atfork(nullptr, nullptr, [] {
    detail::forks_behind_this_process.fetch_add(1, std::memory_order_relaxed);
});

}  // namespace

ProcessMark::ProcessMark() noexcept
    : forks_(detail::forks_behind_this_process.load(std::memory_order_relaxed)) {}

}  // namespace otp::platform
