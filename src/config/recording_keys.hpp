#pragma once

#include "config/violations.hpp"

#include <otp/config.hpp>

#include <string>

namespace otp::config {

/// Adds a violation where an instance is both recorded and answered from recordings: nothing would
/// be new in what is written. `pointer` leads to the instance.
void check_recording_keys(
    InstanceConfig const& instance, std::string const& pointer, Violations& violations
);

}  // namespace otp::config
