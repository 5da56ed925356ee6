#include "server/certificate_issue.hpp"

#include "server/openssl_pointers.hpp"
#include "wire/numeric_address.hpp"

#include <openssl/pem.h>

#include <stdexcept>

namespace otp::mocks {
namespace {

constexpr long a_day = 24 * 60 * 60;
// Browsers refuse certificates that are valid for longer than 397 days.
constexpr long valid_days = 365;
constexpr int serial_bits = 127;

void require(bool done) {
    if (!done) throw std::runtime_error("OpenSSL cannot make a certificate");
}

std::string random_serial(X509* certificate) {
    BignumPointer const number(BN_new());
    require(number && BN_rand(number.get(), serial_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1);
    require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
    std::unique_ptr<char, decltype([](char* text) { OPENSSL_free(text); })> const text(
        BN_bn2hex(number.get())
    );
    require(text != nullptr);
    return text.get();
}

void set_name(X509_NAME* name, std::string const& common_name) {
    auto const* const text = reinterpret_cast<unsigned char const*>(common_name.data());
    auto const size = static_cast<int>(common_name.size());
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_ASC, text, size, -1, 0) == 1);
}

/// `value` as openssl-x509v3_config(5) writes it.
void add_extension(X509* certificate, X509* issuer, int type, std::string const& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    ExtensionPointer const extension(X509V3_EXT_conf_nid(nullptr, &context, type, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

/// A certificate with everything but names, extensions and a signature.
CertificatePointer new_certificate(EVP_PKEY* key) {
    CertificatePointer certificate(X509_new());
    require(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    // From yesterday: clocks differ.
    require(X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -a_day) != nullptr);
    require(X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_days * a_day) != nullptr);
    require(X509_set_pubkey(certificate.get(), key) == 1);
    return certificate;
}

CertificatePointer make_authority(EVP_PKEY* key) {
    auto authority = new_certificate(key);
    // Two authorities must not have the same name.
    auto const serial = random_serial(authority.get());
    set_name(X509_get_subject_name(authority.get()), "otp mock authority " + serial.substr(0, 8));
    require(X509_set_issuer_name(authority.get(), X509_get_subject_name(authority.get())) == 1);
    add_extension(
        authority.get(), authority.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0"
    );
    add_extension(authority.get(), authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(authority.get(), authority.get(), NID_subject_key_identifier, "hash");
    require(X509_sign(authority.get(), key, EVP_sha256()) != 0);
    return authority;
}

std::string alternative_names(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) {
        text += (text.empty() ? "" : ",") + std::string(is_numeric_address(name) ? "IP:" : "DNS:") +
                name;
    }
    return text;
}

CertificatePointer make_server_certificate(
    EVP_PKEY* key, X509* authority, EVP_PKEY* authority_key, std::vector<std::string> const& names
) {
    auto certificate = new_certificate(key);
    static_cast<void>(random_serial(certificate.get()));
    set_name(X509_get_subject_name(certificate.get()), "otp mock");
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(authority)) == 1);
    add_extension(certificate.get(), authority, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), authority, NID_key_usage, "critical,digitalSignature");
    add_extension(certificate.get(), authority, NID_ext_key_usage, "serverAuth");
    add_extension(certificate.get(), authority, NID_subject_alt_name, alternative_names(names));
    add_extension(certificate.get(), authority, NID_subject_key_identifier, "hash");
    add_extension(certificate.get(), authority, NID_authority_key_identifier, "keyid:always");
    require(X509_sign(certificate.get(), authority_key, EVP_sha256()) != 0);
    return certificate;
}

KeyPointer make_key() {
    KeyPointer key(EVP_EC_gen("P-256"));
    require(key != nullptr);
    return key;
}

template <typename Write>
std::string pem(Write const& write) {
    BioPointer const memory(BIO_new(BIO_s_mem()));
    require(memory && write(memory.get()) == 1);
    char* text = nullptr;
    auto const size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string pem(X509* certificate) {
    return pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string pem(EVP_PKEY* key) {
    return pem([&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

}  // namespace

IssuedCertificate issue_certificate(std::vector<std::string> const& names) {
    auto const authority_key = make_key();
    auto const authority = make_authority(authority_key.get());
    auto const key = make_key();
    auto const certificate =
        make_server_certificate(key.get(), authority.get(), authority_key.get(), names);
    return {pem(authority.get()), pem(certificate.get()), pem(key.get())};
}

}  // namespace otp::mocks
