#pragma once

#include "simulator/vendor_side.hpp"

#include <otp/config.hpp>
#include <otp/seam/transport.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace otp::testing {
class ExchangeOperations;
}

namespace otp::testing::simulator {

/// Carries requests to the simulator's other end, in this process and in the time of a clock, with
/// the time limits that an instance has for a connection.
class SimulatorTransport final : public Transport {
public:
    SimulatorTransport(TransportSettings const& settings, VendorSide vendor_side);
    SimulatorTransport(SimulatorTransport const&) = delete;
    SimulatorTransport& operator=(SimulatorTransport const&) = delete;
    ~SimulatorTransport() override;

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override;
    /// There is nothing to open: the way is always open.
    void async_check_connection(ReportHandler handler) override;
    void close() noexcept override;

private:
    boost::asio::any_io_executor executor_;
    std::string base_url_;
    std::shared_ptr<Clock> clock_;
    HttpLimits limits_;
    VendorSide vendor_side_;
    std::unique_ptr<ExchangeOperations> operations_;
};

}  // namespace otp::testing::simulator
