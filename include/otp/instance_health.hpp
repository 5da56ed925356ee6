#pragma once

#include <otp/connection_counts.hpp>
#include <otp/error_category.hpp>
#include <otp/export.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// Whether requests are let through to an instance (`BreakerConfig`).
enum class BreakerState {
    closed,     ///< All of them.
    open,       ///< None: it has failed too often lately.
    half_open,  ///< One at a time, to see whether it is well again.
    isolated    ///< None, until `OtpClient::restore`.
};

/// The stable name: `closed`, `open`, `half_open`, `isolated`.
[[nodiscard]] std::string_view to_string(BreakerState state) noexcept;

/// How an instance is, as far as the client's own requests have shown. Safe to log.
struct InstanceHealth {
    std::string instance;
    std::string vendor;
    BreakerState breaker{BreakerState::closed};
    /// How long no request is let through yet; only if `open`.
    std::optional<std::chrono::milliseconds> reopens_in;
    /// How long it asked to be left alone yet; nothing if it did not.
    std::optional<std::chrono::milliseconds> rests_for;
    /// Attempts under way.
    std::size_t in_flight{0};
    /// Connections to the origin of its `base_url`, and requests that wait for one; those of a
    /// token endpoint elsewhere are not among them. Nothing if its transport opens none (a replay).
    std::optional<ConnectionCounts> connections;
    /// What is left of `RetryConfig::budget`.
    std::uint32_t budget_left{0};
    /// Of the last attempt that failed by the vendor's or the account's fault, whatever came after.
    std::optional<ErrorCategory> last_failure;
    std::optional<std::chrono::milliseconds> last_failure_ago;

    /// Whether a request would be let through now: one at a time while it is `half_open`.
    [[nodiscard]] bool usable() const noexcept {
        bool const lets_through =
            breaker == BreakerState::closed || breaker == BreakerState::half_open;
        return lets_through && !rests_for;
    }
};

}  // namespace otp
