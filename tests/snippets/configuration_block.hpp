#pragma once

#include <otp/config.hpp>
#include <otp/result.hpp>

#include <string>

namespace otp::docs {

/// Reads a configuration as a page shows it. Every environment variable that it names has a fake
/// value, and every file that it names exists.
[[nodiscard]] Result<ClientConfig> parse_shown_config(std::string text);

}  // namespace otp::docs
