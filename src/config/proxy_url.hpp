#pragma once

#include "config/checked.hpp"

#include <otp/config.hpp>

#include <string_view>

namespace otp::config {

/// Reads what `HTTPS_PROXY` holds: `http://user:password@host:port`, of which scheme, user,
/// password and port may be left out. User and password are percent-encoded. The port is 8080 if
/// none is written.
///
/// No mistake quotes the text, which may hold a password.
[[nodiscard]] Checked<ProxyConfig> read_proxy_url(std::string_view text);

}  // namespace otp::config
