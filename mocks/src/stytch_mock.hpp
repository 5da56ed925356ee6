#pragma once

#include "vendor_mock.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace otp::mocks {

/// `POST /v1/otps/{sms,whatsapp,email}/{send,login_or_create}` and `POST /v1/otps/authenticate`
/// (https://stytch.com/docs/api/send-otp-by-sms, https://stytch.com/docs/api/authenticate-otp).
///
/// `send` needs a known user: one that `login_or_create` made, a `user_id` or session in the
/// request, or one of the documents' example recipients. The sandbox values
/// (https://stytch.com/docs/guides/testing/sandbox-values) always take the code 000000.
[[nodiscard]] std::unique_ptr<VendorMock> make_stytch_mock(MockWorld& world);

/// Addresses `<error_type>@error.example.com` and `<error_type>@verify-error.example.com`; numbers
/// +12025550100 and up for send, +12025550170 and up for authenticate.
[[nodiscard]] Script make_stytch_script();

/// The documented error object with the HTTP status of `error_type`; 400 for an unknown one.
[[nodiscard]] MockResponse stytch_error(std::string_view error_type);

}  // namespace otp::mocks
