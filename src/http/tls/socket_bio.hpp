#pragma once

#include "http/socket/counted_socket.hpp"

#include <openssl/bio.h>

namespace otp::http {

/// An OpenSSL BIO that reads and writes `socket`, which outlives it. OpenSSL's own socket BIO would
/// raise SIGPIPE and count nothing. Null if memory ran out; owned by the caller.
[[nodiscard]] BIO* make_socket_bio(CountedSocket& socket);

}  // namespace otp::http
