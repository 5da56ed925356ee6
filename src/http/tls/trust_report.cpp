#include "http/tls/authority_places.hpp"
#include "http/tls/certificate_time.hpp"
#include "http/tls/pem_file.hpp"
#include "http/tls/trusted_file.hpp"

#include <otp/seam/clock.hpp>
#include <otp/trust_report.hpp>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <system_error>

namespace otp {
namespace {

using namespace http;
using Kind = AuthoritySource::Kind;

// Long enough to renew a certificate before it is needed.
constexpr auto soon = std::chrono::days(14);

/// Until when a certificate or a list holds, for a warning; empty if there is nothing to warn of.
std::string end_of(Clock::UtcTime end, Clock::UtcTime now) {
    if (end < now) {
        return "has expired at " + in_words(end) + "; this machine's clock says " + in_words(now);
    }
    if (end < now + soon) return "will expire at " + in_words(end);
    return {};
}

/// A file that an instance names; nothing for what the environment or OpenSSL names.
std::string pointer_to(AuthoritySource const& source) {
    return source.named_by == "tls.ca_file" ? "/ca_file" : "";
}

void count(AuthoritySource& source, PemFile const& found, Clock::UtcTime now) {
    source.certificates += found.certificates.size();
    for (auto const& certificate : found.certificates) {
        if (utc_of(X509_get0_notAfter(certificate.get())) < now) ++source.expired;
        if (utc_of(X509_get0_notBefore(certificate.get())) > now) ++source.not_yet_valid;
    }
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
    if (!found.damage.empty()) {
        source.problem = found.damage;
    } else if (found.certificates.empty()) {
        source.problem = missing_in_pem(*bytes, found, "certificate").text;
    }
    if (found.holds_private_key) {
        report.warnings.push_back(
            {pointer_to(source),
             source.path.string() + " (" + source.named_by +
                 ") holds a private key beside the certificates; nothing here needs it: take it "
                 "out."}
        );
    }
}

void look_into_folder(AuthoritySource& source, Clock::UtcTime now) {
    std::error_code error;
    std::filesystem::directory_iterator const entry(source.path, error);
    if (error) {
        source.problem = error.message();
        return;
    }
    for (auto const& name : hashed_names(source.path)) {
        if (auto const bytes = read_trusted_file(source.path / name)) {
            count(source, parse_pem(*bytes), now);
        }
    }
    if (source.certificates == 0) {
        source.problem = "no certificate can be found by its hash (openssl rehash makes the links)";
    }
}

void warn_of_authorities(TrustReport& report, Clock::UtcTime now) {
    auto const sum = [&report](std::size_t AuthoritySource::*count) {
        return std::accumulate(
            report.sources.begin(),
            report.sources.end(),
            std::size_t{0},
            [count](std::size_t total, AuthoritySource const& source) {
                return total + source.*count;
            }
        );
    };
    auto const expired = sum(&AuthoritySource::expired);
    auto const not_yet_valid = sum(&AuthoritySource::not_yet_valid);
    auto const all = report.certificates();
    auto const where = listed_places(report.sources);
    if (all == 0) {
        report.warnings.push_back(
            {"",
             "There are no certificate authorities, so that every TLS handshake will fail; they "
             "were sought in " +
                 where + ": " + no_authorities_advice + ".",
             true}
        );
    } else if (expired + not_yet_valid == all) {
        std::string const who =
            all == 1 ? "The only certificate authority"
                     : "Every one of the " + std::to_string(all) + " certificate authorities";
        auto const state = expired == all         ? "has expired"
                           : not_yet_valid == all ? "is not valid yet"
                                                  : "has expired or is not valid yet";
        report.warnings.push_back(
            {"",
             who + " in " + where + ' ' + state + "; this machine's clock says " + in_words(now) +
                 ".",
             true}
        );
    }
}

/// A slip in a variable goes unnoticed where the other place has some authorities.
void warn_of_variables(TrustReport& report) {
    if (report.certificates() == 0) return;
    for (auto const& source : report.sources) {
        if (source.named_by.starts_with("SSL_CERT_") && source.certificates == 0) {
            report.warnings.push_back(
                {"",
                 source.path.empty()
                     ? source.named_by + " is empty, so that no certificates are read for it."
                     : source.named_by + " names " + source.path.string() +
                           ", where there are no certificates: " + source.problem + "."}
            );
        }
    }
}

void warn_of_client_certificate(
    TrustReport& report, std::filesystem::path const& file, Clock::UtcTime now
) {
    constexpr auto pointer = "/client_certificate";
    auto const unusable = [&](FileFault const& fault) {
        report.warnings.push_back({pointer, file.string() + ' ' + fault.text + '.', true});
    };
    auto const bytes = read_trusted_file(file);
    if (!bytes) return unusable(bytes.error());
    auto const certificates = certificates_in(*bytes);
    if (!certificates) return unusable(certificates.error());
    for (auto const& certificate : *certificates) {
        auto const what = "The client certificate in " + file.string();
        auto const begins = utc_of(X509_get0_notBefore(certificate.get()));
        auto const ends = utc_of(X509_get0_notAfter(certificate.get()));
        if (begins > now) {
            report.warnings.push_back(
                {pointer,
                 what + " is not valid before " + in_words(begins) +
                     "; this machine's clock says " + in_words(now) + ".",
                 true}
            );
        }
        if (auto const words = end_of(ends, now); !words.empty()) {
            report.warnings.push_back({pointer, what + ' ' + words + '.', ends < now});
        }
    }
}

void warn_of_revocation_lists(
    TrustReport& report, std::filesystem::path const& file, Clock::UtcTime now
) {
    constexpr auto pointer = "/crl_file";
    auto const unusable = [&](FileFault const& fault) {
        report.warnings.push_back({pointer, file.string() + ' ' + fault.text + '.', true});
    };
    auto const bytes = read_trusted_file(file);
    if (!bytes) return unusable(bytes.error());
    auto const lists = revocation_lists_in(*bytes);
    if (!lists) return unusable(lists.error());
    auto const ends = [](RevocationListPointer const& list) {
        auto const* const next = X509_CRL_get0_nextUpdate(list.get());
        return next == nullptr ? Clock::UtcTime::max() : utc_of(next);
    };
    // As long as one is in force its authority's certificates are accepted.
    bool const none_is_in_force = std::all_of(lists->begin(), lists->end(), [&](auto const& list) {
        return ends(list) < now;
    });
    for (auto const& list : *lists) {
        if (auto const words = end_of(ends(list), now); !words.empty()) {
            report.warnings.push_back(
                {pointer,
                 "A revocation list in " + file.string() + ' ' + words + '.',
                 none_is_in_force}
            );
        }
    }
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
        if (source.kind == Kind::file) {
            look_into_file(source, report, now);
        } else {
            look_into_folder(source, now);
        }
    }
    warn_of_authorities(report, now);
    warn_of_variables(report);
    if (tls.client_certificate) warn_of_client_certificate(report, *tls.client_certificate, now);
    if (tls.crl_file) warn_of_revocation_lists(report, *tls.crl_file, now);
    return report;
}

}  // namespace otp
