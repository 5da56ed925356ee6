#include "simulation/numbers.hpp"

#include "simulation/load.hpp"

#include <otp/delivery_config.hpp>

#include <algorithm>
#include <numeric>

namespace otp::simulation {

namespace {

/// More would not be more certain.
constexpr std::uint64_t most_checked_sends = 100'000;

class Numbers {
public:
    Numbers(std::uint64_t sends, std::ostream& out) : sends_(sends), out_(out) {}

    [[nodiscard]] bool prove() {
        for (auto const how : {Steady::refuses_connections, Steady::fails, Steady::throttles}) {
            ask_failing_vendor(how);
        }
        auto const healthy = serve({Steady::serves, Steady::serves, Steady::serves});
        out_ << "three that serve: " << healthy.accepted << " accepted, 99.9 % within "
             << healthy.slow.count() << " ms\n";
        for (auto const how : {Steady::refuses_connections, Steady::stalls}) {
            serve_with_a_dead_one(how, healthy);
        }
        return all_kept_;
    }

private:
    void judge(bool kept) {
        out_ << (kept ? "  kept\n" : "  BROKEN\n");
        all_kept_ &= kept;
    }

    void ask_failing_vendor(Steady how) {
        LoadPlan plan;
        plan.sends = sends_;
        plan.vendors = {how};
        auto const report = run_load(plan);
        auto const requests = report.requests.front();
        out_ << "the only vendor " << to_string(how) << ": " << requests << " requests for "
             << sends_ << " sends (at most 10 % more), " << report.repeated_after_unknown
             << " repeated after an open outcome\n";
        judge(
            report.ended && requests <= sends_ + sends_ / 10 && report.repeated_after_unknown == 0
        );
    }

    [[nodiscard]] LoadReport serve(std::vector<Steady> vendors) const {
        LoadPlan plan;
        plan.sends = checked_sends();
        plan.vendors = std::move(vendors);
        plan.checks = true;
        return run_load(plan);
    }

    void serve_with_a_dead_one(Steady how, LoadReport const& healthy) {
        auto const report = serve({how, Steady::serves, Steady::serves});
        auto const limit = DeliveryConfig().commit_timeout + 2 * healthy.slow;
        auto const codes =
            std::accumulate(report.codes.begin(), report.codes.end(), std::uint64_t{0});
        out_ << "the first of three " << to_string(how) << ": " << report.accepted << " of "
             << checked_sends() << " accepted, " << report.approved
             << " approved by the vendor that sent, " << codes << " codes, 99.9 % within "
             << report.slow.count() << " ms (at most " << limit.count() << ")\n";
        bool const all_served = report.accepted * 1000 >= checked_sends() * 999;
        judge(
            report.ended && all_served && report.approved == report.accepted &&
            codes == report.accepted && report.slow <= limit
        );
    }

    [[nodiscard]] std::uint64_t checked_sends() const noexcept {
        return std::min(sends_, most_checked_sends);
    }

    std::uint64_t sends_;
    std::ostream& out_;
    bool all_kept_{true};
};

}  // namespace

bool prove_numbers(std::uint64_t sends, std::ostream& out) {
    return Numbers(sends, out).prove();
}

}  // namespace otp::simulation
