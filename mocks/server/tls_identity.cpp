#include "server/tls_identity.hpp"

#include <openssl/ssl.h>

#include <stdexcept>
#include <string>

namespace otp::mocks {
namespace {

constexpr unsigned char supported_protocols[] = "\x08http/1.1";

int select_protocol(SSL*, unsigned char const** out, unsigned char* out_length, unsigned char const* in, unsigned in_length, void*) {
    unsigned char* selected = nullptr;
    int const result = SSL_select_next_proto(
        &selected, out_length, supported_protocols, sizeof(supported_protocols) - 1, in, in_length
    );
    *out = selected;
    // A client that cannot speak HTTP/1.1 is refused (RFC 7301 3.2).
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

void FreeSslContext::operator()(SSL_CTX* context) const noexcept {
    SSL_CTX_free(context);
}

SslContext make_ssl_context(MockTls const& files) {
    SslContext context(SSL_CTX_new(TLS_server_method()));
    if (!context) throw std::runtime_error("TLS cannot be initialized");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_alpn_select_cb(context.get(), select_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
        throw std::runtime_error("cannot use the certificate " + files.certificate.string());
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1) {
        throw std::runtime_error("cannot use the key " + files.key.string());
    }
    return context;
}

}  // namespace otp::mocks
