#pragma once

#include <openssl/types.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>

namespace otp::mocks {

/// A server's end of one connection, plain or TLS. Does not own the socket. Reads and writes block,
/// within the socket's own timeouts.
class ByteChannel {
public:
    virtual ~ByteChannel() = default;
    /// 0 at the end of the stream and on errors.
    virtual std::size_t read(std::span<char> into) = 0;
    /// Whether all bytes were taken.
    virtual bool write(std::span<char const> bytes) = 0;
    /// Waits for something to read, the end of the stream included.
    virtual bool wait_readable(std::chrono::milliseconds timeout) = 0;
    /// False once the other side has closed the connection or its half of it. Waits for nothing.
    [[nodiscard]] virtual bool peer_is_there() = 0;
    /// Says goodbye as the protocol wants it.
    virtual void finish() = 0;
};

[[nodiscard]] std::unique_ptr<ByteChannel> make_plain_channel(int socket);

/// Null if the handshake fails.
[[nodiscard]] std::unique_ptr<ByteChannel> make_tls_channel(int socket, SSL_CTX* context);

}  // namespace otp::mocks
