#pragma once

#include <otp/testing/adapter_conformance.hpp>

#include <vector>

namespace otp::testing {

/// Puts everything that the requests take to the vendor, in all its usual spellings, into every
/// text, every member name and the headers of every documented answer, and adds a failure for each
/// printable part of an outcome that still tells it. The adapter must be able to encode both
/// requests.
void check_echoes(AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures);

/// The same for the successes alone.
void check_echoes_of_successes(
    AdapterUnderTest const& subject, std::vector<ConformanceFailure>& failures
);

}  // namespace otp::testing
