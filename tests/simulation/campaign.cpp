#include "simulation/campaign.hpp"

#include "simulation/live_bytes.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace otp::simulation {

namespace {

/// Tables that are made when they are first needed, and buffers that grow to their size.
constexpr std::uint64_t schedules_to_warm_up = 300;
/// One schedule of so many is run twice.
constexpr std::uint64_t runs_to_a_repetition = 50;

class Campaign {
public:
    explicit Campaign(CampaignPlan const& plan) : plan_(plan) {}

    [[nodiscard]] CampaignReport run() {
        auto const begun = std::chrono::steady_clock::now();
        std::vector<std::thread> threads;
        for (std::size_t job = 0; job < plan_.jobs; ++job) {
            threads.emplace_back([this] { work(); });
        }
        for (auto& thread : threads) thread.join();
        report_.time = std::chrono::steady_clock::now() - begun;
        std::sort(
            report_.failed.begin(),
            report_.failed.end(),
            [](auto const& one, auto const& two) { return one.seed < two.seed; }
        );
        return std::move(report_);
    }

private:
    void work() {
        CampaignReport own;
        std::int64_t bytes_at_first = 0;
        for (;;) {
            auto const number = next_.fetch_add(1);
            if (number >= plan_.seeds || failures_ >= plan_.enough_failures) break;
            add(own, run_one(plan_.first + number));
            if (own.schedules == schedules_to_warm_up) bytes_at_first = live_bytes();
        }
        if (own.schedules > schedules_to_warm_up) own.bytes_left = live_bytes() - bytes_at_first;
        std::lock_guard const lock(mutex_);
        report_.schedules += own.schedules;
        report_.sends += own.sends;
        report_.checks += own.checks;
        report_.rare.add(own.rare);
        report_.bytes_left += own.bytes_left;
        for (auto& failed : own.failed) report_.failed.push_back(std::move(failed));
    }

    [[nodiscard]] static ScheduleReport run_one(std::uint64_t seed) {
        auto report = run_schedule(seed);
        if (seed % runs_to_a_repetition != 0) return report;
        auto const first = run_schedule(seed, true);
        auto const second = run_schedule(seed, true);
        if (first.trace != second.trace || first.digest != report.digest) {
            report.failures.emplace_back("the same seed gave another trace");
        }
        return report;
    }

    void add(CampaignReport& own, ScheduleReport report) {
        ++own.schedules;
        own.sends += report.sends;
        own.checks += report.checks;
        own.rare.add(report.rare);
        if (report.failures.empty()) return;
        ++failures_;
        own.failed.push_back(std::move(report));
    }

    CampaignPlan plan_;
    std::atomic<std::uint64_t> next_{0};
    std::atomic<std::size_t> failures_{0};
    std::mutex mutex_;
    CampaignReport report_;
};

}  // namespace

std::vector<RareState> CampaignReport::never_seen() const {
    std::vector<RareState> states;
    for (std::size_t index = 0; index < rare_state_count; ++index) {
        auto const state = static_cast<RareState>(index);
        if (rare.count(state) == 0) states.push_back(state);
    }
    return states;
}

CampaignReport run_campaign(CampaignPlan const& plan) {
    return Campaign(plan).run();
}

}  // namespace otp::simulation
