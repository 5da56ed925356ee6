#include "delivery/exchange.hpp"

#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace otp::delivery {

boost::asio::awaitable<HttpExchange> exchange(
    Transport& transport, HttpRequest request, Clock::TimePoint deadline
) {
    auto start = [&transport, deadline](auto handler, HttpRequest moved) {
        transport.async_exchange(
            std::move(moved), deadline, Transport::ExchangeHandler(std::move(handler))
        );
    };
    return boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void(HttpExchange)>(
        std::move(start), boost::asio::use_awaitable, std::move(request)
    );
}

}  // namespace otp::delivery
