#pragma once

#include "loyaltydog/send_counts.hpp"
#include "vendor/issued_codes.hpp"
#include "vendor/issued_tokens.hpp"
#include "vendor/request_subject.hpp"
#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_context.hpp"
#include "wire/exchange.hpp"

#include <string>

namespace otp::mocks {

/// Who may ask LoyaltyDog, and how it answers them.
struct LoyaltyDogAccount {
    std::string username;
    std::string password;
    /// A token that is accepted without a grant.
    std::string token;
    /// A send is answered with `mockCode`.
    bool development_mode{false};
};

/// What LoyaltyDog remembers between requests.
struct LoyaltyDogState {
    LoyaltyDogAccount account;
    IssuedCodes codes{};
    SendCounts sends{};
    IssuedTokens tokens{};

    void forget() {
        codes.clear();
        sends.clear();
        tokens.clear();
    }
};

/// `POST /v2/giftcards/customers/otp/send`, `.../verify` and `POST /v2/token`
/// (https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp, verifycustomerotp
/// and https://docs.loyalty.dog/api-reference/token/login-for-access-token). A code expires after 5
/// minutes, and the third wrong try locks it; a target gets 5 codes an hour and 10 a day. A token
/// expires after an hour here.
[[nodiscard]] VendorAnswer answer_loyaltydog(
    MockRequest const& request, LoyaltyDogState& state, VendorContext const& context
);

/// Names the target, which is the key of its code, too.
[[nodiscard]] RequestSubject loyaltydog_subject(
    MockRequest const& request, LoyaltyDogState const& state
);

}  // namespace otp::mocks
