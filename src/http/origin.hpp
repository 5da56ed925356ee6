#pragma once

#include <otp/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace otp::http {

/// Scheme, host and port of a base URL, and the path that every target is appended to.
struct Origin {
    bool secure{true};
    /// Without the brackets of an IPv6 literal.
    std::string host;
    std::uint16_t port{443};
    bool host_is_address{false};
    /// Empty, or `/` and more without a final `/`.
    std::string base_path;
    /// The value of `Host`: brackets as needed, the port only if it is not the scheme's own.
    std::string authority;
};

/// Errors: `config_invalid`. Plain `http` is allowed for loopback only.
[[nodiscard]] Result<Origin> parse_origin(std::string_view base_url);

/// Whether `host` is made of what names and addresses are made of (brackets taken off), and so can
/// neither end a line nor mean another host after decoding.
[[nodiscard]] bool is_plain_host(std::string_view host);

/// What stands between `//` and the path of a URL. Boost.URL 1.81 takes the beginning of
/// `http://127.0.0.1.example.com` for the host 127.0.0.1, so what it found is compared with this.
[[nodiscard]] std::string_view authority_of(std::string_view url);

/// An IPv6 literal of a URL without its brackets; another host as it is.
[[nodiscard]] std::string_view without_brackets(std::string_view host);

/// Whether the host is `localhost` or an address of the loopback range.
[[nodiscard]] bool is_loopback(std::string_view host);

/// A decimal number from 1 to 65535.
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text);

}  // namespace otp::http
