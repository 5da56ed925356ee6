#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/adapter_under_test.hpp>

namespace otp::conformance {

/// Everything that `check_conformance` finds, one observation for each answer and request that
/// shows it.
[[nodiscard]] Observations observe(AdapterUnderTest const& subject);

/// The same for `check_successes`.
[[nodiscard]] Observations observe_successes(AdapterUnderTest const& subject);

}  // namespace otp::conformance
