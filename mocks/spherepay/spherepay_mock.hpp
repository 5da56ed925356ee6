#pragma once

#include "vendor/issued_codes.hpp"
#include "vendor/request_subject.hpp"
#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_context.hpp"
#include "wire/exchange.hpp"

#include <string>

namespace otp::mocks {

/// What SpherePay remembers between requests. Every id of the documented form is a customer.
struct SpherePayState {
    /// Whose requests it takes.
    std::string api_key;
    IssuedCodes codes{};

    void forget() { codes.clear(); }
};

/// `POST /v2/customer/{id}/otp-send` and `otp-verify`
/// (https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code and
/// verify-verification-code). A code expires after 10 minutes here; SpherePay documents no number
/// of attempts.
[[nodiscard]] VendorAnswer answer_spherepay(
    MockRequest const& request, SpherePayState& state, VendorContext const& context
);

/// Names the customer, and the code of the body's type.
[[nodiscard]] RequestSubject spherepay_subject(
    MockRequest const& request, SpherePayState const& state
);

}  // namespace otp::mocks
