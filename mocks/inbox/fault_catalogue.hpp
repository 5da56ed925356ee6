#pragma once

#include "script/known_faults.hpp"
#include "vendor/request_subject.hpp"

#include <otp/mocks/mock_fault.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// The fault that lets a request have its own answer, late.
inline constexpr std::string_view delay_fault = "delay";

/// Everything that can be switched on: the known faults, `garbage`, `stall` and `delay`.
[[nodiscard]] std::vector<KnownFault> const& fault_catalogue();

/// What a fault's name means for a request to a vendor; null if it means nothing there.
[[nodiscard]] KnownFault const* fault_for(
    std::string_view name, std::string_view vendor, RequestSubject::Step step
);

/// `send`, `verify`, `token`; nothing for any other text.
[[nodiscard]] std::optional<RequestSubject::Step> read_step(std::string_view name);

/// Throws `std::invalid_argument`, which says what is wrong and names what was probably meant.
void check_fault(MockFault const& fault);

}  // namespace otp::mocks
