#pragma once

#include "wire/exchange.hpp"

#include <string_view>

namespace otp::mocks {

/// `{"error": text}`.
[[nodiscard]] MockResponse problem(int status, std::string_view text);

/// 405 with the methods that are allowed.
[[nodiscard]] MockResponse wrong_method(char const* allowed);

/// 400 for parameters where none belong.
[[nodiscard]] MockResponse no_parameters_here();

[[nodiscard]] bool is_read(MockRequest const& request);

}  // namespace otp::mocks
