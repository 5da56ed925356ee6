#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace otp::http {

template <auto Function>
struct FreedBy {
    template <class Object>
    void operator()(Object* object) const noexcept {
        Function(object);
    }
};

using BioPointer = std::unique_ptr<BIO, FreedBy<&BIO_free>>;
using CertificatePointer = std::unique_ptr<X509, FreedBy<&X509_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, FreedBy<&EVP_PKEY_free>>;
using RevocationListPointer = std::unique_ptr<X509_CRL, FreedBy<&X509_CRL_free>>;
using SessionPointer = std::unique_ptr<SSL_SESSION, FreedBy<&SSL_SESSION_free>>;
using SslPointer = std::unique_ptr<SSL, FreedBy<&SSL_free>>;
using StorePointer = std::unique_ptr<X509_STORE, FreedBy<&X509_STORE_free>>;
using TlsContextPointer = std::unique_ptr<SSL_CTX, FreedBy<&SSL_CTX_free>>;

}  // namespace otp::http
