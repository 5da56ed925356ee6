#pragma once

#include "inbox/vendor_set.hpp"
#include "wire/exchange.hpp"

#include <cstddef>

namespace otp::mocks {

/// `GET /api/messages?vendor=...&to=...` and `DELETE /api/messages`.
[[nodiscard]] MockResponse answer_messages(MockRequest const& request, VendorSet& vendors);

/// `GET /api/messages/latest?vendor=...&to=...&wait=10s`.
[[nodiscard]] MockResponse answer_latest_message(
    MockRequest const& request, VendorSet const& vendors, std::size_t most_waiting
);

}  // namespace otp::mocks
