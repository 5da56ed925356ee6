#pragma once

#include <otp/transport.hpp>

#include <boost/asio/awaitable.hpp>

namespace otp::delivery {

/// `Transport::async_exchange` for a coroutine.
[[nodiscard]] boost::asio::awaitable<HttpExchange> exchange(
    Transport& transport, HttpRequest request, Clock::TimePoint deadline
);

}  // namespace otp::delivery
