#pragma once

#include <otp/connection_report.hpp>
#include <otp/seam/clock.hpp>

#include <boost/json/array.hpp>

#include <iosfwd>
#include <span>

namespace otp::cli {

/// The member `connections` of the `--json` object. `now` is for the days that certificates have.
[[nodiscard]] boost::json::array connections_json(
    std::span<ConnectionReport const> reports, Clock::UtcTime now
);

/// In lines for a person.
void print_connections(
    std::ostream& out, std::span<ConnectionReport const> reports, Clock::UtcTime now
);

}  // namespace otp::cli
