#pragma once

#include <otp/seam/transport.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {

/// Notes what it is made with and asked for, and keeps every request until the test ends it, it is
/// cancelled, or the transport is closed. Takes requests after that, too.
class WatchedTransport final : public Transport {
public:
    explicit WatchedTransport(TransportSettings const& settings)
        : executor(settings.executor),
          base_url(settings.base_url),
          way(settings.instance.proxy ? settings.instance.proxy->host + ':' +
                                            std::to_string(settings.instance.proxy->port)
                                      : "directly"),
          instance(settings.instance.name) {}

    void async_exchange(HttpRequest request, Clock::TimePoint, ExchangeHandler handler) override {
        auto const number = held_.size();
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        targets.emplace_back(request.target());
        held_.push_back(std::move(handler));
        if (slot.is_connected()) {
            slot.assign([this, number](boost::asio::cancellation_type) {
                ++cancellations;
                end(number, cut());
            });
        }
        if (after_request) after_request();
    }
    void async_check_connection(ReportHandler handler) override {
        ++checks;
        std::move(handler)(ConnectionReport());
    }
    void warm_up(std::size_t count) override { warm_ups.push_back(count); }
    [[nodiscard]] std::optional<ConnectionCounts> connections() const noexcept override {
        return counts;
    }
    void close() noexcept override {
        closed = true;
        for (std::size_t number = 0; number < held_.size(); ++number) end(number, cut());
    }

    /// Ends a request, from the executor.
    void end(std::size_t number, HttpExchange exchange) {
        auto handler = std::exchange(held_.at(number), nullptr);
        if (!handler) return;
        boost::asio::post(
            executor,
            [handler = std::move(handler), exchange = std::move(exchange)]() mutable {
                std::move(handler)(std::move(exchange));
            }
        );
    }
    void answer(std::size_t number, int status, std::string body) {
        end(number, HttpExchange(HttpResponse(status, {}, std::move(body))));
    }

    boost::asio::any_io_executor executor;
    std::string base_url;
    /// The proxy's host and port, or `directly`.
    std::string way;
    std::string instance;
    std::vector<std::string> targets;
    std::vector<std::size_t> warm_ups;
    /// What it tells of its connections.
    std::optional<ConnectionCounts> counts;
    int checks{0};
    int cancellations{0};
    bool closed{false};
    /// Is called with each request, after it is kept.
    std::function<void()> after_request;

private:
    static HttpExchange cut() {
        HttpExchange exchange{Result<HttpResponse>(Error(ErrorCategory::cancelled))};
        exchange.bytes_taken = 1;
        exchange.phase = ExchangePhase::waiting;
        return exchange;
    }

    std::vector<ExchangeHandler> held_;
};

}  // namespace otp::test
