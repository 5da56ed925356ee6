#pragma once

#include "http/tls/openssl_pointers.hpp"

#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/seam/clock.hpp>
#include <otp/trust_report.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace otp::http {

/// Certificate authorities and revocation lists, as OpenSSL wants them.
///
/// The process has one for each set of roots: whoever asks for what the files hold now gets the
/// store that others use already, and a file is parsed again only if its content has changed. It
/// lives as long as somebody uses it; of the last few, of which the client that is being made has
/// some in turn, a reference is kept. Thread-safe.
class TrustStore {
public:
    /// Errors: `config_invalid` with the pointer `/tls/ca_file` or `/tls/crl_file`;
    /// `connect_failed` if the process has no descriptor left to read with. Throws
    /// `std::bad_alloc`.
    [[nodiscard]] static Result<std::shared_ptr<TrustStore const>> for_config(TlsConfig const& tls);

    TrustStore(StorePointer store, std::vector<AuthoritySource> places, bool holds_certificates);

    [[nodiscard]] X509_STORE* native() const noexcept { return store_.get(); }
    /// Where its authorities were sought.
    [[nodiscard]] std::vector<AuthoritySource> const& places() const noexcept { return places_; }
    /// False if no certificate at all can be verified. Looks into folders.
    [[nodiscard]] bool has_authorities() const;

    /// When the last of the lists that tell whether `certificate` is revoked goes out of date;
    /// nothing if there is none, it names no date, or revocation is not checked.
    [[nodiscard]] std::optional<Clock::UtcTime> revocation_lists_expire(X509* certificate) const;

private:
    StorePointer store_;
    std::vector<AuthoritySource> places_;
    bool holds_certificates_;
};

}  // namespace otp::http
