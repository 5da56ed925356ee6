#pragma once

#include "fuzz/support/answer.hpp"
#include "fuzz/support/vendor_under_test.hpp"

namespace otp::fuzz {

/// Lets the adapter decode the answer and holds the outcome against the oracle and against the
/// rules of all adapters. Ends the program when one is broken.
void check_decoding(RecordedRequest const& request, Oracle const& oracle, Answer const& answer);

}  // namespace otp::fuzz
