#pragma once

#include <string>
#include <string_view>

namespace otp::mocks {

/// A vendor's name as people write it: `10nPay` for `10npay`. Any other name stays as it is.
[[nodiscard]] std::string vendor_title(std::string_view vendor);

}  // namespace otp::mocks
