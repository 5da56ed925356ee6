#pragma once

#include "wire/exchange.hpp"

namespace otp::mocks {

/// An answer of the inbox that no browser keeps, guesses the type of, shows in a frame or gives to
/// a page of another origin. A header field that it has already stays as it is.
[[nodiscard]] MockResponse secured(MockResponse response);

}  // namespace otp::mocks
