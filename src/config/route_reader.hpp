#pragma once

#include "config/violations.hpp"

#include <otp/config.hpp>

#include <boost/json/value.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {

/// Reads one member of `routes`; `instances` are the names that it may use.
[[nodiscard]] RouteConfig read_route(
    std::string_view name,
    boost::json::value const& value,
    std::span<std::string_view const> instances,
    Violations& violations
);

/// Reports what cannot be used of a route at `pointer`; also of what a variable of the environment
/// has replaced, as that may come back.
void check_route(
    RouteConfig const& route,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
);

/// Reports routes that one variable of the environment would override (`route_variable`), at the
/// later one's pointer.
void check_route_variables(std::span<RouteConfig const> routes, Violations& violations);

/// The names of the configuration's instances, in their order.
[[nodiscard]] std::vector<std::string_view> instance_names(ClientConfig const& config);

}  // namespace otp::config
