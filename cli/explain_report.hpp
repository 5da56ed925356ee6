#pragma once

#include <otp/config.hpp>
#include <otp/route_report.hpp>

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace otp::cli {

/// What `otp explain` says: who would be asked, and by which route. `route` is nothing where one
/// instance was named.
struct ExplainReport {
    RouteReport found;
    std::optional<RouteConfig> route;

    /// The first instance that would be asked; null if there is none, also where an instance before
    /// it refuses the request, which ends a send.
    [[nodiscard]] CandidateReport const* asked_first() const noexcept;
};

/// The whole `--json` object.
[[nodiscard]] boost::json::object explain_json(ExplainReport const& report);

/// In lines for a person.
[[nodiscard]] std::string explain_text(ExplainReport const& report);

}  // namespace otp::cli
