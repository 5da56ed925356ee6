#pragma once

#include "inbox/mock_state.hpp"
#include "inbox/session_name.hpp"
#include "wire/exchange.hpp"

#include <string_view>

namespace otp::mocks {

/// `GET /api/faults`, `DELETE /api/faults`, and `POST /api/faults` with
/// `{"fault": "html_502", "vendor": "stytch", "count": 3}`.
[[nodiscard]] MockResponse answer_faults(AddressedRequest const& request, MockState& state);

/// `GET /api/faults/known?vendor=...`: what can be switched on.
[[nodiscard]] MockResponse answer_known_faults(AddressedRequest const& request);

/// `DELETE /api/faults/{id}`.
[[nodiscard]] MockResponse answer_fault(
    AddressedRequest const& request, std::string_view id, MockState& state
);

}  // namespace otp::mocks
