#pragma once

#include "exchange.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {

/// The token of `Authorization: Bearer TOKEN`, one space exactly (RFC 6750 2.1).
[[nodiscard]] std::optional<std::string> bearer_token(MockRequest const& request);

/// User and password of `Authorization: Basic ...` (RFC 7617).
[[nodiscard]] std::optional<std::pair<std::string, std::string>> basic_credentials(
    MockRequest const& request
);

/// Standard base64 with padding (RFC 4648 4).
[[nodiscard]] std::string base64(std::string_view bytes);

/// HMAC-SHA256 (RFC 2104), as bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);

/// The access tokens that a vendor handed out, until they expire or are revoked.
class IssuedTokens {
public:
    void add(std::string token, MockOptions::Time expires_at);
    [[nodiscard]] bool holds(std::string const& token, MockOptions::Time now) const;
    void clear() { expiry_by_token_.clear(); }

private:
    std::map<std::string, MockOptions::Time> expiry_by_token_;
};

}  // namespace otp::mocks
