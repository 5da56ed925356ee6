#pragma once

#include "delivery/decide/next_step.hpp"
#include "delivery/roster/plan.hpp"

#include <otp/decision.hpp>
#include <otp/error.hpp>
#include <otp/seam/clock.hpp>

namespace otp::delivery {

/// `circuit_open`, `not_sent`: no instance of the plan may be asked now. Says of each why, and
/// after how long one may be asked again, as `situation` has it: that of the decision to stop, and
/// not of what may have changed since. Its candidates are the plan's.
[[nodiscard]] Error error_of_nobody_asked(Plan const& plan, Situation const& situation);

/// Why an instance is not asked, for a person: `was taken out of service`, `asked to be left alone
/// for another 12 s`.
[[nodiscard]] std::string explain_unavailable(
    DecisionReason reason, Availability const& availability, Clock::TimePoint now
);

}  // namespace otp::delivery
