#pragma once

#include "simulation/rare_state.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace otp::simulation {

/// What one schedule came to.
struct ScheduleReport {
    std::uint64_t seed{0};
    std::size_t sends{0};
    std::size_t checks{0};
    RareStates rare;
    /// Stands for all that happened.
    std::uint64_t digest{0};
    /// Rules that were broken.
    std::vector<std::string> failures;
    /// All that happened, if it was asked for.
    std::string trace;
};

/// One client with its vendors, people and accidents, all of it as the seed has it, from its making
/// to its end; and everything held against the rules.
[[nodiscard]] ScheduleReport run_schedule(std::uint64_t seed, bool keeps_trace = false);

}  // namespace otp::simulation
