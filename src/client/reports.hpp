#pragma once

#include "delivery/roster/roster.hpp"
#include "delivery/run/environment.hpp"

#include <otp/instance_health.hpp>
#include <otp/reload_report.hpp>
#include <otp/route_report.hpp>
#include <otp/send_otp.hpp>

#include <vector>

namespace otp {

/// What `plan` comes to for `request` now: each instance in its order, and why it would not be
/// asked. Thread safety: as of the roster.
[[nodiscard]] RouteReport report_route(
    delivery::Plan const& plan, SendOtp const& request, Clock const& clock
);

/// What a reload from `before` to `after` changed.
[[nodiscard]] ReloadReport report_reload(
    delivery::Roster const& before, delivery::Roster const& after
);

/// How each instance is.
[[nodiscard]] std::vector<InstanceHealth> report_health(
    delivery::Roster const& roster, Clock::TimePoint now
);

}  // namespace otp
