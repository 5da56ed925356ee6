#pragma once

#include "http/tls/openssl_pointers.hpp"
#include "http/tls/trusted_file.hpp"

#include <otp/config.hpp>

#include <optional>
#include <string_view>

namespace otp::http {

/// What is wrong with one of the files of `TlsConfig`.
struct TlsFileFault {
    /// The member's name in a configuration: `client_key`.
    std::string_view key;
    FileFault fault;
};

/// Has connections of `context` show the client certificate of `tls` with its chain, and sign with
/// its key; does nothing if there is neither. A passphrase is never asked for.
[[nodiscard]] std::optional<TlsFileFault> use_client_identity(
    SSL_CTX* context, TlsConfig const& tls
);

}  // namespace otp::http
