#pragma once

#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace otp::mocks {

// What Eko demands, and where it says so.
inline constexpr VendorDocument eko_send_document{"https://eps.eko.in/docs/mobile-otp-send"};
inline constexpr VendorDocument eko_verify_document{"https://eps.eko.in/docs/mobile-otp-verify"};
inline constexpr VendorDocument eko_signature_document{
    "https://developers.eko.in/docs/authentication"};
inline constexpr VendorDocument eko_errors_document{"https://eps.eko.in/docs/error-codes"};

/// The envelope that all answers have.
[[nodiscard]] boost::json::object eko_envelope(
    int status, int response_status, int response_type, std::string const& message
);

/// 200 with such an envelope, and `data` that is empty.
[[nodiscard]] Refusal eko_failure(
    int status, int response_status, int response_type, std::string const& message, Explanation why
);

}  // namespace otp::mocks
