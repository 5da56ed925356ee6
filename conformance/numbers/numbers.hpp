#pragma once

#include "frame/operation_check.hpp"

namespace otp::conformance {

/// Every number of a success at the limits of its type, negative, with a fraction, and as a text:
/// times that follow it must go the same way as the number, ids must stay as they are, and no
/// number may pass for another one.
void check_numbers_of_successes(OperationCheck& check);

/// The same of refusals: a wait that is told must not overflow.
void check_numbers_of_refusals(OperationCheck& check);

}  // namespace otp::conformance
