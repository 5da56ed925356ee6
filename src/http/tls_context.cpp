#include "http/tls_context.hpp"

#include "http/resource_failure.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <mutex>
#include <new>
#include <string_view>
#include <utility>

namespace otp::http {
namespace {

constexpr std::size_t max_kept_sessions = 64;
constexpr char tls12_ciphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

struct StoreDeleter {
    void operator()(X509_STORE* store) const noexcept { X509_STORE_free(store); }
};
using StorePointer = std::unique_ptr<X509_STORE, StoreDeleter>;

Error unusable(std::string_view pointer, std::string message) {
    if (auto const code = ERR_peek_last_error(); code != 0) {
        if (char const* const reason = ERR_reason_error_string(code); reason != nullptr)
            message += std::string(" (") + reason + ")";
    }
    ERR_clear_error();
    return field_error(ErrorCategory::config_invalid, pointer, message);
}

// Reading the system's roots takes tens of milliseconds, so all contexts share one store.
std::shared_ptr<X509_STORE> system_roots() {
    static std::mutex mutex;
    static std::weak_ptr<X509_STORE> shared;
    std::lock_guard const lock(mutex);
    if (auto roots = shared.lock()) return roots;
    std::shared_ptr<X509_STORE> roots(X509_STORE_new(), StoreDeleter{});
    if (!roots || X509_STORE_set_default_paths(roots.get()) != 1) return nullptr;
    shared = roots;
    return roots;
}

std::optional<std::array<std::uint8_t, 32>> decode_sha256(std::string_view base64) {
    // 32 bytes are 44 characters of base64, the last of them padding.
    if (base64.size() != 44 || base64.back() != '=') return {};
    std::array<unsigned char, 33> decoded{};
    int const size = EVP_DecodeBlock(
        decoded.data(),
        reinterpret_cast<unsigned char const*>(base64.data()),
        static_cast<int>(base64.size())
    );
    if (size != static_cast<int>(decoded.size())) return {};
    std::array<std::uint8_t, 32> digest{};
    std::copy_n(decoded.begin(), digest.size(), digest.begin());
    return digest;
}

std::optional<Error> load_roots(SSL_CTX* context, TlsConfig const& config) {
    if (!config.ca_file && !config.crl_file) {
        auto const roots = system_roots();
        if (!roots) return unusable("/tls", "the system's certificate authorities cannot be read");
        SSL_CTX_set1_cert_store(context, roots.get());
        return {};
    }
    StorePointer store(X509_STORE_new());
    if (config.ca_file) {
        if (X509_STORE_load_file(store.get(), config.ca_file->c_str()) != 1)
            return unusable(
                "/tls/ca_file", "cannot read certificates from " + config.ca_file->string()
            );
    } else if (X509_STORE_set_default_paths(store.get()) != 1) {
        return unusable("/tls", "the system's certificate authorities cannot be read");
    }
    if (config.crl_file) {
        X509_LOOKUP* const lookup = X509_STORE_add_lookup(store.get(), X509_LOOKUP_file());
        if (lookup == nullptr ||
            X509_load_crl_file(lookup, config.crl_file->c_str(), X509_FILETYPE_PEM) < 1)
            return unusable(
                "/tls/crl_file", "cannot read revocation lists from " + config.crl_file->string()
            );
        X509_STORE_set_flags(store.get(), X509_V_FLAG_CRL_CHECK);
    }
    SSL_CTX_set_cert_store(context, store.release());
    return {};
}

std::optional<Error> load_client_certificate(SSL_CTX* context, TlsConfig const& config) {
    if (!config.client_certificate && !config.client_key) return {};
    if (!config.client_certificate || !config.client_key)
        return field_error(
            ErrorCategory::config_invalid, "/tls", "client_certificate and client_key come together"
        );
    if (SSL_CTX_use_certificate_chain_file(context, config.client_certificate->c_str()) != 1)
        return unusable(
            "/tls/client_certificate",
            "cannot read a certificate from " + config.client_certificate->string()
        );
    if (SSL_CTX_use_PrivateKey_file(context, config.client_key->c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1)
        return unusable(
            "/tls/client_key",
            "cannot use the key in " + config.client_key->string() + " with the client certificate"
        );
    return {};
}

void harden(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_security_level(context, 2);
    SSL_CTX_set_cipher_list(context, tls12_ciphers);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    static constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context, http11, sizeof http11);
}

void save_calls(SSL_CTX* context) {
    // Not SSL_MODE_RELEASE_BUFFERS, which allocates and frees 34 KB with every request: the pool
    // decides which idle connections give their record buffers back.
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // A record is read with one system call.
    SSL_CTX_set_read_ahead(context, 1);
}

}  // namespace

Result<std::unique_ptr<TlsContext>> TlsContext::make(
    Origin const& origin, TlsConfig const& config
) {
    // OpenSSL takes roots that it cannot open for none, and would refuse every certificate then.
    if (auto const lack = lack_of_descriptors())
        return Error(
            ErrorCategory::connect_failed,
            "reading the certificate authorities failed: " + explain(*lack)
        );
    std::unique_ptr<TlsContext> made(new TlsContext(origin));
    made->context_.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX* const context = made->context_.get();
    // Its method is always there, so what is missing is memory.
    if (context == nullptr) throw std::bad_alloc();
    harden(context);
    save_calls(context);
    if (auto error = load_roots(context, config)) return std::move(*error);
    if (auto error = load_client_certificate(context, config)) return std::move(*error);
    if (config.pinned_public_key) {
        made->pinned_key_ = decode_sha256(*config.pinned_public_key);
        if (!made->pinned_key_)
            return field_error(
                ErrorCategory::config_invalid,
                "/tls/pinned_public_key",
                "it is not the base64 of a SHA-256 digest (44 characters)"
            );
    }
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &TlsContext::on_new_session);
    SSL_CTX_set_app_data(context, made.get());
    return made;
}

