#pragma once

#include "http/tls/key_pin.hpp"
#include "http/tls/openssl_pointers.hpp"
#include "http/tls/peer_trust.hpp"
#include "http/tls/tls_sessions.hpp"
#include "http/tls/trust_store.hpp"
#include "http/wire/origin.hpp"

#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/seam/clock.hpp>

#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace otp::http {

/// How connections to one origin are secured, and the sessions that can be resumed there.
///
/// The policy of `make_tls_context`, peer and host verified (RFC 9525: no common name, no partial
/// wildcard) at the client's own time, and trust for no longer than `max_age`, the dates of the
/// certificates and those of the revocation lists allow. Not thread-safe: used on the transport's
/// executor.
class TlsContext {
public:
    /// Errors: `config_invalid`, naming the file that cannot be used; `connect_failed` if the
    /// process has no descriptor left. Throws `std::bad_alloc`.
    [[nodiscard]] static Result<std::unique_ptr<TlsContext>> make(
        Origin const& origin,
        TlsConfig const& config,
        std::chrono::milliseconds max_age,
        std::shared_ptr<Clock> clock
    );
    ~TlsContext();
    TlsContext(TlsContext const&) = delete;
    TlsContext& operator=(TlsContext const&) = delete;

    /// A new connection's state with SNI, verified names and, if there is one, a session to resume;
    /// null if memory ran out. `trust` outlives it.
    [[nodiscard]] SslPointer make_connection(PeerTrust& trust);

    /// Until when the peer of a connection that has come through its handshake is trusted.
    [[nodiscard]] TrustPeriod trust_in_peer_of(SSL* ssl) const;

    /// Nothing is resumed of what was before.
    void forget_sessions() noexcept { sessions_.clear(); }

    /// SHA-256 of the only acceptable SubjectPublicKeyInfo, if one is pinned.
    [[nodiscard]] std::optional<KeyPin> const& pinned_key() const noexcept { return pinned_key_; }
    [[nodiscard]] std::string const& host() const noexcept { return origin_.host; }
    [[nodiscard]] TrustStore const& roots() const noexcept { return *roots_; }
    [[nodiscard]] Clock const& clock() const noexcept { return *clock_; }

private:
    TlsContext(
        Origin const& origin,
        std::chrono::milliseconds max_age,
        std::shared_ptr<Clock> clock,
        std::shared_ptr<TrustStore const> roots
    );

    [[nodiscard]] TrustPeriod trust_after_full_handshake(SSL* ssl) const;
    static int on_verified(int verdict, X509_STORE_CTX* verification);
    static int on_new_session(SSL* ssl, SSL_SESSION* session);

    Origin origin_;
    std::chrono::milliseconds max_age_;
    std::shared_ptr<Clock> clock_;
    std::shared_ptr<TrustStore const> roots_;
    TlsContextPointer context_;
    std::optional<KeyPin> pinned_key_;
    TlsSessions sessions_;
};

}  // namespace otp::http
