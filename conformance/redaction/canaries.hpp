#pragma once

#include "frame/operation_check.hpp"

namespace otp::conformance {

/// What the vendor sends back of the request.
void check_canaries(OperationCheck& check);

}  // namespace otp::conformance
