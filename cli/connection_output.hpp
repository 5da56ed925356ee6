#pragma once

#include <otp/connection_report.hpp>
#include <otp/seam/clock.hpp>

#include <boost/json/array.hpp>

#include <cstddef>
#include <iosfwd>
#include <span>
#include <string>

namespace otp::cli {

/// The member `connections` of the `--json` object. `now` is for the days that certificates have.
[[nodiscard]] boost::json::array connections_json(
    std::span<ConnectionReport const> reports, Clock::UtcTime now
);

/// In lines for a person.
void print_connections(
    std::ostream& out, std::span<ConnectionReport const> reports, Clock::UtcTime now
);

/// How many could not be opened.
[[nodiscard]] std::size_t failed_connections(std::span<ConnectionReport const> reports) noexcept;

/// `1 of 5 connections cannot be opened`.
[[nodiscard]] std::string verdict_on_connections(std::span<ConnectionReport const> reports);

}  // namespace otp::cli
