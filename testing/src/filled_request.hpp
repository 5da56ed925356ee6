#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/result.hpp>
#include <otp/testing/recording.hpp>
#include <otp/vendor_description.hpp>

namespace otp::testing {

/// The recorded request, with what the recording does not keep, and whatever stands at a sensitive
/// place, as `example` has it, which is a request of the vendor's adapter. Errors: `unsupported`,
/// with what of it cannot be filled; also if it is a request of another kind.
[[nodiscard]] Result<HttpRequest> fill_request(
    Recording const& recording, HttpRequest const& example, SensitivePlaces const& places
);

}  // namespace otp::testing
