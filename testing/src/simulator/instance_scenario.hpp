#pragma once

#include "simulator/scenario.hpp"
#include "simulator/vendor_side.hpp"

#include <otp/config.hpp>
#include <otp/result.hpp>

#include <optional>
#include <string_view>

namespace otp::testing::simulator {

/// That of the file which the instance names, or the built-in one. Errors: `config_invalid`, with
/// violations at `/options/scenario`.
[[nodiscard]] Result<Scenario> scenario_of(InstanceConfig const& instance);

/// Nothing for a text that is no value of the option.
[[nodiscard]] std::optional<ShowCodes> parse_show_codes(std::string_view text);
/// As the instance has it.
[[nodiscard]] ShowCodes show_codes_of(InstanceConfig const& instance);

}  // namespace otp::testing::simulator
