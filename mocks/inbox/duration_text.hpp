#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace otp::mocks {

/// `500ms`, `10s`, `5m`, `2h`, `1d`; `-5m` is less than nothing. Nothing for any other text, and
/// for more than 100,000 days.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace otp::mocks
