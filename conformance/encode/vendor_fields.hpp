#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/adapter_under_test.hpp>

namespace otp::conformance {

/// Adds what is wrong with the vendor's own fields: that the requests under test have one that the
/// description does not list, which the client would refuse, or that it lists one that the adapter
/// does not look at.
void check_fields(AdapterUnderTest const& subject, Observations& observations);

}  // namespace otp::conformance
