#pragma once

#include <otp/testing/recording_drift.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace otp::cli {

/// Request by request, what differs below it; then one line about all.
[[nodiscard]] std::string drift_text(testing::DriftReport const& report);

/// The same for programs: `ok`, whether there is no drift and something was compared, and
/// `requests`.
[[nodiscard]] boost::json::object drift_json(testing::DriftReport const& report);

}  // namespace otp::cli
