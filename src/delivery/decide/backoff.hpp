#pragma once

#include <otp/delivery_config.hpp>

#include <chrono>
#include <cstddef>

namespace otp::delivery {

/// How long to wait before a repetition, counted from 1. Full jitter: `draw`, from 0 to below 1, is
/// the share of what `RetryConfig` allows for it, so that those who failed together do not come
/// back together.
[[nodiscard]] std::chrono::milliseconds backoff_delay(
    RetryConfig const& config, std::size_t repetition, double draw
) noexcept;

}  // namespace otp::delivery
