#pragma once

#include "config/duration_text.hpp"

#include <chrono>

namespace otp::config {

/// Waits within an operation. Longer ones are no waits but a mistake in the unit.
inline constexpr DurationRange up_to_an_hour{std::chrono::milliseconds(1), std::chrono::hours(1)};

/// How long an instance is left alone, across operations.
inline constexpr DurationRange up_to_a_day{std::chrono::milliseconds(1), std::chrono::hours(24)};

}  // namespace otp::config
