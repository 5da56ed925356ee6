#pragma once

#include "check_report.hpp"

#include <span>
#include <vector>

namespace otp::cli {

/// What will fail, or is hardly meant so, though the configuration can be read: what reading it
/// found, certificates, the clock, and variables of the environment.
[[nodiscard]] std::vector<WarningReport> find_warnings(
    ClientConfig const& config,
    std::span<InstanceReport const> instances,
    EnvironmentLookup const& environment,
    Clock::UtcTime now
);

}  // namespace otp::cli
