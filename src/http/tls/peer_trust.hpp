#pragma once

#include "http/tls/trust_period.hpp"

#include <optional>
#include <string>

namespace otp::http {

/// What is known of the peer of one TLS connection. OpenSSL's callbacks find it by its address, so
/// it stays where it is as long as the connection's `SSL`.
struct PeerTrust {
    PeerTrust() = default;
    PeerTrust(PeerTrust const&) = delete;
    PeerTrust& operator=(PeerTrust const&) = delete;

    /// Of the session that was offered to be resumed.
    std::optional<TrustPeriod> offered;
    /// Of this connection, as soon as its handshake is that far.
    std::optional<TrustPeriod> period;
    /// The dates on which the verification failed, for a message; empty if it did not fail on a
    /// date.
    std::string dates;
};

}  // namespace otp::http
