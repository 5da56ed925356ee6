#pragma once

#include <chrono>

namespace otp::mocks {

/// A point of the mock vendors' time, in UTC.
using MockTime = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace otp::mocks
