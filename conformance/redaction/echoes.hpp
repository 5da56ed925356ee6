#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/adapter_under_test.hpp>

namespace otp::conformance {

/// Puts everything that the requests take to the vendor, in all its usual spellings, into every
/// text, every member name and the headers of every documented answer, and adds a failure for each
/// printable part of an outcome that still tells it. The adapter must be able to encode both
/// requests.
void check_echoes(AdapterUnderTest const& subject, Observations& observations);

/// The same for the successes alone.
void check_echoes_of_successes(AdapterUnderTest const& subject, Observations& observations);

}  // namespace otp::conformance
