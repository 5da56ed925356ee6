#pragma once

#include "simulation/simulated_vendor.hpp"

#include <otp/seam/transport.hpp>

#include <memory>
#include <vector>

namespace otp::simulation {

class SimulatedExchange;

/// The way to one simulated vendor. Keeps the transport's contract, with whatever chance brings: a
/// request takes its time, is cut, stalls or is lost, and the vendor may carry it out although
/// nobody waits for the answer any more.
class SimulatedTransport final : public Transport {
public:
    /// `world` and `vendor` outlive all that was begun here.
    SimulatedTransport(World& world, SimulatedVendor& vendor, TransportSettings const& settings);
    SimulatedTransport(SimulatedTransport const&) = delete;
    SimulatedTransport& operator=(SimulatedTransport const&) = delete;
    ~SimulatedTransport() override;

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override;
    void close() noexcept override;

private:
    [[nodiscard]] bool is_asked_for_a_token() const;

    World& world_;
    SimulatedVendor& vendor_;
    boost::asio::any_io_executor executor_;
    HttpLimits limits_;
    bool closed_{false};
    std::vector<std::weak_ptr<SimulatedExchange>> exchanges_;
};

}  // namespace otp::simulation
