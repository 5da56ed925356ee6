#pragma once

#include <cstdint>

namespace otp::bench {

/// Calls of malloc, calloc, realloc and aligned allocation in this process so far: all of C++'s,
/// OpenSSL's and libcurl's allocations end there.
[[nodiscard]] std::uint64_t allocation_count() noexcept;

}  // namespace otp::bench
