#pragma once

#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/delivery_config.hpp>

#include <string>

namespace otp::config {

/// The settings of `inherited`, replaced by those that `object` names: `retry` and `breaker` key by
/// key, and `commit_timeout`.
[[nodiscard]] DeliveryConfig read_delivery_config(
    ObjectReader const& object, DeliveryConfig const& inherited
);

/// Reports what cannot be used, as members of the object at `pointer`.
void check_delivery_config(
    DeliveryConfig const& delivery, std::string const& pointer, Violations& violations
);

}  // namespace otp::config
