#pragma once

#include "simulation/models.hpp"
#include "simulation/world.hpp"

namespace otp::simulation {

/// Rules about the attempt that begins, which is the operation's last: whether it may be made at
/// all, and whether nobody else should have been asked instead.
void check_attempt(World& world, Models const& models, OperationRecord const& operation);

}  // namespace otp::simulation
