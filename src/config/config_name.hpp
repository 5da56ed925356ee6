#pragma once

#include "config/checked.hpp"

#include <optional>
#include <string_view>

namespace otp::config {

/// Names of instances and routes: 1 to 64 letters, digits, `-`, `_` and `.`, the first one a letter
/// or digit. So they can stand in an environment variable, a log line and a command.
[[nodiscard]] std::optional<Mistake> name_mistake(std::string_view name);

}  // namespace otp::config
