#pragma once

#include "http/socket/byte_stream.hpp"
#include "http/tls/tls_context.hpp"
#include "http/tls/tls_report.hpp"

#include <openssl/ssl.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace otp::http {

/// A TLS client connection: OpenSSL working on the socket itself, without buffers in between.
class TlsStream final : public ByteStream {
public:
    /// `context` outlives the stream. Prepares SNI, the names to verify and a session to resume.
    TlsStream(TlsContext& context, int native_socket);
    // OpenSSL holds on to the socket by its address.
    TlsStream(TlsStream const&) = delete;
    TlsStream& operator=(TlsStream const&) = delete;
    ~TlsStream() override = default;

    /// Goes on with the handshake. `want_read` or `want_write`: call again when the socket is
    /// ready.
    [[nodiscard]] IoResult handshake();

    /// After a failed handshake: what to tell. After a finished one: the checks that OpenSSL does
    /// not make itself (pinned key, ALPN); nothing if all is well.
    [[nodiscard]] Error handshake_error(IoResult const& failed) const;
    [[nodiscard]] std::optional<Error> refuse_peer() const;
    /// At the end of a handshake, however it ended: who the other side says it is.
    [[nodiscard]] std::optional<TlsReport> report() const { return report_tls(ssl_.get()); }

    /// After a finished handshake: until when the connection may be used.
    [[nodiscard]] TrustPeriod trust() const { return context_.trust_in_peer_of(ssl_.get()); }

    [[nodiscard]] IoResult read(std::span<char> into) override;
    [[nodiscard]] IoResult write(std::span<char const> bytes) override;
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept override {
        return socket_.bytes_taken();
    }
    [[nodiscard]] bool may_have_input() const noexcept override;
    [[nodiscard]] bool is_silent() const noexcept override;
    [[nodiscard]] std::string describe(IoResult const& result) const override;
    void release_memory() noexcept override;
    void announce_end() noexcept override;

private:
    [[nodiscard]] IoResult outcome_of_failure() const;
    /// That the client's own certificate may be the reason, since it has expired; else nothing.
    [[nodiscard]] std::string doubt_about_own_certificate() const;
    [[nodiscard]] std::string advice_for_want_of_roots() const;

    TlsContext& context_;
    CountedSocket socket_;
    PeerTrust trust_;
    SslPointer ssl_;
};

}  // namespace otp::http
