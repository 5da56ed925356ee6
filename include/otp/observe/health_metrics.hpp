#pragma once

#include <otp/export.hpp>
#include <otp/instance_health.hpp>

#include <span>
#include <string>

namespace OTP_EXPORT otp {

/// Adds what only a snapshot knows, as gauges in Prometheus' text format 0.0.4:
/// `otp_breaker_state`, `otp_instance_usable`, `otp_resting_seconds`, `otp_retry_budget_left`, and
/// of instances that have connections `otp_pool_open_connections`, `otp_pool_idle_connections`,
/// `otp_pool_opening_connections`, `otp_pool_waiting_requests` (docs/metrics.md).
///
/// `text` may hold what `PrometheusObserver::text` gave, with which it shares no family. Call it
/// once for each text, with the instances of all clients: a family may stand there only once. Of
/// instances with the same name the first one is shown. Throws `std::bad_alloc`.
void append_health(std::string& text, std::span<InstanceHealth const> instances);

}  // namespace otp
