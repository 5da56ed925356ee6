#pragma once

#include "http/origin.hpp"

#include <otp/config.hpp>
#include <otp/result.hpp>

#include <openssl/ssl.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace otp::http {

/// How connections to one origin are secured, and the sessions that can be resumed there.
///
/// TLS 1.2 and 1.3, forward secrecy and AEAD only, security level 2, peer and host verified (RFC
/// 9525: no common name, no partial wildcard). Not thread-safe: used on the transport's executor.
class TlsContext {
public:
    /// Errors: `config_invalid`, naming the file that cannot be used; `connect_failed` if the
    /// process has no descriptor left. Throws `std::bad_alloc`.
    [[nodiscard]] static Result<std::unique_ptr<TlsContext>> make(
        Origin const& origin, TlsConfig const& config
    );
    ~TlsContext();
    TlsContext(TlsContext const&) = delete;
    TlsContext& operator=(TlsContext const&) = delete;

    /// A new connection's state with SNI, verified names and, if there is one, a session to resume;
    /// null if memory ran out.
    [[nodiscard]] SSL* make_connection();

    /// SHA-256 of the only acceptable SubjectPublicKeyInfo, if one is pinned.
    [[nodiscard]] std::optional<std::array<std::uint8_t, 32>> const& pinned_key() const noexcept {
        return pinned_key_;
    }
    [[nodiscard]] std::string const& host() const noexcept { return origin_.host; }

private:
    struct ContextDeleter {
        void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    };
    struct SessionDeleter {
        void operator()(SSL_SESSION* session) const noexcept { SSL_SESSION_free(session); }
    };
    using SessionPointer = std::unique_ptr<SSL_SESSION, SessionDeleter>;

    explicit TlsContext(Origin const& origin) : origin_(origin) {}

    void keep(SessionPointer session);
    [[nodiscard]] SessionPointer take_session();
    static int on_new_session(SSL* ssl, SSL_SESSION* session);

    Origin origin_;
    std::unique_ptr<SSL_CTX, ContextDeleter> context_;
    std::optional<std::array<std::uint8_t, 32>> pinned_key_;
    // Oldest first. A TLS 1.3 ticket is used once (RFC 8446 C.4), so it leaves the queue when
    // taken.
    std::deque<SessionPointer> sessions_;
};

}  // namespace otp::http
