#pragma once

#include <map>
#include <string>
#include <vector>

namespace otp::fuzz {

/// Seeds that are no recordings, by target.
[[nodiscard]] std::map<std::string, std::vector<std::string>> seed_texts();

}  // namespace otp::fuzz
