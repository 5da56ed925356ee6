#pragma once

#include "wire/exchange.hpp"

#include <boost/json/array.hpp>

#include <cstddef>
#include <string_view>

namespace otp::mocks {

/// `{"error": text}`.
[[nodiscard]] MockResponse problem(int status, std::string_view text);

/// 405 with the methods that are allowed.
[[nodiscard]] MockResponse wrong_method(char const* allowed);

/// 503: half of the server's threads wait already.
[[nodiscard]] MockResponse too_many_wait();

/// A part of a list, and in `X-Total-Count` how long the whole of it is.
[[nodiscard]] MockResponse list_response(boost::json::array const& part, std::size_t total);

[[nodiscard]] bool is_read(MockRequest const& request);

}  // namespace otp::mocks
