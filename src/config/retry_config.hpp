#pragma once

#include "config/object_reader.hpp"
#include "config/violations.hpp"

#include <otp/delivery_config.hpp>

#include <string>

namespace otp::config {

/// The settings of `inherited`, replaced by those that the member `retry` of `object` names, one by
/// one.
[[nodiscard]] RetryConfig read_retry_config(ObjectReader const& object, RetryConfig inherited);

/// Reports what is out of its range, and delays above their limit, as members of the object at
/// `pointer`.
void check_retry_config(
    RetryConfig const& retry, std::string const& pointer, Violations& violations
);

}  // namespace otp::config
