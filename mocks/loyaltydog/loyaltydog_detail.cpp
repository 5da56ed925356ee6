#include "loyaltydog/loyaltydog_detail.hpp"

#include <boost/json/value.hpp>

#include <utility>

namespace otp::mocks {

Refusal loyaltydog_detail(int status, std::string const& detail, Explanation why) {
    return {json_response(status, {{"detail", detail}}), std::move(why)};
}

Refusal loyaltydog_unauthorized(std::string const& detail, Explanation why) {
    auto refused = loyaltydog_detail(401, detail, std::move(why));
    refused.response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return refused;
}

}  // namespace otp::mocks
