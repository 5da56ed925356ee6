#pragma once

#include "inbox/mock_state.hpp"
#include "inbox/session_name.hpp"
#include "wire/exchange.hpp"

namespace otp::mocks {

/// `GET /api/clock`, `PUT /api/clock` with `{"set": "2026-03-09T20:46:31Z"}` or
/// `{"advance": "10m"}`, and `DELETE /api/clock`, which takes both back. Of the session's clock.
[[nodiscard]] MockResponse answer_clock(AddressedRequest const& request, MockState& state);

}  // namespace otp::mocks
