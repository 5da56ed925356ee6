#pragma once

#include <otp/route_config.hpp>

#include <boost/json/object.hpp>

#include <iosfwd>

namespace otp::cli {

/// One of the `routes` of `otp check --json`.
[[nodiscard]] boost::json::object route_json(RouteConfig const& route);

/// In lines for a person; what has its default is left out.
void print_route(std::ostream& out, RouteConfig const& route);

}  // namespace otp::cli
