#pragma once

#include "10npay/ten_n_pay_mock.hpp"

namespace otp::mocks {

/// `POST /connect/token`: client credentials, in the body or as Basic (RFC 6749 2.3.1 and 4.4).
[[nodiscard]] VendorAnswer grant_ten_n_pay_token(
    MockRequest const& request, TenNPayState& state, VendorContext const& context
);

}  // namespace otp::mocks
