#pragma once

#include "config/violations.hpp"

#include <otp/vendor_description.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace otp::config {

/// Every name of every way to authenticate, once, in the vendor's order.
[[nodiscard]] std::vector<std::string_view> credential_names(VendorDescription const& vendor);

/// Reports what `given` lacks of the way to authenticate that it is closest to. `pointer` is that
/// of the `credentials` object.
void check_credential_names(
    VendorDescription const& vendor,
    std::set<std::string_view> const& given,
    std::string const& pointer,
    Violations& violations
);

}  // namespace otp::config
