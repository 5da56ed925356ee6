#pragma once

#include <otp/seam/clock.hpp>

#include <algorithm>
#include <chrono>

namespace otp::http {

/// Until when what a full TLS handshake has verified is taken for true: by the connection that it
/// was made for, and by every session that comes from it.
///
/// Told by both clocks, since dates of certificates are wall time, and the wall clock may be set or
/// the machine sleep while a session is kept.
struct TrustPeriod {
    /// By age.
    Clock::TimePoint ends{Clock::TimePoint::max()};
    /// By dates.
    Clock::UtcTime expires{Clock::UtcTime::max()};

    [[nodiscard]] bool is_over(Clock const& clock) const noexcept {
        return ends <= clock.now() || expires <= clock.utc_now();
    }

    /// The end as a point of monotonic time, if the wall clock goes on as it does now.
    [[nodiscard]] Clock::TimePoint end_seen_from_now(Clock const& clock) const noexcept {
        auto const now = clock.now();
        auto const until_expiry = expires - std::min(clock.utc_now(), expires);
        // Compared in milliseconds: dates lie further away than nanoseconds can tell.
        auto const until_end = std::chrono::floor<std::chrono::milliseconds>(ends - now);
        return until_expiry < until_end ? now + until_expiry : ends;
    }
};

}  // namespace otp::http
