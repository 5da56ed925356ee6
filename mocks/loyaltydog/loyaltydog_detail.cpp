#include "loyaltydog/loyaltydog_detail.hpp"

#include <boost/json/value.hpp>

namespace otp::mocks {

MockResponse loyaltydog_detail(int status, std::string const& detail) {
    return json_response(status, {{"detail", detail}});
}

MockResponse loyaltydog_unauthorized(std::string const& detail) {
    auto refused = loyaltydog_detail(401, detail);
    refused.headers.emplace_back("WWW-Authenticate", "Bearer");
    return refused;
}

}  // namespace otp::mocks
