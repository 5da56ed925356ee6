#pragma once

#include "frame/observation.hpp"

#include <otp/conformance/failure.hpp>

#include <vector>

namespace otp::conformance {

/// One failure for each cause (and for each place of it, where places have to be mended one by
/// one), in the order of the causes. An observation that may follow from another one of the same
/// operation is counted there.
[[nodiscard]] std::vector<Failure> summarize(Observations const& observations);

}  // namespace otp::conformance
