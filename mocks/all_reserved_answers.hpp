#pragma once

#include "script/reserved_answers.hpp"

#include <array>

namespace otp::mocks {

/// Those of the five vendors, in the order of `vendor_names`.
[[nodiscard]] std::array<ReservedAnswers const*, 5> all_reserved_answers();

}  // namespace otp::mocks
