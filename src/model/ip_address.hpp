#pragma once

#include "model/folded_text.hpp"
#include "model/text_masks.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace otp::model {

/// An IPv6 address in network order, IPv4 as mapped into it (RFC 4291 2.5.5.2).
using IpAddress = std::array<unsigned char, 16>;

/// Nothing if `text` is no address in one of the forms of RFC 4291 2.2 or of four decimal numbers.
[[nodiscard]] std::optional<IpAddress> read_ip_address(std::string_view text);

/// Whether IPv4 is mapped into the address.
[[nodiscard]] bool is_ipv4(IpAddress const& address) noexcept;

/// 127.0.0.0/8 and `::1`.
[[nodiscard]] bool is_loopback(IpAddress const& address) noexcept;

/// Masks the address in whichever form it stands.
void mask_ip_address(FoldedText const& text, IpAddress const& address, TextMasks& masks);

}  // namespace otp::model
