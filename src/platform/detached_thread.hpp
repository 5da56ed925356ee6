#pragma once

#include <functional>

namespace otp::platform {

/// Runs `work`, which must not throw, on a thread of its own that nobody waits for. No signal is
/// handled on it: an application does not expect its handlers on a thread that it did not make.
///
/// Throws `std::system_error` if there is no thread to be had.
void start_detached_thread(std::function<void()> work);

}  // namespace otp::platform
