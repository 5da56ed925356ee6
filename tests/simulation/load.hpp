#pragma once

#include "simulation/steady_vendor.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace otp::simulation {

/// A steady stream of sends with the default numbers, one after the other at the same distance.
struct LoadPlan {
    std::uint64_t sends{0};
    std::chrono::microseconds distance{1000};
    /// One for each instance of the route, in order.
    std::vector<Steady> vendors;
    /// Whether each code that arrives is checked.
    bool checks{false};
};

struct LoadReport {
    /// Nothing was left to happen.
    bool ended{false};
    std::uint64_t accepted{0};
    /// Sends that ended with an open outcome, and those that were tried again after one.
    std::uint64_t unknown{0};
    std::uint64_t repeated_after_unknown{0};
    std::uint64_t approved{0};
    /// At each vendor: requests, and codes that were sent.
    std::vector<std::uint64_t> requests;
    std::vector<std::uint64_t> codes;
    /// Of all sends: the time within which 99.9 % had an outcome.
    std::chrono::milliseconds slow{0};
};

/// In virtual time.
[[nodiscard]] LoadReport run_load(LoadPlan const& plan);

}  // namespace otp::simulation
