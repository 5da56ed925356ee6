#pragma once

#include <string_view>

namespace otp::config {

/// Whether `text` can be the host of a connection: a DNS name (letters, digits, `-`, `_` and dots)
/// or an IPv4 address, or, without brackets, an IPv6 address.
[[nodiscard]] bool is_host(std::string_view text);

/// Whether nobody outside of this machine can be the host: `localhost`, 127.0.0.0/8, `::1`.
[[nodiscard]] bool is_loopback(std::string_view host);

}  // namespace otp::config
