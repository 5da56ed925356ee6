#pragma once

#include "vendor/recent_map.hpp"

#include <otp/mocks/mock_time.hpp>

#include <string>

namespace otp::mocks {

/// The access tokens that a vendor handed out, until they expire or are revoked; the newest of
/// many.
class IssuedTokens {
public:
    void add(std::string const& token, MockTime expires_at);
    [[nodiscard]] bool holds(std::string const& token, MockTime now) const;
    void clear() { expiry_by_token_.clear(); }

private:
    RecentMap<MockTime> expiry_by_token_;
};

}  // namespace otp::mocks
