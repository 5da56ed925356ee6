#pragma once

#include <optional>
#include <string>

namespace otp {

/// What one vendor made of one hint of a request: a wish that is honoured as nearly as the vendor
/// can, and is never a reason to fail.
///
/// Safe to log: the host part of an IP address, and what looks like a number, an address or a code
/// in a text, are masked.
struct AppliedHint {
    /// `locale`, `expires_in`, `reference`, `client.ip_address` or `client.user_agent`.
    std::string name;
    std::string wanted;
    /// What the vendor was asked for; nothing if the hint was left out.
    std::optional<std::string> used;

    friend bool operator==(AppliedHint const&, AppliedHint const&) = default;
};

}  // namespace otp
