#pragma once

#include <span>

namespace otp::model {

/// Whether the address, in network order, means the same host everywhere. Private, shared,
/// link-local, loopback, unspecified and multicast addresses do not (the special-purpose address
/// registries of IANA, RFC 6890); those of documentation, which examples and tests have, count as
/// if they did.
[[nodiscard]] bool is_public_address(std::span<unsigned char const, 4> ipv4) noexcept;
[[nodiscard]] bool is_public_address(std::span<unsigned char const, 16> ipv6) noexcept;

}  // namespace otp::model
