#pragma once

#include "inbox/mock_state.hpp"
#include "inbox/session_name.hpp"
#include "wire/exchange.hpp"

#include <cstddef>
#include <functional>
#include <string_view>

namespace otp::mocks {

/// Whether a path belongs to the JSON API and not to a vendor: `/api` and what is below it. No
/// vendor has such paths.
[[nodiscard]] bool is_control_path(std::string_view path);

/// What the API is about.
struct ControlledMock {
    MockState& state;
    /// So many of its requests wait for messages or read events at once; each takes a thread of the
    /// server.
    std::size_t most_waiting;
    /// Lets go of the answers that are held.
    std::function<void()> release_held;
};

/// The JSON API (docs/inbox-api.md).
[[nodiscard]] MockResponse answer_control(
    AddressedRequest const& request, ControlledMock const& mock
);

/// The answer to a path that is neither the API's nor a vendor's.
[[nodiscard]] MockResponse unknown_path();

}  // namespace otp::mocks
