#pragma once

#include "inbox/exchange_log.hpp"
#include "vendor/vendor_answer.hpp"
#include "wire/exchange.hpp"

#include <otp/mocks/mock_exchange.hpp>

#include <string_view>

namespace otp::mocks {

/// What the log keeps of a request to a vendor, its secrets masked.
[[nodiscard]] MockExchange recorded_request(std::string_view vendor, MockRequest const& request);

/// Adds what it keeps of the answer; nothing about how that leaves.
void record_answer(MockExchange& exchange, VendorAnswer const& answer);

/// How an answer with this way of transfer leaves, once it does.
[[nodiscard]] Departure departure_of(MockResponse const& response);

}  // namespace otp::mocks
