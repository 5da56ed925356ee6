#pragma once

#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/route_config.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {

/// Reads the member `rules` of a route, if it has one.
[[nodiscard]] std::vector<RouteRule> read_route_rules(
    ObjectReader const& route, std::span<std::string_view const> instances
);

/// Reports what cannot be used of the rules, as items of the array at `pointer`: a rule without a
/// condition, a prefix that is none, what is named more than once, and what `check_route_use` does.
void check_route_rules(
    std::span<RouteRule const> rules,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
);

/// Warns of each rule that never applies, because an earlier one holds for everything that it holds
/// for.
void warn_of_unreachable_rules(
    std::span<RouteRule const> rules, std::string const& pointer, Violations& violations
);

}  // namespace otp::config
