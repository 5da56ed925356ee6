#include "http/tls/tls_stream.hpp"

#include "http/tls/authority_places.hpp"
#include "http/tls/certificate_time.hpp"
#include "http/tls/socket_bio.hpp"
#include "platform/resource_failure.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

namespace otp::http {
namespace {

/// Whether the chain is refused because no root was found for it.
bool is_for_want_of_roots(long verdict) noexcept {
    return verdict == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
           verdict == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
           verdict == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
           verdict == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT;
}

bool has_key(X509* certificate, std::array<std::uint8_t, 32> const& expected) {
    unsigned char* encoded = nullptr;
    int const size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded);
    if (size <= 0) return false;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned digest_size = 0;
    int const hashed = EVP_Digest(
        encoded, static_cast<std::size_t>(size), digest.data(), &digest_size, EVP_sha256(), nullptr
    );
    OPENSSL_free(encoded);
    return hashed == 1 && digest_size == expected.size() &&
           std::memcmp(digest.data(), expected.data(), expected.size()) == 0;
}

}  // namespace

TlsStream::TlsStream(TlsContext& context, int native_socket)
    : context_(context), socket_(native_socket), ssl_(context.make_connection(trust_)) {
    BIO* const bio = ssl_ ? make_socket_bio(socket_) : nullptr;
    if (bio == nullptr) throw std::bad_alloc();
    SSL_set_bio(ssl_.get(), bio, bio);
}

// Not SSL_get_error: it takes what others left in this thread's error queue for an outcome, unless
// the queue is cleared before each call, which costs more than all else around a read.
IoResult TlsStream::outcome_of_failure() const {
    // One BIO serves both directions.
    BIO const* const bio = SSL_get_rbio(ssl_.get());
    if (SSL_want(ssl_.get()) == SSL_READING && BIO_should_read(bio)) return {IoStatus::want_read};
    if (SSL_want(ssl_.get()) == SSL_WRITING && BIO_should_write(bio)) return {IoStatus::want_write};
    // A fatal alert ends the connection, too, but leaves it in the state of a handshake and an
    // error in the queue.
    bool const unharmed = SSL_is_init_finished(ssl_.get()) == 1 || ERR_peek_last_error() == 0;
    if (unharmed && (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0) {
        return {IoStatus::end_of_stream};
    }
    if (auto const error = socket_.failure()) return {IoStatus::failed, 0, error};
    if (ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        return {IoStatus::truncated};
    }
    return {
        IoStatus::failed,
        0,
        boost::system::errc::make_error_code(boost::system::errc::protocol_error)};
}

IoResult TlsStream::handshake() {
    ERR_clear_error();
    int const returned = SSL_do_handshake(ssl_.get());
    return returned == 1 ? IoResult{IoStatus::done} : outcome_of_failure();
}

Error TlsStream::handshake_error(IoResult const& failed) const {
    std::string message = "TLS handshake with " + context_.host() + " failed: ";
    long const verdict = SSL_get_verify_result(ssl_.get());
    if (verdict != X509_V_OK) {
        message += "the certificate is refused: ";
        message += X509_verify_cert_error_string(verdict);
        if (!trust_.dates.empty()) message += ": " + trust_.dates;
        if (is_for_want_of_roots(verdict)) {
            // A folder of certificate authorities is read during the handshake.
            if (auto const lack = platform::lack_of_descriptors()) {
                return Error(
                    ErrorCategory::connect_failed, message + "; " + platform::explain(*lack)
                );
            }
            message += advice_for_want_of_roots();
        }
    } else if (failed.status == IoStatus::failed && failed.error.category() == boost::system::system_category()) {
        message += failed.error.message();
    } else if (failed.status == IoStatus::truncated || failed.status == IoStatus::end_of_stream) {
        message += "the server closed the connection";
    } else if (char const* const reason = ERR_reason_error_string(ERR_peek_last_error());
               reason != nullptr) {
        message += reason + doubt_about_own_certificate();
    } else {
        message += "protocol error";
    }
    return Error(ErrorCategory::tls_failed, std::move(message));
}

std::string TlsStream::advice_for_want_of_roots() const {
    auto const& roots = context_.roots();
    if (!roots.has_authorities()) {
        return "; there are no certificate authorities in " + listed_places(roots.places()) + ": " +
               no_authorities_advice;
    }
    if (roots.places().front().named_by == "tls.ca_file") {
        return "; its authority is not among those in tls.ca_file";
    }
    return "; if its authority is private, name it in tls.ca_file";
}

std::string TlsStream::doubt_about_own_certificate() const {
    X509* const own = SSL_get_certificate(ssl_.get());
    if (own == nullptr) return {};
    auto const end = utc_of(X509_get0_notAfter(own));
    if (context_.clock().utc_now() <= end) return {};
    return "; the certificate in tls.client_certificate has expired at " + in_words(end);
}

std::optional<Error> TlsStream::refuse_peer() const {
    unsigned char const* protocol = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &protocol, &size);
    if (size != 0 &&
        std::string_view(reinterpret_cast<char const*>(protocol), size) != "http/1.1") {
        return Error(
            ErrorCategory::tls_failed,
            "TLS handshake with " + context_.host() +
                " failed: the server chose a protocol other than http/1.1"
        );
    }
    if (auto const& pinned = context_.pinned_key()) {
        X509* const certificate = SSL_get0_peer_certificate(ssl_.get());
        if (certificate == nullptr || !has_key(certificate, *pinned)) {
            return Error(
                ErrorCategory::tls_failed,
                "TLS handshake with " + context_.host() +
                    " failed: the server's key is not the one in tls.pinned_public_key"
            );
        }
    }
    return {};
}

IoResult TlsStream::read(std::span<char> into) {
    std::size_t size = 0;
    int const returned = SSL_read_ex(ssl_.get(), into.data(), into.size(), &size);
    return returned == 1 ? IoResult{IoStatus::done, size} : outcome_of_failure();
}

IoResult TlsStream::write(std::span<char const> bytes) {
    std::size_t size = 0;
    int const returned = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &size);
    return returned == 1 ? IoResult{IoStatus::done, size} : outcome_of_failure();
}

bool TlsStream::may_have_input() const noexcept {
    return !socket_.is_drained() || SSL_has_pending(ssl_.get()) == 1;
}

bool TlsStream::is_silent() const noexcept {
    return socket_.is_silent() && SSL_has_pending(ssl_.get()) == 0;
}

std::string TlsStream::describe(IoResult const& result) const {
    bool const tls_alert =
        result.status == IoStatus::failed && result.error == boost::system::errc::protocol_error;
    if (!tls_alert) return ByteStream::describe(result);
    char const* const reason = ERR_reason_error_string(ERR_peek_last_error());
    return std::string("TLS failed: ") + (reason != nullptr ? reason : "protocol error") +
           doubt_about_own_certificate();
}

void TlsStream::release_memory() noexcept {
    // Does nothing while a buffer holds bytes.
    SSL_free_buffers(ssl_.get());
}

void TlsStream::announce_end() noexcept {
    if (SSL_is_init_finished(ssl_.get()) == 1) SSL_shutdown(ssl_.get());
}

}  // namespace otp::http
