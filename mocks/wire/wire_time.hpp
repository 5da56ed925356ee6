#pragma once

#include <otp/mocks/mock_time.hpp>

#include <string>

namespace otp::mocks {

/// `2026-03-09T20:46:31.305Z`, ISO 8601 in UTC.
[[nodiscard]] std::string iso8601(MockTime time);

/// `Fri May 22 16:04:04 IST 2026`: Java's `Date.toString` in India Standard Time, as Eko's
/// `otp_expiry_timestamp` (https://eps.eko.in/docs/mobile-otp-send).
[[nodiscard]] std::string java_date_in_india(MockTime time);

/// The header field Date (RFC 9110 5.6.7): `Mon, 09 Mar 2026 20:46:31 GMT`.
[[nodiscard]] std::string http_date(MockTime time);

}  // namespace otp::mocks
