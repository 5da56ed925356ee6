#pragma once

#include <otp/vendor_description.hpp>

#include <string>

namespace otp::adapter {

/// All ways to authenticate, in words: `"token", or "username" and "password"`.
[[nodiscard]] std::string credential_ways(VendorDescription const& vendor);

}  // namespace otp::adapter
