#pragma once

#include "vendor/issued_codes.hpp"
#include "vendor/issued_tokens.hpp"
#include "vendor/recent_map.hpp"
#include "vendor/request_subject.hpp"
#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_context.hpp"
#include "wire/exchange.hpp"

#include <string>

namespace otp::mocks {

/// Who may ask 10nPay.
struct TenNPayAccount {
    std::string client_id;
    std::string client_secret;
    /// A token that is accepted without a grant.
    std::string access_token;
};

/// What 10nPay remembers between requests. Every id is a user.
struct TenNPayState {
    TenNPayAccount account;
    IssuedCodes codes{};
    IssuedTokens tokens{};
    /// The phone number that each user's last code was sent to.
    RecentMap<std::string> phone_by_user{};
    /// Verified numbers: "The server enforces uniqueness".
    RecentMap<std::string> owner_by_phone{};

    void forget() {
        codes.clear();
        tokens.clear();
        phone_by_user.clear();
        owner_by_phone.clear();
    }
};

/// `POST /User/phone-number/send-code`, `POST /User/{id}/phone-number/resend-code`,
/// `POST /User/phone-number/verify`, `GET /User/{id}/status` and the token endpoint
/// `POST /connect/token`
/// (https://developers.10npay.com/docs/send-verification-code,
/// https://developers.10npay.com/docs/resend-phone-verification-code-2/,
/// https://developers.10npay.com/docs/verify-the-phone-number,
/// https://developers.10npay.com/bg/docs/check-user-status/,
/// https://developers.10npay.com/docs/client-credentials-grant/). Only the latest code counts; it
/// expires after 10 minutes here, as the documents name no time.
[[nodiscard]] VendorAnswer answer_ten_n_pay(
    MockRequest const& request, TenNPayState& state, VendorContext const& context
);

/// Names the user as key, and the phone number as recipient: of a send, or the one that the user's
/// last code went to.
[[nodiscard]] RequestSubject ten_n_pay_subject(
    MockRequest const& request, TenNPayState const& state
);

}  // namespace otp::mocks
