#pragma once

#include "config/checked.hpp"

#include <optional>
#include <string_view>

namespace otp::config {

/// What is wrong with the beginning of a phone number, which is `+` and 1 to 15 digits, the first
/// of them not 0; nothing if it is one. Says what to write where that is plain: `+9198` for `+91
/// 98`, `+91` for `0091` and `91`.
[[nodiscard]] std::optional<Mistake> phone_prefix_mistake(std::string_view text);

}  // namespace otp::config
