#pragma once

#include <otp/export.hpp>

#include <string_view>

namespace OTP_EXPORT otp {

/// How far one request had come, in the order in which a request passes through them.
enum class ExchangePhase {
    queued,       ///< Waiting for a connection that is free, or may be opened.
    resolving,    ///< Looking up the addresses of the vendor's host, or of the proxy's.
    connecting,   ///< Opening the TCP connection.
    tunnelling,   ///< Asking the proxy for a tunnel.
    handshaking,  ///< The TLS handshake.
    writing,      ///< Handing the request to the kernel.
    waiting,      ///< The request is written; nothing of the response has come.
    reading,      ///< The response has begun.
    done,         ///< The response was read to its end.
};

/// The enumerator's name, for example `handshaking`. It is stable: JSON and logs use it.
[[nodiscard]] std::string_view to_string(ExchangePhase phase) noexcept;

}  // namespace otp
