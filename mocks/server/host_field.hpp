#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

/// What a header field Host names (RFC 9110 7.2), or the part of an Origin that is after `://`.
struct HostField {
    /// In lower case; a numeric IPv6 address without its brackets.
    std::string name;
    std::uint16_t port{0};

    bool operator==(HostField const&) const = default;
};

/// Nothing for what is not a name or an address with or without a port: user information, a path,
/// an empty name or port, a port of 0 or above 65535.
[[nodiscard]] std::optional<HostField> parse_host_field(
    std::string_view text, std::uint16_t default_port
);

/// Whether a host is this machine to everybody who calls it so: `localhost`, an address of
/// 127.0.0.0/8 in four parts, or ::1. Other names may be looked up, and so lead anywhere. A name
/// with a dot at its end is one of them.
[[nodiscard]] bool is_loopback(std::string const& host);

}  // namespace otp::mocks
