#pragma once

#include "config/checked.hpp"

#include <string>
#include <string_view>

namespace otp::config {

/// Checks the address that an instance's requests go to: scheme, host, an optional port and an
/// optional path prefix. `https`, or `http` if the host is this machine. User, query, fragment and
/// `.`, `..` or empty path segments are refused.
///
/// Returns it without a final `/`. No error quotes the text: it might hold a password.
[[nodiscard]] Checked<std::string> check_base_url(std::string_view text);

}  // namespace otp::config
