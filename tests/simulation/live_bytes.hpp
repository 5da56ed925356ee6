#pragma once

#include <cstdint>

namespace otp::simulation {

/// What this thread has allocated with `new` and nobody has given back, in bytes; always 0 where a
/// sanitizer watches the memory itself. Only differences mean something.
[[nodiscard]] std::int64_t live_bytes() noexcept;

}  // namespace otp::simulation
