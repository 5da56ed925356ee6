#pragma once

#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/delivery_config.hpp>

#include <string>

namespace otp::config {

/// The settings of `inherited`, replaced by those that the member `breaker` of `object` names, one
/// by one.
[[nodiscard]] BreakerConfig read_breaker_config(
    ObjectReader const& object, BreakerConfig inherited
);

/// Reports what is out of its range, and an `open` above `max_open`, as members of the object at
/// `pointer`.
void check_breaker_config(
    BreakerConfig const& breaker, std::string const& pointer, Violations& violations
);

}  // namespace otp::config