TlsContext::~TlsContext() = default;

SSL* TlsContext::make_connection() {
    SSL* const ssl = SSL_new(context_.get());
    if (ssl == nullptr) return nullptr;
    X509_VERIFY_PARAM* const names = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(
        names, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
    );
    bool named = false;
    if (origin_.host_is_address) {
        named = X509_VERIFY_PARAM_set1_ip_asc(names, origin_.host.c_str()) == 1;
    } else {
        named = SSL_set1_host(ssl, origin_.host.c_str()) == 1 &&
                SSL_set_tlsext_host_name(ssl, origin_.host.c_str()) == 1;
    }
    if (!named) {
        SSL_free(ssl);
        return nullptr;
    }
    if (auto const session = take_session()) SSL_set_session(ssl, session.get());
    SSL_set_connect_state(ssl);
    return ssl;
}

void TlsContext::keep(SessionPointer session) {
    if (sessions_.size() == max_kept_sessions) sessions_.pop_front();
    sessions_.push_back(std::move(session));
}

TlsContext::SessionPointer TlsContext::take_session() {
    while (!sessions_.empty()) {
        SessionPointer session = std::move(sessions_.back());
        sessions_.pop_back();
        auto const expires =
            SSL_SESSION_get_time(session.get()) + SSL_SESSION_get_timeout(session.get());
        if (SSL_SESSION_is_resumable(session.get()) != 1 || std::time(nullptr) >= expires) continue;
        // Before TLS 1.3 a session serves many times, and a resumed one brings no successor.
        if (SSL_SESSION_get_protocol_version(session.get()) < TLS1_3_VERSION) {
            SSL_SESSION_up_ref(session.get());
            keep(SessionPointer(session.get()));
        }
        return session;
    }
    return nullptr;
}

int TlsContext::on_new_session(SSL* ssl, SSL_SESSION* session) {
    auto* const self = static_cast<TlsContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    self->keep(SessionPointer(session));
    return 1;  // The reference is ours now.
}

}  // namespace otp::http
