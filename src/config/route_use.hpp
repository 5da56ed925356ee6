#pragma once

#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/route_config.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {

/// What a route or one of its rules uses.
struct RouteUse {
    /// As many as the array has items; an empty one for each that could not be read.
    std::vector<std::string> names;
    InstanceWeights weights;
};

/// Reads the required member `use`: names of instances, or objects with `instance` and `weight`.
/// Reports names that are not among `instances`, and repeated ones.
[[nodiscard]] RouteUse read_route_use(
    ObjectReader const& object, std::span<std::string_view const> instances
);

/// Reports what cannot be used of a `use` at `pointer`: no instance at all, unknown and repeated
/// ones.
void check_route_use(
    std::span<std::string const> use,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
);

/// Reports what cannot be used of the weights that a `use` at `pointer` gives: any at all with
/// another strategy than `weighted`, as that is hardly meant; one out of its range; one for an
/// instance that is not used.
void check_route_weights(
    std::span<std::string const> use,
    InstanceWeights const& weights,
    RouteStrategy strategy,
    std::string const& pointer,
    Violations& violations
);

}  // namespace otp::config
