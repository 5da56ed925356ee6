#include "server/certificate_check.hpp"

#include "server/openssl_pointers.hpp"
#include "wire/numeric_address.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

namespace otp::mocks {
namespace {

namespace fs = std::filesystem;

BioPointer open(fs::path const& file) {
    return BioPointer(BIO_new_file(file.c_str(), "r"));
}

CertificatePointer read_certificate(fs::path const& file) {
    auto const bio = open(file);
    if (!bio) return nullptr;
    return CertificatePointer(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

KeyPointer read_key(fs::path const& file) {
    auto const bio = open(file);
    // Never asks for a passphrase.
    auto const no_passphrase = [](char*, int, int, void*) { return -1; };
    if (!bio) return nullptr;
    return KeyPointer(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
}

/// What OpenSSL says of the chain: signatures, dates, what each certificate is for.
std::string chain_fault(X509* authority, X509* certificate) {
    StorePointer const store(X509_STORE_new());
    StoreContextPointer const context(X509_STORE_CTX_new());
    bool const ready = store && context && X509_STORE_add_cert(store.get(), authority) == 1 &&
                       X509_STORE_CTX_init(context.get(), store.get(), certificate, nullptr) == 1 &&
                       X509_STORE_CTX_set_default(context.get(), "ssl_server") == 1;
    if (!ready) return "the certificates cannot be checked";
    if (X509_verify_cert(context.get()) == 1) return {};
    auto const error = X509_STORE_CTX_get_error(context.get());
    // OpenSSL's own words are "certificate has expired", "self-signed certificate" and the like.
    return X509_verify_cert_error_string(error);
}

bool covers(X509* certificate, std::string const& name) {
    return is_numeric_address(name)
               ? X509_check_ip_asc(certificate, name.c_str(), 0) == 1
               : X509_check_host(certificate, name.data(), name.size(), 0, nullptr) == 1;
}

}  // namespace

std::string certificate_fault(
    fs::path const& authority_file,
    fs::path const& certificate_file,
    fs::path const& key_file,
    std::vector<std::string> const& names
) {
    ERR_clear_error();
    auto const authority = read_certificate(authority_file);
    if (!authority) return authority_file.string() + " holds no certificate";
    auto const certificate = read_certificate(certificate_file);
    if (!certificate) return certificate_file.string() + " holds no certificate";
    auto const key = read_key(key_file);
    if (!key) return key_file.string() + " holds no key";
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        return key_file.string() + " is not the key of " + certificate_file.string();
    }
    if (auto const fault = chain_fault(authority.get(), certificate.get()); !fault.empty()) {
        return certificate_file.string() + ": " + fault;
    }
    for (std::string const& name : names) {
        if (!covers(certificate.get(), name)) {
            return certificate_file.string() + " is not for " + name;
        }
    }
    return {};
}

}  // namespace otp::mocks
