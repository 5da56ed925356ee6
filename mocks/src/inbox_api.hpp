#pragma once

#include "exchange.hpp"
#include "inbox.hpp"

#include <functional>

namespace otp::mocks {

/// `GET /api/messages?vendor=...&to=...` and `DELETE /api/messages`, which calls `clear`.
[[nodiscard]] MockResponse answer_messages(
    MockRequest const& request, Inbox const& inbox, std::function<void()> const& clear
);

/// `DELETE /api/tokens`, which calls `revoke`.
[[nodiscard]] MockResponse answer_tokens(
    MockRequest const& request, std::function<void()> const& revoke
);

[[nodiscard]] MockResponse unknown_path();

}  // namespace otp::mocks
