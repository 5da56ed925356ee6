#pragma once

#include <string>
#include <string_view>

namespace otp::mocks {

[[nodiscard]] bool is_vendor_name(std::string_view name);

/// What to say of a name that is no vendor's: `no such vendor; did you mean stytch? There are
/// spherepay, loyaltydog, ...`. The name itself is not repeated.
[[nodiscard]] std::string no_such_vendor(std::string_view name);

}  // namespace otp::mocks
