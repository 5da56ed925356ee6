#include "http/authority_places.hpp"
#include "http/certificate_time.hpp"
#include "http/pem_file.hpp"
#include "http/trusted_file.hpp"

#include <otp/trust_report.hpp>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <system_error>
#include <utility>

namespace otp {
namespace {

using namespace http;
using Kind = AuthoritySource::Kind;

// Long enough to renew a certificate before it is needed.
constexpr auto soon = std::chrono::days(14);

/// Until when a certificate or a list holds, for a warning; empty if there is nothing to warn of.
std::string end_of(Clock::UtcTime end, Clock::UtcTime now) {
    if (end < now)
        return "has expired at " + in_words(end) + "; this machine's clock says " + in_words(now);
    if (end < now + soon) return "will expire at " + in_words(end);
    return {};
}

void count(AuthoritySource& source, PemFile const& found, Clock::UtcTime now) {
    source.certificates += found.certificates.size();
    source.expired += static_cast<std::size_t>(std::count_if(
        found.certificates.begin(),
        found.certificates.end(),
        [now](CertificatePointer const& certificate) {
            return utc_of(X509_get0_notAfter(certificate.get())) < now;
        }
    ));
}

void look_into_file(AuthoritySource& source, TrustReport& report, Clock::UtcTime now) {
    auto const bytes = read_trusted_file(source.path);
    if (!bytes) {
        auto const& fault = bytes.error();
        source.problem = fault.cause ? fault.cause.message() : fault.text;
        return;
    }
    auto const found = parse_pem(*bytes);
    count(source, found, now);
    if (!found.damage.empty())
        source.problem = found.damage;
    else if (found.certificates.empty())
        source.problem = missing_in_pem(*bytes, found, "certificate").text;
    if (found.holds_private_key)
        report.warnings.push_back(
            source.path.string() + " (" + source.named_by +
            ") holds a private key beside the certificates; nothing here needs it: take it out."
        );
}

void look_into_folder(AuthoritySource& source, Clock::UtcTime now) {
    std::error_code error;
    std::filesystem::directory_iterator const entry(source.path, error);
    if (error) {
        source.problem = error.message();
        return;
    }
    for (auto const& name : hashed_names(source.path))
        if (auto const bytes = read_trusted_file(source.path / name))
            count(source, parse_pem(*bytes), now);
    if (source.certificates == 0)
        source.problem = "no certificate can be found by its hash (openssl rehash makes the links)";
}

void warn_of_authorities(TrustReport& report) {
    auto const expired = std::accumulate(
        report.sources.begin(),
        report.sources.end(),
        std::size_t{0},
        [](std::size_t sum, AuthoritySource const& source) { return sum + source.expired; }
    );
    auto const all = report.certificates();
    auto const where = listed_places(report.sources);
    if (all == 0)
        report.warnings.push_back(
            "There are no certificate authorities, so that every TLS handshake will fail; they "
            "were "
            "sought in " +
            where + ": " + no_authorities_advice + "."
        );
    else if (expired == all)
        report.warnings.push_back(
            "All " + std::to_string(all) + " certificate authorities in " + where + " have expired."
        );
}

void warn_of_end(
    TrustReport& report,
    std::string const& what,
    std::filesystem::path const& file,
    Clock::UtcTime end,
    Clock::UtcTime now
) {
    if (auto const words = end_of(end, now); !words.empty())
        report.warnings.push_back(what + " in " + file.string() + " " + words + ".");
}

void warn_of_client_certificate(
    TrustReport& report, std::filesystem::path const& file, Clock::UtcTime now
) {
    auto const bytes = read_trusted_file(file);
    if (!bytes) return report.warnings.push_back(file.string() + " " + bytes.error().text + ".");
    auto const certificates = certificates_in(*bytes);
    if (!certificates)
        return report.warnings.push_back(file.string() + " " + certificates.error().text + ".");
    for (auto const& certificate : *certificates) {
        auto const begins = utc_of(X509_get0_notBefore(certificate.get()));
        if (begins > now)
            report.warnings.push_back(
                "The client certificate in " + file.string() + " is not valid before " +
                in_words(begins) + "; this machine's clock says " + in_words(now) + "."
            );
        warn_of_end(
            report,
            "The client certificate",
            file,
            utc_of(X509_get0_notAfter(certificate.get())),
            now
        );
    }
}

void warn_of_revocation_lists(
    TrustReport& report, std::filesystem::path const& file, Clock::UtcTime now
) {
    auto const bytes = read_trusted_file(file);
    if (!bytes) return report.warnings.push_back(file.string() + " " + bytes.error().text + ".");
    auto const lists = revocation_lists_in(*bytes);
    if (!lists) return report.warnings.push_back(file.string() + " " + lists.error().text + ".");
    for (auto const& list : *lists)
        if (auto const* const next = X509_CRL_get0_nextUpdate(list.get()))
            warn_of_end(report, "A revocation list", file, utc_of(next), now);
}

}  // namespace

std::size_t TrustReport::certificates() const noexcept {
    return std::accumulate(
        sources.begin(),
        sources.end(),
        std::size_t{0},
        [](std::size_t sum, AuthoritySource const& source) { return sum + source.certificates; }
    );
}

TrustReport report_trust(TlsConfig const& tls, Clock::UtcTime now) {
    TrustReport report;
    report.sources = authority_places(tls);
    for (auto& source : report.sources) {
        if (source.kind == Kind::file)
            look_into_file(source, report, now);
        else
            look_into_folder(source, now);
    }
    warn_of_authorities(report);
    if (tls.client_certificate) warn_of_client_certificate(report, *tls.client_certificate, now);
    if (tls.crl_file) warn_of_revocation_lists(report, *tls.crl_file, now);
    return report;
}

}  // namespace otp
