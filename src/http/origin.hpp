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

/// Whether the host is `localhost` or an address of the loopback range.
[[nodiscard]] bool is_loopback(std::string_view host);

/// A decimal number from 1 to 65535.
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text);

}  // namespace otp::http
