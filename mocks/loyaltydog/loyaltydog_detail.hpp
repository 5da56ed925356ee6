#pragma once

#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"

#include <string>

namespace otp::mocks {

// What LoyaltyDog demands, and where it says so.
inline constexpr VendorDocument loyaltydog_send_document{
    "https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp"};
inline constexpr VendorDocument loyaltydog_verify_document{
    "https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp"};
inline constexpr VendorDocument loyaltydog_grant_document{
    "https://docs.loyalty.dog/api-reference/token/login-for-access-token"};
inline constexpr VendorDocument loyaltydog_overview_document{
    "https://github.com/loyaltydog/docs/blob/main/api-reference/introduction.mdx"};

/// FastAPI's `{"detail": "..."}` (https://fastapi.tiangolo.com/tutorial/handling-errors/).
[[nodiscard]] Refusal loyaltydog_detail(int status, std::string const& detail, Explanation why);

/// The same with 401, and the header field that has to go with it (RFC 9110 11.6.1).
[[nodiscard]] Refusal loyaltydog_unauthorized(std::string const& detail, Explanation why);

}  // namespace otp::mocks
