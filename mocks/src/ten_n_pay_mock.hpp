#pragma once

#include "vendor_mock.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>

namespace otp::mocks {

/// `POST /User/phone-number/send-code`, `POST /User/{id}/phone-number/resend-code`,
/// `POST /User/phone-number/verify`, `GET /User/{id}/status` and the token endpoint
/// `POST /connect/token`
/// (https://developers.10npay.com/docs/send-verification-code,
/// https://developers.10npay.com/docs/resend-phone-verification-code-2/,
/// https://developers.10npay.com/docs/verify-the-phone-number,
/// https://developers.10npay.com/bg/docs/check-user-status/,
/// https://developers.10npay.com/docs/client-credentials-grant/). Every id is a user. Only the
/// latest code counts; it lives 10 minutes here, as the documents name no time.
[[nodiscard]] std::unique_ptr<VendorMock> make_ten_n_pay_mock(MockWorld& world);

/// User ids 40001 and up for send, 50001 and up for verify.
[[nodiscard]] Script make_ten_n_pay_script();

/// ASP.NET problem details with a map of texts.
[[nodiscard]] MockResponse ten_n_pay_problem(
    int status, std::string const& title, boost::json::object errors
);

/// 400 with one text that belongs to no field.
[[nodiscard]] MockResponse ten_n_pay_refusal(char const* text);

}  // namespace otp::mocks
