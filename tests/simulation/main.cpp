// otp_simulate: runs schedules of the whole client under virtual time and seeded accidents, and
// holds each against the vendors' ledgers (docs/testing.md).
#include "simulation/campaign.hpp"
#include "simulation/numbers.hpp"
#include "simulation/planted/planted.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>

namespace {

using namespace otp::simulation;

/// Per job: what a thread keeps for later.
constexpr std::int64_t bytes_that_may_be_kept = 64 * 1024;

struct Options {
    CampaignPlan plan;
    std::optional<std::uint64_t> seed;
    std::string planted;
    std::optional<std::uint64_t> numbers;
    bool allow_missing{false};
};

int replay(std::uint64_t seed) {
    auto const report = run_schedule(seed, true);
    std::cout << report.trace;
    for (auto const& failure : report.failures) std::cout << "BROKEN: " << failure << '\n';
    return report.failures.empty() ? 0 : 1;
}

void print_failures(CampaignReport const& report, Options const& options) {
    for (auto const& failed : report.failed) {
        std::cout << "seed " << failed.seed << " broke " << failed.failures.size() << " rules:\n";
        for (auto const& failure : failed.failures) std::cout << "  " << failure << '\n';
        std::cout << "  replay: ./run simulate --seed " << failed.seed;
        if (!options.planted.empty()) std::cout << " --planted " << options.planted;
        std::cout << '\n';
    }
}

void print_counts(CampaignReport const& report) {
    std::cout << "how often each rare state was seen:\n";
    for (std::size_t index = 0; index < rare_state_count; ++index) {
        auto const state = static_cast<RareState>(index);
        std::printf(
            "%12llu  %s\n",
            static_cast<unsigned long long>(report.rare.count(state)),
            std::string(to_string(state)).c_str()
        );
    }
    std::fflush(stdout);
}

int campaign(Options const& options) {
    auto const report = run_campaign(options.plan);
    print_counts(report);
    print_failures(report, options);
    auto const never = options.allow_missing ? std::vector<RareState>() : report.never_seen();
    for (auto const state : never) std::cout << "never seen: " << to_string(state) << '\n';
    auto const may_be_kept = bytes_that_may_be_kept * static_cast<std::int64_t>(options.plan.jobs);
    bool const leaks = report.bytes_left > may_be_kept;
    if (leaks) std::cout << report.bytes_left << " bytes were left behind\n";
    std::printf(
        "%llu schedules, %llu sends, %llu checks, %zu failed, in %.1f s: %.0f schedules a second\n",
        static_cast<unsigned long long>(report.schedules),
        static_cast<unsigned long long>(report.sends),
        static_cast<unsigned long long>(report.checks),
        report.failed.size(),
        report.time.count(),
        report.schedules_per_second()
    );
    return report.failed.empty() && never.empty() && !leaks ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Simulates schedules of the whole client, and checks each");
    app.add_option("--seeds", options.plan.seeds, "How many schedules")->capture_default_str();
    app.add_option("--first", options.plan.first, "Seed of the first one")->capture_default_str();
    app.add_option("--jobs", options.plan.jobs, "Threads")
        ->capture_default_str()
        ->check(CLI::Range(1, 256));
    app.add_option("--seed", options.seed, "Run this one alone, and tell all that happens");
    app.add_option(
        "--numbers", options.numbers, "Prove the promised numbers instead, with so many sends"
    );
    app.add_option("--planted", options.planted, "With this fault in the client")
        ->check(CLI::IsMember(planted_bugs()));
    app.add_flag(
        "--allow-missing", options.allow_missing, "Do not mind rare states that were not seen"
    );
    CLI11_PARSE(app, argc, argv);
    plant(options.planted);
    if (options.numbers) return prove_numbers(*options.numbers, std::cout) ? 0 : 1;
    return options.seed ? replay(*options.seed) : campaign(options);
}
