#pragma once

#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace otp::mocks {

// What 10nPay demands, and where it says so.
inline constexpr VendorDocument ten_n_pay_send_document{
    "https://developers.10npay.com/docs/send-verification-code"};
inline constexpr VendorDocument ten_n_pay_resend_document{
    "https://developers.10npay.com/docs/resend-phone-verification-code-2/"};
inline constexpr VendorDocument ten_n_pay_verify_document{
    "https://developers.10npay.com/docs/verify-the-phone-number"};
inline constexpr VendorDocument ten_n_pay_status_document{
    "https://developers.10npay.com/bg/docs/check-user-status/"};
inline constexpr VendorDocument ten_n_pay_grant_document{
    "http://developers.10npay.com/docs/client-credentials-grant/"};

/// ASP.NET problem details with a map of texts.
[[nodiscard]] Refusal ten_n_pay_problem(
    int status, std::string const& title, boost::json::object errors, Explanation why
);

/// 400 with one text that belongs to no field.
[[nodiscard]] Refusal ten_n_pay_refusal(char const* text, Explanation why);

/// 400 with texts for fields.
[[nodiscard]] Refusal ten_n_pay_invalid(boost::json::object errors, Explanation why);

}  // namespace otp::mocks
