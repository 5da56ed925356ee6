#pragma once

#include <otp/seam/transport.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace otp::test {

/// Keeps every request until the test says how it ends. Ends none by itself, not even one that is
/// cancelled.
class HeldTransport final : public Transport {
public:
    struct Held {
        Held(HttpRequest made, Clock::TimePoint until, ExchangeHandler on_end)
            : request(std::move(made)), deadline(until), handler(std::move(on_end)) {}
        HttpRequest request;
        Clock::TimePoint deadline;
        /// Nothing when the request has ended.
        std::optional<ExchangeHandler> handler;
        /// How its cancellation was asked for.
        boost::asio::cancellation_type cancelled{boost::asio::cancellation_type::none};
    };

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override {
        if (at_request) at_request();
        auto& held = requests.emplace_back(std::move(request), deadline, std::move(handler));
        auto slot = boost::asio::get_associated_cancellation_slot(*held.handler);
        if (slot.is_connected()) {
            slot.assign([&held](boost::asio::cancellation_type type) { held.cancelled = type; });
        }
    }
    void close() noexcept override { ++closed; }

    [[nodiscard]] bool waits() { return oldest() != requests.end(); }

    /// Ends the oldest request that waits.
    void end(HttpExchange exchange) {
        auto const held = oldest();
        if (held == requests.end()) throw std::logic_error("no request waits");
        auto handler = std::move(*held->handler);
        held->handler.reset();
        boost::asio::get_associated_cancellation_slot(handler).clear();
        std::move(handler)(std::move(exchange));
    }
    void answer(int status, std::string body = {}, HttpHeaders headers = {}) {
        HttpExchange exchange(HttpResponse(status, std::move(headers), std::move(body)));
        exchange.bytes_taken = 100;
        end(std::move(exchange));
    }
    /// It fails in `phase`, after `bytes` of it had left.
    void fail(Error error, ExchangePhase phase, std::uint64_t bytes) {
        HttpExchange exchange(std::move(error));
        exchange.phase = phase;
        exchange.bytes_taken = bytes;
        end(std::move(exchange));
    }

    /// All of them, in their order.
    std::deque<Held> requests;
    /// Is called with each request, before it is kept.
    std::function<void()> at_request;
    int closed{0};

private:
    std::deque<Held>::iterator oldest() {
        return std::find_if(requests.begin(), requests.end(), [](Held const& held) {
            return held.handler.has_value();
        });
    }
};

}  // namespace otp::test
