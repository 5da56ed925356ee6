#pragma once

#include "observe/family.hpp"
#include "observe/histogram.hpp"
#include "observe/values.hpp"

#include <chrono>
#include <string>

namespace otp::observe {

/// All families of `PrometheusObserver`, in the order of their lines. docs/metrics.md explains
/// them.
struct Metrics {
    using WaitSeconds = Seconds<std::chrono::milliseconds>;

    Family<Count, 4> operations{
        "otp_operations_total", "Operations that are over.", {"kind", "target", "outcome", "stop"}};
    Family<Histogram, 1> operation_duration{
        "otp_operation_duration_seconds", "How long operations took, waits included.", {"kind"}};
    Family<Count, 5> attempts{
        "otp_attempts_total",
        "Attempts that are over.",
        {"instance", "vendor", "kind", "category", "delivery"}};
    Family<Histogram, 2> attempt_duration{
        "otp_attempt_duration_seconds", "How long attempts took.", {"instance", "kind"}};
    Family<Level, 1> in_flight{"otp_attempts_in_flight", "Attempts under way.", {"instance"}};
    Family<Count, 2> code_checks{
        "otp_code_checks_total",
        "What the vendor said of the codes that it was asked to check.",
        {"instance", "outcome"}};
    Family<Count, 2> retries{
        "otp_retries_total",
        "Attempts after which the same instance was asked again.",
        {"instance", "reason"}};
    Family<Count, 2> failovers{
        "otp_failovers_total",
        "Attempts after which another instance was asked.",
        {"instance", "reason"}};
    Family<Count, 2> skips{
        "otp_skips_total",
        "How often an instance was passed over without being asked.",
        {"instance", "reason"}};
    Family<Count, 2> waits{
        "otp_waits_total", "Waits before an attempt at the instance.", {"instance", "reason"}};
    Family<WaitSeconds, 2> wait_seconds{
        "otp_wait_seconds_total",
        "How long operations were to wait before an attempt at the instance.",
        {"instance", "reason"}};
    Family<Count, 2> breaker_changes{
        "otp_breaker_changes_total",
        "How often the breaker of an instance came to a state.",
        {"instance", "to"}};
    Family<Count, 1> rests{
        "otp_rests_total", "How often an instance asked to be left alone.", {"instance"}};
    Family<WaitSeconds, 1> rest_seconds{
        "otp_rest_seconds_total", "For how long instances asked to be left alone.", {"instance"}};
    Family<Count, 2> token_fetches{
        "otp_token_fetches_total", "Access tokens asked for.", {"instance", "category"}};
    Family<Count, 1> reloads{"otp_reloads_total", "Reloads of the configuration.", {"outcome"}};
    Family<Count, 1> warnings{"otp_warnings_total", "Warnings about an instance.", {"instance"}};

    /// All of them, as text.
    void append(std::string& text) const;
};

}  // namespace otp::observe
