#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/adapter_under_test.hpp>

namespace otp::conformance {

/// Adds what is wrong with how the adapter treats a request's hints: that its requests do not carry
/// what its description promises to honour, carry what it does not, or are refused for a hint.
void check_hints(AdapterUnderTest const& subject, Observations& observations);

}  // namespace otp::conformance
