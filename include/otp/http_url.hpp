#pragma once

#include <otp/host.hpp>
#include <otp/result.hpp>
#include <otp/secret.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp {

/// An `http` or `https` URL (RFC 9110 4.2) that names a service: scheme, user and password, host,
/// port and path. Every address of a configuration and of the environment is read by it.
class HttpUrl {
public:
    /// Reads an absolute URL. Letters of scheme and host may be large or small. A port is a number
    /// from 1 to 65535, leading zeros allowed, and not empty. A query, a fragment, and segments of
    /// the path that are empty, `.`, `..` or hide a separator are refused; one final `/` is not.
    ///
    /// Errors: `config_invalid`; the message is to follow the name of what was read (`must begin
    /// with https://`) and quotes nothing of it, since it may hold a password.
    [[nodiscard]] static Result<HttpUrl> parse(std::string_view text);

    /// Reads the address of a vendor, as base URLs and token endpoints are: without user and
    /// password, and `https`, or `http` if the host is this machine (`Host::is_loopback`). Errors:
    /// as those of `parse`.
    [[nodiscard]] static Result<HttpUrl> parse_endpoint(std::string_view text);

    [[nodiscard]] bool is_https() const noexcept { return is_https_; }
    [[nodiscard]] Host const& host() const noexcept { return host_; }
    /// The one that is written, or else the scheme's.
    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] std::optional<std::uint16_t> written_port() const noexcept { return port_; }
    /// As it is written; empty or with a `/` at its beginning.
    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    /// What the paths of requests are appended to: the path without a final `/`.
    [[nodiscard]] std::string_view base_path() const noexcept;
    /// The value of `Host` (RFC 9110 7.2): the port only if it is not the scheme's.
    [[nodiscard]] std::string authority() const;
    /// Scheme, host and port, without user and path. It leads to the same place: a final dot of the
    /// host stays.
    [[nodiscard]] std::string origin() const;

    /// Whether a user, a password or just the `@` behind them is written.
    [[nodiscard]] bool has_user_info() const noexcept { return has_user_info_; }
    /// Decoded, without a colon and control characters (RFC 7617 2); empty if none is written.
    [[nodiscard]] std::string const& username() const noexcept { return username_; }
    /// Decoded, without control characters; empty if none is written.
    [[nodiscard]] Secret const& password() const noexcept { return password_; }

private:
    [[nodiscard]] std::string port_suffix() const;

    HttpUrl(bool is_https, Host host) : is_https_(is_https), host_(std::move(host)) {}

    bool is_https_;
    Host host_;
    std::optional<std::uint16_t> port_;
    std::string path_;
    bool has_user_info_{false};
    std::string username_;
    Secret password_;
};

}  // namespace otp
