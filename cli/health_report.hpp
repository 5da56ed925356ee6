#pragma once

#include <otp/config.hpp>
#include <otp/connection_report.hpp>
#include <otp/seam/clock.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace otp::cli {

/// What `otp health` has found.
struct HealthReport {
    std::vector<RouteConfig> routes;
    /// One for each instance, and one more where tokens come from elsewhere.
    std::vector<ConnectionReport> connections;
    /// For the days that certificates have.
    Clock::UtcTime now;

    /// Whether every way that an instance needs is open.
    [[nodiscard]] bool is_reachable(std::string const& instance) const noexcept;
    /// Whether all of a route's requests have an instance that can be reached: those that a rule is
    /// about one of the rule's, all others one of its `use`.
    [[nodiscard]] bool is_usable(RouteConfig const& route) const noexcept;
    /// Whether all routes are usable; without routes, whether all instances can be reached.
    [[nodiscard]] bool ok() const noexcept;
};

/// The whole `--json` object.
[[nodiscard]] boost::json::object health_json(HealthReport const& report);

/// In lines for a person.
[[nodiscard]] std::string health_text(HealthReport const& report);

}  // namespace otp::cli
