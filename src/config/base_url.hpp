#pragma once

#include "config/checked.hpp"

#include <string>
#include <string_view>

namespace otp::config {

/// Checks the address that an instance's requests go to (`HttpUrl::parse_endpoint`), and returns it
/// as it is written, without a final `/`. No error quotes the text: it might hold a password.
[[nodiscard]] Checked<std::string> check_base_url(std::string_view text);

}  // namespace otp::config
