#pragma once

#include <otp/export.hpp>

#include <cstddef>

namespace OTP_EXPORT otp {

/// Connections to one origin, and requests that wait for one. Read one after the other while they
/// change, so that a connection that opens or closes meanwhile may be in none of them, or in two.
struct ConnectionCounts {
    /// Ready for requests, whether they have one or are idle.
    std::size_t open{0};
    /// Those of the open ones that have no request. Never more than `open`.
    std::size_t idle{0};
    /// Being opened: name resolution, TCP, the proxy's tunnel, TLS.
    std::size_t opening{0};
    /// Requests without a connection: one is being opened for them, or all have a request.
    std::size_t waiting{0};

    friend bool operator==(ConnectionCounts const&, ConnectionCounts const&) = default;
};

}  // namespace otp
