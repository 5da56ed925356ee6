#pragma once

#include <otp/send_otp.hpp>

#include <string>
#include <vector>

namespace otp::common {

/// Which hints of a request a vendor honours.
struct HonouredHints {
    bool reference{false};
    bool expires_in{false};
    bool locale{false};
    /// IP address and user agent.
    bool client{false};
};

/// The names of the hints that `send` carries and that are not honoured: `reference`, `expires_in`,
/// `locale`, `client.ip_address`, `client.user_agent`.
[[nodiscard]] std::vector<std::string> dropped_hints(SendOtp const& send, HonouredHints honoured);

}  // namespace otp::common
