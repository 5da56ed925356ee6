#pragma once

#include <otp/seam/clock.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace otp::testing {

/// One `async_exchange` in flight: completes its handler exactly once, always by way of the
/// executor, and obeys the handler's cancellation slot. Used from one thread or strand at a time.
class ExchangeOperation : public std::enable_shared_from_this<ExchangeOperation> {
public:
    ExchangeOperation(boost::asio::any_io_executor executor, Transport::ExchangeHandler handler);

    /// Connects the cancellation slot. To be called once the object is owned by a `shared_ptr`.
    void listen();

    [[nodiscard]] bool decided() const noexcept { return decided_; }
    /// The first call decides; later ones do nothing.
    void complete(HttpExchange exchange);
    /// Completes with `cancelled`, the bytes taken so far and the phase.
    void cancel();

    /// What `cancel` reports.
    std::uint64_t bytes_taken{0};
    ExchangePhase phase{ExchangePhase::queued};
    /// Waits for an answer's time or the deadline; dropped on completion.
    std::unique_ptr<ClockTimer> timer;

private:
    void deliver(HttpExchange exchange);

    boost::asio::any_io_executor executor_;
    std::optional<Transport::ExchangeHandler> handler_;
    bool decided_{false};
};

/// The operations of one transport that have not completed.
class ExchangeOperations {
public:
    /// Starts one; after `close` it is cancelled at once.
    [[nodiscard]] std::shared_ptr<ExchangeOperation> start(
        boost::asio::any_io_executor const& executor, Transport::ExchangeHandler handler
    );
    void close();

private:
    std::vector<std::weak_ptr<ExchangeOperation>> operations_;
    bool closed_{false};
};

/// Bytes that a request takes on the wire, roughly: never 0.
[[nodiscard]] std::uint64_t wire_size(HttpRequest const& request) noexcept;

}  // namespace otp::testing
