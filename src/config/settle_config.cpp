#include "config/settle_config.hpp"

#include "config/config_check.hpp"
#include "config/stand_ins.hpp"

#include <utility>

namespace otp::config {

Result<ClientConfig> settle_config(
    ClientConfig config,
    VendorRegistry const& vendors,
    EnvironmentLookup const& environment,
    EnvironmentNames const& names
) {
    if (auto error = check_config(config)) return std::move(*error);
    Violations stand_ins;
    check_stand_ins(config, vendors, stand_ins);
    if (auto error = stand_ins.take_error("the configuration")) return std::move(*error);
    Violations overrides;
    apply_route_overrides(config, environment, names, overrides);
    if (auto error = overrides.take_error("the environment (OTP_ROUTE_…)")) {
        return std::move(*error);
    }
    return config;
}

}  // namespace otp::config
