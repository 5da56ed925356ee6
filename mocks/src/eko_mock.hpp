#pragma once

#include "vendor_mock.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>

namespace otp::mocks {

/// `POST /tools/kyc/mobile/otp` and `PUT /tools/kyc/mobile/otp/verify`
/// (https://eps.eko.in/docs/mobile-otp-send, https://eps.eko.in/docs/mobile-otp-verify), signed as
/// in https://developers.eko.in/docs/authentication. Signatures may be 5 minutes off; codes have 4
/// digits and live 10 minutes here, as the documents name neither number.
[[nodiscard]] std::unique_ptr<VendorMock> make_eko_mock(MockWorld& world);

/// Numbers `+919000` and, for send and verify in turn: `0`/`1` a `status`, `2`/`3` an HTTP status,
/// `4`/`5` other trouble, `6`/`7` another shape of an answer; then five digits.
[[nodiscard]] Script make_eko_script();

/// Numbers whose send is answered in an unusual but successful shape.
[[nodiscard]] bool eko_answers_numbers_as_text(std::string const& phone);
[[nodiscard]] bool eko_answers_reference(std::string const& phone);
[[nodiscard]] bool eko_answers_minus_one(std::string const& phone);

/// The envelope that all answers have.
[[nodiscard]] boost::json::object eko_envelope(
    int status, int response_status, int response_type, std::string const& message
);

}  // namespace otp::mocks
