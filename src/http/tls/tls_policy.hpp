#pragma once

#include "http/tls/openssl_pointers.hpp"

namespace otp::http {

/// What all connections agree to: TLS 1.2 and 1.3, forward secrecy and AEAD only, security level 2,
/// HTTP/1.1, a peer that is verified. Throws `std::bad_alloc`.
[[nodiscard]] TlsContextPointer make_tls_context();

}  // namespace otp::http
