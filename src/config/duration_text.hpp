#pragma once

#include "config/checked.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace otp::config {

/// Inclusive bounds. "No limit" is a limit like others, so most have no longest duration.
struct DurationRange {
    std::chrono::milliseconds shortest;
    std::chrono::milliseconds longest{std::chrono::milliseconds::max()};
};

/// Timeouts: something must be allowed to happen.
inline constexpr DurationRange any_timeout{std::chrono::milliseconds(1)};
/// Ages: 0 means at once.
inline constexpr DurationRange any_age{std::chrono::milliseconds(0)};

/// Reads a whole number with a unit: `300ms`, `8s`, `5m`, `1h`. What does not fit is the longest
/// duration that does.
[[nodiscard]] Checked<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest text that `parse_duration` reads back: `8s`, `1500ms`.
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

/// What is wrong with a duration outside of the range; nothing if it is inside.
[[nodiscard]] std::optional<Mistake> range_mistake(
    std::chrono::milliseconds duration, DurationRange range
);

}  // namespace otp::config
