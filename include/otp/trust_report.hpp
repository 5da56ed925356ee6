#pragma once

#include <otp/config.hpp>
#include <otp/export.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace OTP_EXPORT otp {

/// A file or folder in which certificate authorities are sought, and what is there.
struct AuthoritySource {
    enum class Kind {
        file,   ///< A PEM bundle, read as a whole.
        folder  ///< Certificates under the hashes of their names, looked up when one is needed.
    };

    AuthoritySource(Kind is, std::filesystem::path where, std::string said_by)
        : kind(is), path(std::move(where)), named_by(std::move(said_by)) {}

    Kind kind;
    std::filesystem::path path;
    /// What names the path: `tls.ca_file`, `SSL_CERT_FILE`, `SSL_CERT_DIR`, or
    /// `default of OpenSSL`.
    std::string named_by;
    /// How many certificates are there; in a folder, how many can be found by their hashes.
    std::size_t certificates{0};
    /// How many of them have expired.
    std::size_t expired{0};
    /// How many of them are not valid yet.
    std::size_t not_yet_valid{0};
    /// Why nothing can be read there: `No such file or directory`. Empty if something could.
    std::string problem;
};

/// What connections of one `TlsConfig` would trust, and what will fail.
struct TrustReport {
    /// In the order in which they are searched.
    std::vector<AuthoritySource> sources;
    /// Whole sentences for an operator: that there are no authorities and where they were sought,
    /// that the client certificate or a revocation list has expired or soon will. A pointer begins
    /// at the `TlsConfig`: `/crl_file`; empty where the environment is meant. Empty if all is well.
    /// Hold no secret.
    std::vector<ConfigWarning> warnings;

    /// Over all sources; a certificate that is in two of them counts twice.
    [[nodiscard]] std::size_t certificates() const noexcept;
};

/// Finds out which certificate authorities would be used for `tls` at `now`, as the HTTP transport
/// does: those of `tls.ca_file`; without one, those of `SSL_CERT_FILE` and `SSL_CERT_DIR`, and of
/// OpenSSL's default file or folder where one of these is not set.
///
/// Reads files, opens no connection. A file that cannot be used is no error here but a `problem` or
/// a warning. Thread safety: may be called from several threads, as long as none changes the
/// environment. Throws `std::bad_alloc`.
[[nodiscard]] TrustReport report_trust(
    TlsConfig const& tls, std::chrono::sys_time<std::chrono::milliseconds> now
);

}  // namespace otp
