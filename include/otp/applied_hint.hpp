#pragma once

#include <optional>
#include <string>

namespace otp {

/// What one vendor made of one hint of a request (`fit_hints`).
///
/// Safe to log: of an IP address only the beginning is shown (`203.0.113.***`, `2001:db8:0:***`), a
/// user agent is scrubbed like a vendor's text, and of the application's reference what looks like
/// a number or an address is masked.
struct AppliedHint {
    /// `locale`, `expires_in`, `reference`, `client.ip_address` or `client.user_agent`.
    std::string name;
    std::string wanted;
    /// What the vendor was asked for; nothing if the hint was left out.
    std::optional<std::string> used;

    friend bool operator==(AppliedHint const&, AppliedHint const&) = default;
};

}  // namespace otp
