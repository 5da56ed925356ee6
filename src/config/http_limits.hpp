#pragma once

#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/config.hpp>

#include <string>

namespace otp::config {

/// The limits of `inherited`, replaced by those that `object` names.
[[nodiscard]] HttpLimits read_http_limits(ObjectReader const& object, HttpLimits inherited);

/// Reports limits out of their range, as members of the object at `pointer`.
void check_http_limits(
    HttpLimits const& limits, std::string const& pointer, Violations& violations
);

}  // namespace otp::config
