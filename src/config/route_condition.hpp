#pragma once

#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/route_config.hpp>

#include <string>

namespace otp::config {

/// Reads the required member `when` of a rule into its prefixes and channels.
void read_route_condition(ObjectReader const& object, RouteRule& rule);

/// Reports what cannot be used of a rule's prefixes and channels, as members of `when` at
/// `pointer`.
void check_route_condition(
    RouteRule const& rule, std::string const& pointer, Violations& violations
);

/// Whether every request for which `other` holds is one for which `rule` holds, too.
[[nodiscard]] bool holds_for_all_of(RouteRule const& rule, RouteRule const& other);

}  // namespace otp::config
