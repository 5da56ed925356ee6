#pragma once

#include "inbox/mock_state.hpp"
#include "inbox/session_name.hpp"
#include "wire/exchange.hpp"

#include <string_view>

namespace otp::mocks {

/// `GET /api/exchanges?vendor=...&to=...&message=...&q=...&offset=...&limit=...`.
[[nodiscard]] MockResponse answer_exchanges(
    AddressedRequest const& request, MockState const& state
);

/// `GET /api/exchanges/{id}`: with request and answer.
[[nodiscard]] MockResponse answer_exchange(
    AddressedRequest const& request, std::string_view id, MockState const& state
);

/// `POST /api/verdicts` with lines as `JsonLineObserver` writes them.
[[nodiscard]] MockResponse answer_verdicts(AddressedRequest const& request, MockState& state);

}  // namespace otp::mocks
