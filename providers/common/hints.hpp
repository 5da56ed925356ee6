#pragma once

#include <otp/send_otp.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace otp::common {

/// The names of the hints that `send` carries and that are not among `honoured`: `reference`,
/// `expires_in`, `locale`, `client.ip_address`, `client.user_agent`.
[[nodiscard]] std::vector<std::string> dropped_hints(
    SendOtp const& send, std::initializer_list<std::string_view> honoured
);

}  // namespace otp::common
