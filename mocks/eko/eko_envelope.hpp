#pragma once

#include "wire/exchange.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace otp::mocks {

/// The envelope that all answers have.
[[nodiscard]] boost::json::object eko_envelope(
    int status, int response_status, int response_type, std::string const& message
);

/// 200 with such an envelope, and `data` that is empty.
[[nodiscard]] MockResponse eko_failure(
    int status, int response_status, int response_type, std::string const& message
);

}  // namespace otp::mocks
