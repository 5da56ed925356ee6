#pragma once

#include "config/checked.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace otp::config {

// "No limit" is a limit like others, so there is no longest duration.
/// Timeouts: something must be allowed to happen.
inline constexpr std::chrono::milliseconds shortest_timeout{1};
/// Ages: 0 means at once.
inline constexpr std::chrono::milliseconds shortest_age{0};

/// Reads a whole number with a unit: `300ms`, `8s`, `5m`, `1h`. What does not fit is the longest
/// duration that does.
[[nodiscard]] Checked<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest text that `parse_duration` reads back: `8s`, `1500ms`.
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

/// What is wrong with a duration below the shortest one allowed; nothing if it is not.
[[nodiscard]] std::optional<Mistake> range_mistake(
    std::chrono::milliseconds duration, std::chrono::milliseconds shortest
);

}  // namespace otp::config
