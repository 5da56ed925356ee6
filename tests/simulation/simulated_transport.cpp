#include "simulation/simulated_transport.hpp"

#include "simulation/simulated_exchange.hpp"

#include <algorithm>
#include <utility>

namespace otp::simulation {

SimulatedTransport::SimulatedTransport(
    World& world, SimulatedVendor& vendor, TransportSettings const& settings
)
    : world_(world),
      vendor_(vendor),
      executor_(settings.executor),
      limits_(settings.instance.limits) {}

SimulatedTransport::~SimulatedTransport() {
    close();
}

void SimulatedTransport::async_exchange(
    HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler
) {
    auto const exchange = std::make_shared<SimulatedExchange>(
        world_, vendor_, executor_, std::move(request), std::move(handler)
    );
    if (closed_) return exchange->refuse();
    std::erase_if(exchanges_, [](auto const& known) { return known.expired(); });
    if (exchange->asks_for_a_token() && is_asked_for_a_token()) {
        world_.fail("two requests for a token at once");
    }
    exchanges_.push_back(exchange);
    exchange->begin(deadline, limits_);
}

bool SimulatedTransport::is_asked_for_a_token() const {
    return std::any_of(exchanges_.begin(), exchanges_.end(), [](auto const& known) {
        auto const exchange = known.lock();
        return exchange && exchange->asks_for_a_token() && !exchange->is_over();
    });
}

void SimulatedTransport::close() noexcept {
    closed_ = true;
    for (auto const& known : exchanges_) {
        if (auto const exchange = known.lock()) exchange->cancel();
    }
    exchanges_.clear();
}

}  // namespace otp::simulation
