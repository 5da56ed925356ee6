#pragma once

#include <otp/vendor_registry.hpp>

namespace otp::cli {

/// The vendors that the program knows: those that come with the SDK, and the simulator, whose
/// messages last as long as the process.
[[nodiscard]] VendorRegistry const& program_vendors();

}  // namespace otp::cli
