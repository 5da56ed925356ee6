#pragma once

#include <otp/connection_counts.hpp>

#include <optional>
#include <string>

namespace otp::test {

/// For example `2 open, 1 idle, 0 opening, 3 waiting`.
[[nodiscard]] inline std::string say(std::optional<ConnectionCounts> const& counts) {
    if (!counts) return "nothing";
    return std::to_string(counts->open) + " open, " + std::to_string(counts->idle) + " idle, " +
           std::to_string(counts->opening) + " opening, " + std::to_string(counts->waiting) +
           " waiting";
}

}  // namespace otp::test
