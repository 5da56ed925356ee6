#pragma once

#include <otp/mocks/mock_time.hpp>

#include <map>
#include <string>

namespace otp::mocks {

/// The access tokens that a vendor handed out, until they expire or are revoked.
class IssuedTokens {
public:
    void add(std::string token, MockTime expires_at);
    [[nodiscard]] bool holds(std::string const& token, MockTime now) const;
    void clear() { expiry_by_token_.clear(); }

private:
    std::map<std::string, MockTime> expiry_by_token_;
};

}  // namespace otp::mocks
