#include "http/tls/tls_report.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <string>

namespace otp::http {
namespace {

/// Far beyond every name that means well; a certificate may hold kilobytes of them.
constexpr std::size_t longest_name = 256;

struct BioDeleter {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};

/// As RFC 4514 writes it, the most particular part first; what is no printable ASCII is escaped.
std::string text_of(X509_NAME const* name) {
    std::unique_ptr<BIO, BioDeleter> const bio(BIO_new(BIO_s_mem()));
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
    char* bytes = nullptr;
    long const size = BIO_get_mem_data(bio.get(), &bytes);
    std::string text(bytes, size > 0 ? static_cast<std::size_t>(size) : 0);
    if (text.size() > longest_name) text.replace(longest_name, text.npos, "...");
    return text;
}

std::chrono::sys_seconds time_of(ASN1_TIME const* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace

std::optional<TlsReport> report_tls(SSL* ssl) {
    // Not the peer's certificate, which is only set once it has been verified.
    STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(ssl);
    if (chain == nullptr || sk_X509_num(chain) == 0) return {};
    X509 const* const certificate = sk_X509_value(chain, 0);
    TlsReport report;
    report.version = SSL_get_version(ssl);
    report.subject = text_of(X509_get_subject_name(certificate));
    report.issuer = text_of(X509_get_issuer_name(certificate));
    report.not_before = time_of(X509_get0_notBefore(certificate));
    report.not_after = time_of(X509_get0_notAfter(certificate));
    return report;
}

}  // namespace otp::http
