#pragma once

#include <otp/config.hpp>
#include <otp/trust_report.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace otp::http {

/// The files and folders in which connections of `tls` look for authorities; nothing is opened.
[[nodiscard]] std::vector<AuthoritySource> authority_places(TlsConfig const& tls);

/// The places for a message: `/etc/ssl/cert.pem (SSL_CERT_FILE) and /etc/ssl/certs (default of
/// OpenSSL)`.
[[nodiscard]] std::string listed_places(std::vector<AuthoritySource> const& places);

/// What to do where there are none in any of them.
inline constexpr char no_authorities_advice[] =
    "install those of the system (the package ca-certificates), or name a PEM file in tls.ca_file";

/// The names of the certificates in a folder that OpenSSL would look for there (`2e5ac55d.0`).
/// Empty if there are none or the folder cannot be read.
[[nodiscard]] std::vector<std::string> hashed_names(std::filesystem::path const& folder);

}  // namespace otp::http
