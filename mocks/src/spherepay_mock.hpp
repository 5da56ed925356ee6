#pragma once

#include "vendor_mock.hpp"

#include <memory>
#include <string>

namespace otp::mocks {

/// `POST /v2/customer/{id}/otp-send` and `otp-verify`
/// (https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code and
/// verify-verification-code). Every id of the documented form is a customer. A code lives 10
/// minutes here; SpherePay documents no number of attempts.
[[nodiscard]] std::unique_ptr<VendorMock> make_spherepay_mock(MockWorld& world);

/// Ids `customer_error_<name>` and `customer_verify_error_<name>`.
[[nodiscard]] Script make_spherepay_script();

/// `detail` is required, `code` may be empty (https://docs.spherepay.co, ProblemDetailsDto).
[[nodiscard]] MockResponse spherepay_problem(
    int status, std::string const& detail, std::string const& code = {}
);

}  // namespace otp::mocks
