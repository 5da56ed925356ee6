#pragma once

#include "loyaltydog/loyaltydog_mock.hpp"

#include <optional>

namespace otp::mocks {

/// `POST /v2/token`: OAuth2PasswordRequestForm; the answer is in camel case.
[[nodiscard]] VendorAnswer grant_loyaltydog_token(
    MockRequest const& request, LoyaltyDogState& state, VendorContext const& context
);

/// The refusal of a request whose token is none of LoyaltyDog's; nothing if it is.
[[nodiscard]] std::optional<Refusal> refuse_loyaltydog_token(
    MockRequest const& request, LoyaltyDogState const& state, MockTime now
);

}  // namespace otp::mocks
