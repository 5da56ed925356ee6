#pragma once

#include "wire/exchange.hpp"

#include <optional>
#include <string>
#include <utility>

namespace otp::mocks {

/// The token of `Authorization: Bearer TOKEN`, one space exactly (RFC 6750 2.1).
[[nodiscard]] std::optional<std::string> bearer_token(MockRequest const& request);

/// User and password of `Authorization: Basic ...` (RFC 7617).
[[nodiscard]] std::optional<std::pair<std::string, std::string>> basic_credentials(
    MockRequest const& request
);

}  // namespace otp::mocks
