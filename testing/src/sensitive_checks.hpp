#pragma once

#include <otp/testing/adapter_conformance.hpp>

#include <vector>

namespace otp::testing {

/// Adds where a canary stands in a request, or in an answer that is a success, and the description
/// does not say so (`VendorDescription::sensitive`): a recording would keep it.
void check_sensitive_places(
    AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures
);

}  // namespace otp::testing
