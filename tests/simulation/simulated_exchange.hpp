#pragma once

#include "simulation/simulated_vendor.hpp"

#include <otp/config.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace otp::simulation {

/// One request on its way to a simulated vendor and back.
class SimulatedExchange final : public std::enable_shared_from_this<SimulatedExchange> {
public:
    SimulatedExchange(
        World& world,
        SimulatedVendor& vendor,
        boost::asio::any_io_executor executor,
        HttpRequest request,
        Transport::ExchangeHandler handler
    );
    SimulatedExchange(SimulatedExchange const&) = delete;
    SimulatedExchange& operator=(SimulatedExchange const&) = delete;
    ~SimulatedExchange();

    void begin(Clock::TimePoint deadline, HttpLimits const& limits);
    /// The client is no longer interested; the vendor may be.
    void cancel();
    /// As `cancel`, before anything was begun.
    void refuse();

    [[nodiscard]] bool asks_for_a_token() const noexcept { return operation_ == 0; }
    [[nodiscard]] bool is_over() const noexcept { return decided_; }

private:
    void listen();
    [[nodiscard]] OperationRecord* operation() noexcept;
    [[nodiscard]] ExchangeRecord* record() noexcept;

    void set_limit(Clock::TimePoint limit);
    void on_limit(Clock::TimePoint limit);
    void open();
    void fail_opening(ErrorCategory category, ExchangePhase phase);
    void write();
    void arrive();
    void come_back(SimulatedAnswer answer);
    void deliver(SimulatedAnswer answer);
    void cut_answer(SimulatedAnswer answer);

    void fail(ErrorCategory category, char const* message);
    void complete(HttpExchange exchange);

    World& world_;
    SimulatedVendor& vendor_;
    boost::asio::any_io_executor executor_;
    HttpRequest request_;
    std::optional<Transport::ExchangeHandler> handler_;
    std::uint64_t operation_;
    std::size_t index_{0};
    Fate fate_;
    std::uint64_t size_;
    std::uint64_t bytes_taken_{0};
    ExchangePhase phase_{ExchangePhase::queued};
    bool decided_{false};
    Clock::TimePoint begun_{};
    Clock::TimePoint deadline_{};
    HttpLimits limits_;
    Clock::TimePoint limit_{};
};

}  // namespace otp::simulation
