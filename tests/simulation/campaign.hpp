#pragma once

#include "simulation/schedule.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace otp::simulation {

/// Many schedules.
struct CampaignPlan {
    std::uint64_t first{1};
    std::uint64_t seeds{20000};
    std::size_t jobs{1};
    /// After so many schedules that broke a rule the rest is left out.
    std::size_t enough_failures{10};
};

struct CampaignReport {
    std::uint64_t schedules{0};
    std::uint64_t sends{0};
    std::uint64_t checks{0};
    RareStates rare;
    /// Schedules that broke a rule, without their traces, by seed.
    std::vector<ScheduleReport> failed;
    /// Memory that was still held at the end and not after the first schedules, of all jobs.
    std::int64_t bytes_left{0};
    std::chrono::duration<double> time{0};

    [[nodiscard]] double schedules_per_second() const noexcept {
        return static_cast<double>(schedules) / time.count();
    }
    [[nodiscard]] std::vector<RareState> never_seen() const;
};

/// Runs them on so many threads. Of some the trace is compared with that of a second run.
[[nodiscard]] CampaignReport run_campaign(CampaignPlan const& plan);

}  // namespace otp::simulation
