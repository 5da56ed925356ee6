#pragma once

#include "config/route_override.hpp"

#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/vendor_registry.hpp>

namespace otp::config {

/// The configuration as a client goes by it: checked (`check_config`), and with the routes as the
/// environment wants them (`apply_route_overrides`), and without stand-ins beside live instances
/// (`check_stand_ins`). Errors: `config_invalid`, with all violations of the first that finds any.
[[nodiscard]] Result<ClientConfig> settle_config(
    ClientConfig config,
    VendorRegistry const& vendors,
    EnvironmentLookup const& environment,
    EnvironmentNames const& names
);

}  // namespace otp::config
