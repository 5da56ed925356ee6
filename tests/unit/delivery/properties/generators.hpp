#pragma once

#include <otp/delivery_config.hpp>
#include <otp/instance_health.hpp>
#include <otp/route_config.hpp>

#include <chrono>
#include <cstddef>
#include <ostream>
#include <rapidcheck.h>
#include <vector>

namespace otp {

// How RapidCheck prints what it made up; found by the name that it looks for.
void showValue(RetryConfig const& config, std::ostream& out);
void showValue(BreakerConfig const& config, std::ostream& out);
void showValue(BreakerState state, std::ostream& out);
void showValue(OnUnknown choice, std::ostream& out);
void showValue(RouteStrategy strategy, std::ostream& out);

}  // namespace otp

namespace otp::test {

/// From `least` to `most`, both included.
[[nodiscard]] rc::Gen<std::chrono::milliseconds> between(
    std::chrono::milliseconds least, std::chrono::milliseconds most
);
/// From 0 to below 1, both ends among them.
[[nodiscard]] rc::Gen<double> any_draw();

/// Whatever a configuration may say (docs/configuration.md).
[[nodiscard]] rc::Gen<RetryConfig> any_retry_config();
[[nodiscard]] rc::Gen<BreakerConfig> any_breaker_config();
/// One that some calls open, and some seconds close.
[[nodiscard]] rc::Gen<BreakerConfig> quick_breaker_config();

}  // namespace otp::test
