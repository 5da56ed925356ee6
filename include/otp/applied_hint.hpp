#pragma once

#include <otp/export.hpp>

#include <optional>
#include <string>

namespace OTP_EXPORT otp {

/// What one vendor made of one hint of a request (`fit_hints`).
///
/// Safe to log. Of an IP address only the beginning is shown (`203.0.113.***`, `2001:db8:0:***`),
/// and nothing of what may be one but cannot be read. A user agent is scrubbed like a vendor's
/// text, and in the application's reference addresses and numbers of 7 or more digits are masked
/// (not those beside letters, as in hexadecimal ids, and no UUID). The recipient's number, address
/// and ids, and a verify's code and the references of its handle, are masked in all of them.
struct AppliedHint {
    /// `locale`, `expires_in`, `reference`, `client.ip_address` or `client.user_agent`.
    std::string name;
    std::string wanted;
    /// What the vendor was asked for; nothing if the hint was left out.
    std::optional<std::string> used;

    friend bool operator==(AppliedHint const&, AppliedHint const&) = default;
};

}  // namespace otp
