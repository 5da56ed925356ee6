#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/adapter_under_test.hpp>

namespace otp::conformance {

/// Adds where a canary stands in a request, or in an answer that is a success, and the description
/// does not say so (`VendorDescription::sensitive`): a recording would keep it.
void check_sensitive_places(AdapterUnderTest const& subject, Observations& observations);

}  // namespace otp::conformance
