#pragma once

#include <otp/adapter/sent_texts.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace otp::adapter {

/// The IP address in what an application knows of its client: `203.0.113.5:51234`,
/// `[2001:db8::1]:443`, `fe80::1%eth0`, or the first one of a list (`X-Forwarded-For`, where the
/// client stands first). In its canonical form (RFC 5952), IPv4 mapped into IPv6 as IPv4; nothing
/// if no address stands there, or one that means nothing beyond its own network
/// (`is_public_address`).
[[nodiscard]] std::optional<std::string> find_client_address(std::string_view text);

/// `text`, safe to log: of each address in it only the network is shown (`203.0.113.***`,
/// `2001:db8:0:***`), nothing of what may be one but cannot be read, and the rest is scrubbed like
/// a vendor's text; `sent` knows what else is personal.
[[nodiscard]] std::string masked_client_address(std::string_view text, SentTexts const& sent);

}  // namespace otp::adapter
