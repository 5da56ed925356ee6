#pragma once

#include "inbox/mock_state.hpp"
#include "inbox/session_name.hpp"
#include "wire/exchange.hpp"

#include <cstddef>

namespace otp::mocks {

/// `GET /api/events?vendor=...&to=...`: what happens from now on, as server-sent events.
[[nodiscard]] MockResponse answer_events(
    AddressedRequest const& request, MockState& state, std::size_t most_waiting
);

}  // namespace otp::mocks
