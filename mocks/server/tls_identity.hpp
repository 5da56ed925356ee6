#pragma once

#include <otp/mocks/mock_tls.hpp>

#include <openssl/types.h>

#include <memory>

namespace otp::mocks {

struct FreeSslContext {
    void operator()(SSL_CTX* context) const noexcept;
};

/// A server's TLS settings: TLS 1.2 or newer, ALPN `http/1.1`, session resumption.
using SslContext = std::unique_ptr<SSL_CTX, FreeSslContext>;

/// Throws `std::runtime_error` if the files cannot be read or do not fit together.
[[nodiscard]] SslContext make_ssl_context(MockTls const& files);

}  // namespace otp::mocks
