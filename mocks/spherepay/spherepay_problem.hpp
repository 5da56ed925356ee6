#pragma once

#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <string_view>

namespace otp::mocks {

// What SpherePay demands, and where it says so.
inline constexpr VendorDocument spherepay_send_document{
    "https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code"};
inline constexpr VendorDocument spherepay_verify_document{
    "https://docs.spherepay.co/api-reference/enhanced-due-diligence/verify-verification-code"};
inline constexpr VendorDocument spherepay_credentials_document{
    "https://docs.spherepay.co/get-started/authentication"};

/// `detail` is required, `code` may be empty (https://docs.spherepay.co, ProblemDetailsDto).
[[nodiscard]] Refusal spherepay_problem(
    int status, std::string const& detail, Explanation why, std::string const& code = {}
);

/// 422 with what is wrong with each field.
[[nodiscard]] Refusal spherepay_validation_failed(
    std::string_view correlation_id, boost::json::array errors, Explanation why
);

/// Of answers that are the same each time.
inline constexpr std::string_view spherepay_correlation_id = "28c61e885c6e5eaa78c1a2183a9b883c";

}  // namespace otp::mocks
