#pragma once

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace otp::fuzz {

/// Ends the program, which is how a fuzz target tells of a finding, and says what does not hold.
/// `details` may be anything that a stream takes.
template <class... Details>
void require(bool holds, std::string_view rule, Details const&... details) {
    if (holds) return;
    std::cerr << "BROKEN RULE: " << rule;
    (static_cast<void>(std::cerr << "\n  " << details), ...);
    std::cerr << std::endl;
    std::abort();
}

}  // namespace otp::fuzz
