#include "server/byte_channel.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace otp::mocks {
namespace {

bool poll_readable(int socket, std::chrono::milliseconds timeout) {
    pollfd entry{socket, POLLIN, 0};
    return poll(&entry, 1, static_cast<int>(timeout.count())) > 0;
}

/// Whether something but the end is to be read, or nothing yet.
bool is_open(int socket) {
    char byte = 0;
    auto const count = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

class PlainChannel final : public ByteChannel {
public:
    explicit PlainChannel(int socket) : socket_(socket) {}

    std::size_t read(std::span<char> into) override {
        ssize_t count = 0;
        do {
            count = recv(socket_, into.data(), into.size(), 0);
        } while (count < 0 && errno == EINTR);
        return count > 0 ? static_cast<std::size_t>(count) : 0;
    }

    bool write(std::span<char const> bytes) override {
        while (!bytes.empty()) {
            auto const count = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return true;
    }

    bool wait_readable(std::chrono::milliseconds timeout) override {
        return poll_readable(socket_, timeout);
    }

    bool peer_is_there() override { return is_open(socket_); }

    void finish() override { shutdown(socket_, SHUT_RDWR); }

private:
    int socket_;
};

struct FreeSsl {
    void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
};
using SslPointer = std::unique_ptr<SSL, FreeSsl>;

class TlsChannel final : public ByteChannel {
public:
    TlsChannel(int socket, SslPointer ssl) : socket_(socket), ssl_(std::move(ssl)) {}

    std::size_t read(std::span<char> into) override {
        // The queue of a thread that serves many connections holds earlier ones' errors.
        ERR_clear_error();
        std::size_t count = 0;
        if (SSL_read_ex(ssl_.get(), into.data(), into.size(), &count) == 1) return count;
        failed_ = SSL_get_error(ssl_.get(), 0) != SSL_ERROR_ZERO_RETURN;
        return 0;
    }

    bool write(std::span<char const> bytes) override {
        if (bytes.empty()) return true;
        ERR_clear_error();
        std::size_t count = 0;
        failed_ = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count) != 1;
        return !failed_;
    }

    bool wait_readable(std::chrono::milliseconds timeout) override {
        return SSL_pending(ssl_.get()) > 0 || poll_readable(socket_, timeout);
    }

    bool peer_is_there() override {
        if (!is_open(socket_)) return false;
        // Bytes that came may be a goodbye of TLS, whose end of the stream is still to come.
        if (SSL_pending(ssl_.get()) > 0 || !poll_readable(socket_, std::chrono::milliseconds(0))) {
            return true;
        }
        ERR_clear_error();
        char byte = 0;
        std::size_t count = 0;
        static_cast<void>(SSL_peek_ex(ssl_.get(), &byte, 1, &count));
        return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) == 0;
    }

    void finish() override {
        ERR_clear_error();
        // Not allowed after a fatal error (SSL_shutdown(3)).
        if (!failed_) SSL_shutdown(ssl_.get());
        shutdown(socket_, SHUT_RDWR);
    }

private:
    int socket_;
    SslPointer ssl_;
    bool failed_{false};
};

}  // namespace

std::unique_ptr<ByteChannel> make_plain_channel(int socket) {
    return std::make_unique<PlainChannel>(socket);
}

std::unique_ptr<ByteChannel> make_tls_channel(int socket, SSL_CTX* context) {
    SslPointer ssl(SSL_new(context));
    ERR_clear_error();
    if (!ssl || SSL_set_fd(ssl.get(), socket) != 1 || SSL_accept(ssl.get()) != 1) return nullptr;
    return std::make_unique<TlsChannel>(socket, std::move(ssl));
}

}  // namespace otp::mocks
