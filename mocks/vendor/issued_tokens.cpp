#include "vendor/issued_tokens.hpp"

namespace otp::mocks {

void IssuedTokens::add(std::string const& token, MockTime expires_at) {
    expiry_by_token_.insert_or_assign(token, expires_at);
}

bool IssuedTokens::holds(std::string const& token, MockTime now) const {
    auto const found = expiry_by_token_.find(token);
    return found != expiry_by_token_.end() && found->second > now;
}

}  // namespace otp::mocks
