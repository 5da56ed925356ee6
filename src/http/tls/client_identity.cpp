#include "http/tls/client_identity.hpp"

#include "http/tls/pem_file.hpp"
#include "platform/wiped_at_end.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <new>
#include <string>
#include <utility>
#include <vector>

namespace otp::http {
namespace {

constexpr std::string_view certificate_key = "client_certificate";
constexpr std::string_view private_key_key = "client_key";

TlsFileFault fault_of(std::string_view key, std::string text) {
    return {key, {std::move(text), {}}};
}

// OpenSSL's own would ask at the terminal.
int refuse_passphrase(char* /*into*/, int /*size*/, int /*writing*/, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

FromFile<KeyPointer> key_in(std::string_view bytes) {
    BioPointer const memory(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    if (!memory) throw std::bad_alloc();
    bool asked = false;
    KeyPointer key(PEM_read_bio_PrivateKey(memory.get(), nullptr, &refuse_passphrase, &asked));
    if (asked) {
        return FileFault{
            "is encrypted, and nobody is there to enter its passphrase: "
            "decrypt it with openssl pkey -in FILE -out FILE.pem, and let only its owner read it",
            {}};
    }
    if (key) return key;
    auto const found = parse_pem(bytes);
    if (found.holds_private_key) return FileFault{"holds a damaged private key", {}};
    return missing_in_pem(bytes, found, "private key");
}

std::optional<TlsFileFault> use_certificates(
    SSL_CTX* context, std::vector<CertificatePointer> const& certificates
) {
    if (SSL_CTX_use_certificate(context, certificates.front().get()) != 1) {
        return fault_of(certificate_key, "cannot be used" + take_openssl_reason());
    }
    for (std::size_t i = 1; i < certificates.size(); ++i) {
        if (SSL_CTX_add1_chain_cert(context, certificates[i].get()) != 1) {
            return fault_of(
                certificate_key,
                "cannot be used: certificate " + std::to_string(i + 1) + take_openssl_reason()
            );
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<TlsFileFault> use_client_identity(SSL_CTX* context, TlsConfig const& tls) {
    if (!tls.client_certificate || !tls.client_key) return std::nullopt;
    ERR_clear_error();
    auto certificate_bytes = read_trusted_file(*tls.client_certificate);
    if (!certificate_bytes) return TlsFileFault{certificate_key, certificate_bytes.error()};
    // The key may be in the same file.
    platform::WipedAtEnd const wiped_certificates(*certificate_bytes);
    auto const certificates = certificates_in(*certificate_bytes);
    if (!certificates) return TlsFileFault{certificate_key, certificates.error()};
    if (auto fault = use_certificates(context, *certificates)) return fault;

    auto key_bytes = read_trusted_file(*tls.client_key);
    if (!key_bytes) return TlsFileFault{private_key_key, key_bytes.error()};
    platform::WipedAtEnd const wiped_key(*key_bytes);
    auto const key = key_in(*key_bytes);
    ERR_clear_error();
    if (!key) return TlsFileFault{private_key_key, key.error()};
    if (X509_check_private_key(certificates->front().get(), key->get()) != 1) {
        ERR_clear_error();
        return fault_of(
            private_key_key,
            "is not the key of the first certificate in " + tls.client_certificate->string()
        );
    }
    if (SSL_CTX_use_PrivateKey(context, key->get()) != 1) {
        return fault_of(private_key_key, "cannot be used" + take_openssl_reason());
    }
    return std::nullopt;
}

}  // namespace otp::http
