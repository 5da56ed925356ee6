#pragma once

#include <otp/observer.hpp>
#include <otp/seam/clock.hpp>

#include <string>

namespace otp::observe {

// One event as a JSON object: UTF-8, on one line, without a line feed. What the application, the
// configuration or the vendor wrote stands there as the event has it, which is safe to log.

[[nodiscard]] std::string json_line(Clock::UtcTime time, AttemptBegun const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, AttemptEnded const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, WaitBegun const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, OperationEnded const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, BreakerChange const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, RestBegun const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, TokenFetched const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, Reloaded const& event);
[[nodiscard]] std::string json_line(Clock::UtcTime time, Warning const& warning);

}  // namespace otp::observe
