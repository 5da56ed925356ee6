#include "simulator/instance_scenario.hpp"
#include "simulator/message_store.hpp"
#include "simulator/simulator_adapter.hpp"
#include "simulator/simulator_transport.hpp"
#include "simulator/vendor_side.hpp"

#include <otp/testing/simulator.hpp>

#include <utility>

namespace otp::testing {

Simulator::Simulator() : store_(std::make_shared<simulator::MessageStore>()) {}

std::vector<SimulatedMessage> Simulator::messages() const {
    return store_->messages();
}

std::optional<SimulatedMessage> Simulator::latest(std::string_view to) const {
    return store_->latest(to);
}

std::optional<SimulatedMessage> Simulator::wait(
    std::string_view to, std::chrono::milliseconds time_limit
) const {
    return store_->wait(to, time_limit);
}

void Simulator::clear() {
    store_->clear();
}

void add_simulator(VendorRegistry& registry, Simulator const& simulator) {
    auto make_transport = [store = simulator.store_](TransportSettings const& settings
                          ) -> Result<std::shared_ptr<Transport>> {
        auto scenario = simulator::scenario_of(settings.instance);
        if (!scenario) return scenario.error();
        simulator::VendorSide vendor_side(
            store,
            std::move(*scenario),
            settings.instance.name,
            simulator::show_codes_of(settings.instance)
        );
        return std::make_shared<simulator::SimulatorTransport>(settings, std::move(vendor_side));
    };
    registry.add(
        simulator::simulator_description(),
        simulator::make_simulator_adapter,
        std::move(make_transport)
    );
}

VendorRegistry registry_with_simulator(Simulator const& simulator) {
    auto registry = VendorRegistry::built_in();
    add_simulator(registry, simulator);
    return registry;
}

}  // namespace otp::testing
