#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace otp::adapter {

/// The longest duration that `parse_loose_duration` reports; longer ones are cut to it.
inline constexpr std::chrono::hours longest_loose_duration{24};

/// A duration in the forms that servers write: `120`, `1.5` and `+5` are seconds; `30s`,
/// `1 hour 30 minutes`; `PT30S` (ISO 8601); `00:00:30`. Not longer than `longest_loose_duration`; a
/// negative one is 0. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_loose_duration(std::string_view text
) noexcept;

}  // namespace otp::adapter
