#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otp::mocks {

/// The vendors' names: `spherepay`, `loyaltydog`, `10npay`, `eko`, `stytch`. Wherever the vendors
/// have an order, as in `MockOptions::vendor_ports_from`, it is this one.
[[nodiscard]] std::vector<std::string> const& vendor_names();

/// Throws `std::invalid_argument` for any other name; the text says which one is near.
void require_vendor_name(std::string_view name);

}  // namespace otp::mocks
