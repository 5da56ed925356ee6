#pragma once

#include "http/tls/openssl_pointers.hpp"
#include "http/tls/trust_period.hpp"

#include <otp/seam/clock.hpp>

#include <deque>
#include <optional>

namespace otp::http {

/// The TLS sessions with one origin that can be resumed. Each ends with the trust that the full
/// handshake behind it has earned, however often it was resumed meanwhile. Not thread-safe.
class TlsSessions {
public:
    struct Kept {
        SessionPointer session;
        TrustPeriod trust;
    };

    void keep(Kept kept);

    /// The newest one that can still be used; those that cannot are dropped on the way.
    [[nodiscard]] std::optional<Kept> take(Clock const& clock);

    void clear() noexcept { sessions_.clear(); }

private:
    // Oldest first. A TLS 1.3 ticket is used once (RFC 8446 C.4), so it leaves the queue when
    // taken.
    std::deque<Kept> sessions_;
};

}  // namespace otp::http
