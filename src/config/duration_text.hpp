#pragma once

#include "config/checked.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace otp::config {

/// Inclusive bounds.
struct DurationRange {
    std::chrono::milliseconds least;
    std::chrono::milliseconds most;
};

/// Timeouts: something must be allowed to happen, and no operation here takes more than a day.
inline constexpr DurationRange timeout_range{std::chrono::milliseconds(1), std::chrono::hours(24)};
/// Ages, where 0 means: at once.
inline constexpr DurationRange age_range{std::chrono::milliseconds(0), std::chrono::hours(24)};

/// Reads a whole number with a unit: `300ms`, `8s`, `5m`, `1h`.
[[nodiscard]] Checked<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest text that `parse_duration` reads back: `8s`, `1500ms`.
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

/// What is wrong with a duration outside of its range; nothing if it is inside.
[[nodiscard]] std::optional<Mistake> range_mistake(
    std::chrono::milliseconds duration, DurationRange range
);

}  // namespace otp::config
