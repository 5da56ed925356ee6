#pragma once

#include "inbox/vendor_set.hpp"
#include "wire/exchange.hpp"

namespace otp::mocks {

/// `GET /api/clock`, `PUT /api/clock` with `{"set": "2026-03-09T20:46:31Z"}` or
/// `{"advance": "10m"}`, and `DELETE /api/clock`, which takes both back.
[[nodiscard]] MockResponse answer_clock(MockRequest const& request, VendorSet& vendors);

}  // namespace otp::mocks
