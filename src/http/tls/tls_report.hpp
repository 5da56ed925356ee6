#pragma once

#include <otp/connection_report.hpp>

#include <openssl/ssl.h>

#include <optional>

namespace otp::http {

/// What is known of a connection's other side; nothing if no certificate came from there. Throws
/// `std::bad_alloc`.
[[nodiscard]] std::optional<TlsReport> report_tls(SSL* ssl);

}  // namespace otp::http
