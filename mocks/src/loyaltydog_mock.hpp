#pragma once

#include "vendor_mock.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace otp::mocks {

/// `POST /v2/giftcards/customers/otp/send`, `.../verify` and `POST /v2/token`
/// (https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp, verifycustomerotp
/// and https://docs.loyalty.dog/api-reference/token/login-for-access-token). Codes live 5 minutes
/// and stand 3 tries; a target gets 5 an hour and 10 a day. Tokens live an hour here.
[[nodiscard]] std::unique_ptr<VendorMock> make_loyaltydog_mock(MockWorld& world);

/// A grant for this user, whatever the password, waits for a second factor.
constexpr std::string_view loyaltydog_mfa_username = "mfa-pending@example.com";

/// Addresses `<name>@error.example.com` and `<name>@verify-error.example.com`.
[[nodiscard]] Script make_loyaltydog_script();

/// FastAPI's `{"detail": "..."}` (https://fastapi.tiangolo.com/tutorial/handling-errors/).
[[nodiscard]] MockResponse loyaltydog_detail(int status, std::string const& detail);

}  // namespace otp::mocks
