#pragma once

#include "wire/exchange.hpp"

#include <string>

namespace otp::mocks {

/// FastAPI's `{"detail": "..."}` (https://fastapi.tiangolo.com/tutorial/handling-errors/).
[[nodiscard]] MockResponse loyaltydog_detail(int status, std::string const& detail);

/// The same with 401, and the header field that has to go with it (RFC 9110 11.6.1).
[[nodiscard]] MockResponse loyaltydog_unauthorized(std::string const& detail);

}  // namespace otp::mocks
