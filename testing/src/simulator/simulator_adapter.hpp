#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/seam/transport.hpp>
#include <otp/vendor_description.hpp>

#include <memory>
#include <string_view>

namespace otp::testing::simulator {

inline constexpr std::string_view vendor_name = "simulator";

/// Keys of an instance's `options`.
inline constexpr std::string_view scenario_option = "scenario";
inline constexpr std::string_view show_codes_option = "show_codes";
inline constexpr std::string_view permission_option = "dangerously_beside_live";

[[nodiscard]] VendorDescription const& simulator_description();

/// An adapter for what `docs/vendors/simulator.md` documents. Errors: `config_invalid`, all
/// violations together, those of the scenario file included.
[[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_simulator_adapter(
    InstanceConfig const& instance
);

}  // namespace otp::testing::simulator
