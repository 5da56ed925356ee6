#pragma once

#include <otp/testing/adapter_conformance.hpp>

#include <vector>

namespace otp::testing {

/// Adds what is wrong with how the adapter treats a request's hints: that its requests do not carry
/// what its description promises to honour, carry what it does not, or are refused for a hint.
void check_hints(AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures);

}  // namespace otp::testing
