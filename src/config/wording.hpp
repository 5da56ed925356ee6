#pragma once

#include "model/wording.hpp"

#include <filesystem>
#include <string>

namespace otp::config {

// A configuration's names are spoken of as all others are.
using model::in_quotes;
using model::listed;
using model::unknown_name;

/// `in_quotes` of a path, which is cut much later.
[[nodiscard]] std::string path_in_quotes(std::filesystem::path const& path);

}  // namespace otp::config
