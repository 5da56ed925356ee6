#include "common/hints.hpp"

namespace otp::common {

std::vector<std::string> dropped_hints(SendOtp const& send, HonouredHints honoured) {
    std::vector<std::string> dropped;
    if (send.reference && !honoured.reference) dropped.emplace_back("reference");
    if (send.expires_in && !honoured.expires_in) dropped.emplace_back("expires_in");
    if (send.locale && !honoured.locale) dropped.emplace_back("locale");
    if (send.client.ip_address && !honoured.client) dropped.emplace_back("client.ip_address");
    if (send.client.user_agent && !honoured.client) dropped.emplace_back("client.user_agent");
    return dropped;
}

}  // namespace otp::common
