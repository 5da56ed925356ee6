#pragma once

#include "wire/exchange.hpp"

#include <otp/mocks/mock_exchange.hpp>

namespace otp::mocks {

/// What the inbox keeps of a request: its secrets masked, all of it valid UTF-8, and at most 64 KiB
/// of the body.
[[nodiscard]] MockHalf masked_half(MockRequest const& request);

/// The same of an answer, with its content type among the headers.
[[nodiscard]] MockHalf masked_half(MockResponse const& response);

}  // namespace otp::mocks
