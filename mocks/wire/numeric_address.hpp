#pragma once

#include <string>

namespace otp::mocks {

/// An IPv4 address in dotted decimal or an IPv6 address, without brackets and scope.
[[nodiscard]] bool is_numeric_address(std::string const& text);

}  // namespace otp::mocks
