#pragma once

#include "config/secret_reader.hpp"
#include "config/violations.hpp"

#include <otp/config.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string>

namespace otp::config {

/// Reads `{"host": …, "port": …, "username": …, "password": …}`; nothing if it cannot be used.
/// Separate members instead of a URL: a password in a URL ends up in logs.
[[nodiscard]] std::optional<ProxyConfig> read_proxy_config(
    boost::json::value const& value,
    std::string const& pointer,
    SecretReader const& secrets,
    Violations& violations
);

/// Reports what cannot be used, as members of the object at `pointer`.
void check_proxy_config(
    ProxyConfig const& proxy, std::string const& pointer, Violations& violations
);

/// A second copy, password included.
[[nodiscard]] std::optional<ProxyConfig> clone_proxy_config(std::optional<ProxyConfig> const& proxy
);

}  // namespace otp::config
