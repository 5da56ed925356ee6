#pragma once

#include "config/violations.hpp"

#include <otp/config.hpp>
#include <otp/vendor_registry.hpp>

namespace otp::config {

/// Refuses each instance of a vendor that is none (`VendorDescription::stand_in`) in a
/// configuration that has an instance whose environment is `live` or `production`, be it that its
/// credentials alone say so: nobody shall log in with a code that stands in a file. Where the
/// instance's own option permits it, it is a warning.
void check_stand_ins(
    ClientConfig const& config, VendorRegistry const& vendors, Violations& violations
);

}  // namespace otp::config
