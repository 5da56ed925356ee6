#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace otp::mocks {

/// Calls OpenSSL's function that frees an object.
template <auto function>
struct FreeWith {
    template <typename T>
    void operator()(T* object) const noexcept {
        function(object);
    }
};

using BioPointer = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using BignumPointer = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, FreeWith<X509_free>>;
using ExtensionPointer = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
using StorePointer = std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>>;
using StoreContextPointer = std::unique_ptr<X509_STORE_CTX, FreeWith<X509_STORE_CTX_free>>;

}  // namespace otp::mocks
