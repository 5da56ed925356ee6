#pragma once

#include <otp/config.hpp>
#include <otp/error.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace otp::config {

/// The environment variable that overrides a route: `OTP_ROUTE_` and the route's name in upper
/// case, with `_` for everything but letters and digits. `log-in` and `log_in` share one variable.
[[nodiscard]] std::string route_variable(std::string_view route);

/// Replaces the `use` of each route whose variable is set: names of instances, separated by commas,
/// with or without blanks. An unset or empty variable, and an empty function, change nothing.
///
/// Returns `config_invalid` that names each variable with an unknown, repeated or empty name; then
/// the configuration is as before. Nothing on success.
[[nodiscard]] std::optional<Error> apply_route_overrides(
    ClientConfig& config,
    std::function<std::optional<std::string>(std::string const& name)> const& environment
);

}  // namespace otp::config
