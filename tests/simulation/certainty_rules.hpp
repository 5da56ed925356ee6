#pragma once

#include "simulation/world.hpp"

namespace otp::simulation {

/// Holds what the client said about an operation against the vendors' ledger. When everything is
/// over: what a vendor does late counts, too.
void check_certainty(World& world, OperationRecord const& operation);

}  // namespace otp::simulation
