#include "http/tls/tls_policy.hpp"

#include <new>

namespace otp::http {
namespace {

constexpr char tls12_ciphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

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

TlsContextPointer make_tls_context() {
    TlsContextPointer context(SSL_CTX_new(TLS_client_method()));
    // Its method is always there, so what is missing is memory.
    if (!context) throw std::bad_alloc();
    harden(context.get());
    save_calls(context.get());
    return context;
}

}  // namespace otp::http
