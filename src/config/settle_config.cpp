#include "config/settle_config.hpp"

#include "config/config_check.hpp"

#include <utility>

namespace otp::config {

Result<ClientConfig> settle_config(
    ClientConfig config, EnvironmentLookup const& environment, EnvironmentNames const& names
) {
    if (auto error = check_config(config)) return std::move(*error);
    Violations overrides;
    apply_route_overrides(config, environment, names, overrides);
    if (auto error = overrides.take_error("the environment (OTP_ROUTE_…)")) {
        return std::move(*error);
    }
    return config;
}

}  // namespace otp::config
