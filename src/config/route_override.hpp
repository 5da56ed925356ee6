#pragma once

#include "config/violations.hpp"

#include <otp/config.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {

/// The environment variable that overrides a route: `OTP_ROUTE_` and the route's name in upper
/// case, with `_` for everything but letters and digits. `log-in` and `log_in` share one variable,
/// so a configuration has only one of them.
[[nodiscard]] std::string route_variable(std::string_view route);

using EnvironmentLookup = std::function<std::optional<std::string>(std::string const& name)>;
using EnvironmentNames = std::function<std::vector<std::string>()>;

/// Replaces the `use` of each route whose variable is set: names of instances, separated by commas,
/// with or without blanks. Takes the route's rules away, too: the variable is for all requests.
/// Weights stay, as they are given by name. An unset or blank variable, and an empty function,
/// leave what the configuration itself says, also where another environment had replaced it.
///
/// Reports, with the variable's name, each unknown, repeated or empty name of an instance, at the
/// place in the route's `use`; and at `/routes` each variable `OTP_ROUTE_…`, in any case, that
/// `names` lists and that belongs to no route.
void apply_route_overrides(
    ClientConfig& config,
    EnvironmentLookup const& environment,
    EnvironmentNames const& names,
    Violations& violations
);

}  // namespace otp::config
