#pragma once

#include "inbox/mock_state.hpp"
#include "inbox/session_name.hpp"
#include "wire/exchange.hpp"

#include <cstddef>
#include <string_view>

namespace otp::mocks {

/// `GET /api/messages?vendor=...&to=...&state=...&q=...&offset=...&limit=...` and
/// `DELETE /api/messages`.
[[nodiscard]] MockResponse answer_messages(AddressedRequest const& request, MockState& state);

/// `GET /api/messages/latest?vendor=...&to=...&wait=10s`.
[[nodiscard]] MockResponse answer_latest_message(
    AddressedRequest const& request, MockState const& state, std::size_t most_waiting
);

/// `GET /api/messages/{id}`: the message with its exchanges.
[[nodiscard]] MockResponse answer_message(
    AddressedRequest const& request, std::string_view id, MockState const& state
);

}  // namespace otp::mocks
