#pragma once

#include "integration/wire/certificate_lab.hpp"
#include "support/scripted_server.hpp"

#include <otp/config.hpp>
#include <otp/seam/transport.hpp>

#include <cstddef>
#include <string>

namespace otp::test {

/// The authority and the workshop of these tests, made once.
[[nodiscard]] CertificateLab const& lab();

/// A server, how the client is configured, and the name by which it goes there.
struct Visit {
    ServerTls server;
    TlsConfig client;
    std::string host{"localhost"};
};

/// What a visit leads to.
struct Outcome {
    HttpExchange exchange;
    std::size_t application_bytes;
};

/// Starts the server and sends it one request.
[[nodiscard]] Outcome go(Visit const& visit);

/// A server with `leaf.key` and the certificates of `chain`, for a client that trusts the root. It
/// is as lax as can be, so that only the client can refuse.
[[nodiscard]] Visit visit_chain(std::string const& chain, std::string const& host = "localhost");

/// A server with a certificate made by `recipe`.
[[nodiscard]] Visit visit_leaf(
    CertificateLab::Recipe const& recipe, std::string const& host = "localhost"
);

/// A certificate that is in order.
[[nodiscard]] Visit good_visit(std::string const& key = CertificateLab::elliptic_key);

}  // namespace otp::test
