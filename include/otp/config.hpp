#pragma once

#include <otp/delivery_config.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/route_config.hpp>
#include <otp/secret.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

/// How a connection is secured. Verification of peer and host cannot be switched off.
struct TlsConfig {
    /// PEM bundle that replaces the system's roots. All certificates in it are trusted, whether
    /// root or not: an intermediate will do.
    std::optional<std::filesystem::path> ca_file;
    /// PEM chain and key for mutual TLS; both or none.
    std::optional<std::filesystem::path> client_certificate;
    std::optional<std::filesystem::path> client_key;
    /// Base64 SHA-256 of the server key's SubjectPublicKeyInfo (RFC 7469 2.4), as a second check.
    std::optional<std::string> pinned_public_key;
    /// PEM certificate revocation lists; when given, a revoked or unlisted issuer is refused.
    std::optional<std::filesystem::path> crl_file;

    friend bool operator==(TlsConfig const&, TlsConfig const&) = default;
};

/// Limits of one instance's HTTP traffic.
struct HttpLimits {
    /// TCP (and proxy) connection, all addresses tried. Above 0.
    std::chrono::milliseconds connect_timeout{3000};
    /// TLS handshake. Above 0.
    std::chrono::milliseconds handshake_timeout{3000};
    /// From the start of the request's writing to the first byte of the response. Above 0.
    std::chrono::milliseconds first_byte_timeout{10000};
    /// One whole attempt: connecting, writing and reading. Above 0.
    std::chrono::milliseconds attempt_timeout{10000};
    /// Idle connections older than this are closed; a server's `Keep-Alive: timeout` minus one
    /// second comes before it.
    std::chrono::milliseconds idle_timeout{4000};
    /// Connections are not used beyond this age, nor TLS sessions this long after their full
    /// handshake, so that DNS and certificates are seen again.
    std::chrono::milliseconds max_connection_age{600000};
    /// Connections open at once to one origin; further requests wait in order. At least 1.
    std::size_t max_connections{64};
    /// Requests under way at once, those that wait for a connection included; a further one is
    /// refused at once with `unavailable` and `not_sent`, so that a slow vendor cannot fill the
    /// memory. At least 1.
    std::size_t max_in_flight{10000};
    /// The status line and all header lines of a response together, the empty one included.
    std::size_t max_header_bytes{16 * 1024};
    std::size_t max_header_fields{100};
    std::size_t max_body_bytes{64 * 1024};

    friend bool operator==(HttpLimits const&, HttpLimits const&) = default;
};

/// An HTTP proxy that is asked to CONNECT (RFC 9110 9.3.6).
struct ProxyConfig {
    /// What `Host::parse` takes.
    std::string host;
    std::uint16_t port{8080};
    /// For `Proxy-Authorization: Basic`; both empty: none.
    std::string username;
    Secret password;
};

/// One configured account at one vendor.
struct InstanceConfig {
    std::string name;
    std::string vendor;
    /// The vendor's own value (`test`, `live`, `sandbox`, `production`); empty if not given.
    std::string environment;
    /// Without a final `/`. Default: what vendor, environment and credentials decide.
    std::optional<std::string> base_url;
    std::map<std::string, Secret, std::less<>> credentials;
    /// Scalars as text: `true`, `5`, `en`.
    std::map<std::string, std::string, std::less<>> options;
    TlsConfig tls;
    HttpLimits limits;
    /// Nothing: `HTTPS_PROXY` and `NO_PROXY` of the environment, unless `ignore_proxy_environment`
    /// (`choose_proxy`).
    std::optional<ProxyConfig> proxy;
    bool ignore_proxy_environment{false};
    DeliveryConfig delivery{};
    /// A folder that each exchange is recorded in, as a file. For `OtpClient::testing`
    /// (`otp::testing::transport_by_configuration`): the client's own transport writes no traffic
    /// to disk, and refuses an instance with either of these. At most one of both.
    std::optional<std::filesystem::path> record{};
    /// A folder of recordings that every request is answered from, without a network.
    std::optional<std::filesystem::path> replay{};
};

/// Something that can be used and is hardly meant so.
struct ConfigWarning {
    /// JSON pointer (RFC 6901) into the configuration; empty: the configuration or the machine.
    std::string pointer;
    std::string message;
    /// Whether requests will fail for it.
    bool prevents_sending{false};
};

/// A checked configuration. Made by `load_config` or `parse_config`; may also be built in code, and
/// is then checked by the client's constructor.
struct ClientConfig {
    /// Time for a whole operation, all attempts and waits. Above 0.
    std::chrono::milliseconds deadline{15000};
    std::vector<InstanceConfig> instances;
    std::vector<RouteConfig> routes;
    /// What reading the configuration found. `otp check` shows them, with more of its own.
    std::vector<ConfigWarning> warnings;

    [[nodiscard]] InstanceConfig const* find_instance(std::string_view name) const noexcept;
    [[nodiscard]] RouteConfig const* find_route(std::string_view name) const noexcept;
};

class VendorRegistry;

/// Where references and overrides of a configuration are looked up.
struct ConfigSources {
    /// Value of an environment variable, for `${env:NAME}` and `OTP_ROUTE_<NAME>`. Empty function:
    /// no environment, and `${env:…}` is an error. Default: the process's environment.
    std::function<std::optional<std::string>(std::string const& name)> environment;
    /// Base of relative paths in `${file:…}` and `tls`. `load_config` takes the file's folder.
    std::filesystem::path base_directory;
    /// Whether `${file:…}` may be read; off for text that is not trusted.
    bool allow_files{true};
    /// Names of all variables that `environment` knows, to find an `OTP_ROUTE_<NAME>` that belongs
    /// to no route. Empty function: none is looked for. Default: empty; `process()` sets it.
    std::function<std::vector<std::string>()> environment_names{};

    [[nodiscard]] static ConfigSources process();
};

/// Reads configuration text: JSON with comments (docs/configuration.md).
///
/// Errors: `config_invalid` with one violation for each mistake in the whole text, each with the
/// JSON pointer of its place and, for an unknown name, the nearest valid one. Instances are checked
/// by their vendor's adapter, too. A variable `OTP_ROUTE_<NAME>` replaces the `use` of its route
/// and takes its rules away, and is a mistake if there is no such route. Where the text is no JSON
/// there is one violation, without a pointer: its message has line and column (from 1, in
/// characters), what is likely to be wrong, and the line in which all values are masked.
[[nodiscard]] Result<ClientConfig> parse_config(
    std::string_view text, VendorRegistry const& vendors, ConfigSources const& sources
);

/// Reads a configuration file with the built-in vendors and the process's environment.
///
/// Throws `ErrorException` with what `parse_config` says, or if the file cannot be read.
[[nodiscard]] ClientConfig load_config(std::filesystem::path const& file);
[[nodiscard]] ClientConfig load_config(
    std::filesystem::path const& file, VendorRegistry const& vendors
);

/// The JSON Schema (draft 7) of the configuration format, as text; also installed as a file.
[[nodiscard]] std::string_view config_schema() noexcept;

}  // namespace otp
