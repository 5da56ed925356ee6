#pragma once

#include <otp/error.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/export.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace OTP_EXPORT otp {

/// One part of the way to a server.
struct ConnectionStep {
    /// `resolving`, `connecting`, `tunnelling` or `handshaking`.
    ExchangePhase phase;
    std::chrono::microseconds elapsed{0};
    /// Only of the last step.
    bool failed{false};
};

/// How a connection is secured, and by whom.
struct TlsReport {
    /// `TLSv1.3`; empty where the handshake failed before one was agreed on.
    std::string version;
    /// Of the server's certificate, as RFC 4514 writes names: `CN=api.example.com`.
    std::string subject;
    std::string issuer;
    std::chrono::sys_seconds not_before{};
    std::chrono::sys_seconds not_after{};
};

/// How far the way to one origin is open. Safe to log.
class ConnectionReport {
public:
    ConnectionReport() = default;

    std::string instance;
    std::string vendor;
    /// Scheme, host and port: `https://api.example.com:443`.
    std::string origin;
    /// Whether access tokens are fetched there, and nothing else.
    bool is_token_endpoint{false};
    /// Host and port of the proxy on the way; empty: none.
    std::string proxy;
    /// Those that were taken, in their order; a failure is one of the last. Plain `http` has no
    /// `handshaking`, and only a way through a proxy has `tunnelling`.
    std::vector<ConnectionStep> steps;
    /// Found for the name of the server or, where there is one, of the proxy.
    std::vector<std::string> addresses;
    /// The one that was connected to, with its port; empty if none was.
    std::string connected_to;
    /// What is known of the server's certificate, one that was refused included; nothing if none
    /// came.
    std::optional<TlsReport> tls;
    /// Nothing: the way is open.
    std::optional<Error> failure;
};

}  // namespace otp
