#include "delivery/run/nobody_asked.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace otp::delivery {

namespace {

using std::chrono::ceil;
using std::chrono::milliseconds;
using std::chrono::seconds;

std::string for_another(Clock::TimePoint until, Clock::TimePoint now) {
    return std::to_string(ceil<seconds>(until - now).count()) + " s";
}

/// Nothing: not before somebody restores it.
std::optional<Clock::TimePoint> ready_at(Availability const& availability) {
    if (availability.breaker == BreakerState::isolated) return std::nullopt;
    auto const opens = availability.breaker == BreakerState::open ? availability.reopens_at
                                                                  : Clock::TimePoint::min();
    return std::max(opens, availability.rests_until);
}

}  // namespace

Error error_of_nobody_asked(Plan const& plan, Situation const& situation) {
    auto const now = situation.now;
    Error error(ErrorCategory::circuit_open);
    error.message = "no instance may be asked now:";
    std::optional<Clock::TimePoint> first_ready;
    for (std::size_t place = 0; place < plan.size(); ++place) {
        auto const& availability = situation.candidates[place].availability;
        auto const reason = why_unavailable(availability, now);
        error.message += (place > 0 ? "; " : " ") + plan[place]->config.name + ' ';
        error.message += reason ? explain_unavailable(*reason, availability, now)
                                : std::string("cannot be asked before the deadline");
        auto const ready = ready_at(availability);
        if (ready && (!first_ready || *ready < *first_ready)) first_ready = ready;
    }
    if (first_ready && *first_ready > now) {
        error.retry_after = ceil<milliseconds>(*first_ready - now);
    }
    if (plan.size() > 0) {
        error.instance = plan[0]->config.name;
        error.vendor = plan[0]->config.vendor;
    }
    return error;
}

std::string explain_unavailable(
    DecisionReason reason, Availability const& availability, Clock::TimePoint now
) {
    switch (reason) {
        case DecisionReason::isolated:
            return "was taken out of service by hand";
        case DecisionReason::resting:
            return "asked to be left alone for another " +
                   for_another(availability.rests_until, now);
        case DecisionReason::breaker_open:
            if (availability.breaker == BreakerState::half_open) {
                return "is being tried by another request after it failed too often";
            }
            return "failed too often, and is left alone for another " +
                   for_another(availability.reopens_at, now);
        default:
            return std::string(describe(reason));
    }
}

}  // namespace otp::delivery
