#include "common/hints.hpp"

#include <algorithm>

namespace otp::common {

std::vector<std::string> dropped_hints(
    SendOtp const& send, std::initializer_list<std::string_view> honoured
) {
    std::vector<std::string> dropped;
    auto const check = [&](bool given, std::string_view name) {
        bool const known = std::find(honoured.begin(), honoured.end(), name) != honoured.end();
        if (given && !known) dropped.emplace_back(name);
    };
    check(send.reference.has_value(), "reference");
    check(send.expires_in.has_value(), "expires_in");
    check(send.locale.has_value(), "locale");
    check(send.client.ip_address.has_value(), "client.ip_address");
    check(send.client.user_agent.has_value(), "client.user_agent");
    return dropped;
}

}  // namespace otp::common
