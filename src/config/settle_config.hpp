#pragma once

#include "config/route_override.hpp"

#include <otp/config.hpp>
#include <otp/result.hpp>

namespace otp::config {

/// The configuration as a client goes by it: checked (`check_config`), and with the routes as the
/// environment wants them (`apply_route_overrides`). Errors: `config_invalid`, with all violations
/// of the one or the other.
[[nodiscard]] Result<ClientConfig> settle_config(
    ClientConfig config, EnvironmentLookup const& environment, EnvironmentNames const& names
);

}  // namespace otp::config
