#pragma once

#include <cstdint>
#include <ostream>

namespace otp::simulation {

/// What the documents promise in numbers (docs/delivery.md): how much a failing vendor is asked,
/// and how well two of three serve while the third is dead. Prints what came out, and whether that
/// is within the promise. `sends`: of a failing vendor, at 1,000 a second.
[[nodiscard]] bool prove_numbers(std::uint64_t sends, std::ostream& out);

}  // namespace otp::simulation
