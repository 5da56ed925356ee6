#pragma once

#include <string_view>

namespace otp::simulation {

/// Whether the client has this fault now. Included by all planted files.
[[nodiscard]] bool is_planted(std::string_view bug) noexcept;

}  // namespace otp::simulation
