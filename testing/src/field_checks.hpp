#pragma once

#include <otp/testing/adapter_conformance.hpp>

#include <vector>

namespace otp::testing {

/// Adds what is wrong with the vendor's own fields: that the requests under test have one that the
/// description does not list, which the client would refuse, or that it lists one that the adapter
/// does not look at.
void check_fields(AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures);

}  // namespace otp::testing
