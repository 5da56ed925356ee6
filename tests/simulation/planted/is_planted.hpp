#pragma once

#include <string_view>

namespace otp::simulation {

/// Whether the client has this fault now. Included by force where a patch may ask.
[[nodiscard]] bool is_planted(std::string_view bug) noexcept;

}  // namespace otp::simulation
