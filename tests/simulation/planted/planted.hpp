#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otp::simulation {

/// Faults that can be put into the client (`*.patch` beside this file), in the one program that is
/// built with them: a simulation that does not find them is worth nothing. In all other programs
/// the list is empty.
[[nodiscard]] std::vector<std::string> planted_bugs();

/// From now on the client has this fault; empty: none. Before the first client is made.
void plant(std::string_view bug);

}  // namespace otp::simulation
