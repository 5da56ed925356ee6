#pragma once

#include "simulation/dice.hpp"

#include <otp/config.hpp>
#include <otp/send_otp.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otp::simulation {

/// A configured instance, as chance made it.
struct PlannedInstance {
    std::string name;
    std::string vendor;
    DeliveryConfig delivery{};
    HttpLimits limits{};
};

/// A client's configuration, as chance made it. It can be made from it as often as is needed, also
/// with changes: a `ClientConfig` cannot be copied, as it holds secrets.
struct Scenario {
    std::vector<PlannedInstance> instances;
    RouteConfig route;

    [[nodiscard]] ClientConfig config() const;
    [[nodiscard]] PlannedInstance const* find(std::string_view name) const noexcept;
    /// Of one operation on the route, as the documents have it.
    [[nodiscard]] std::size_t most_attempts() const noexcept { return route.max_attempts; }
};

inline constexpr std::string_view route_name = "login";

[[nodiscard]] Scenario make_scenario(Dice& dice);

/// A recipient that all vendors know, for the operation of that number and nobody else.
[[nodiscard]] SendOtp make_request(Dice& dice, std::uint64_t operation);

}  // namespace otp::simulation
