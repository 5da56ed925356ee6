#include "http/connect/address_order.hpp"

#include <algorithm>

namespace otp::http {

NameResolver::Endpoints order_of_attempts(NameResolver::Endpoints const& found) {
    NameResolver::Endpoints first, second, mixed;
    for (auto const& endpoint : found) {
        (endpoint.protocol() == found.front().protocol() ? first : second).push_back(endpoint);
    }
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size()) mixed.push_back(first[i]);
        if (i < second.size()) mixed.push_back(second[i]);
    }
    mixed.resize(std::min(mixed.size(), max_addresses));
    return mixed;
}

}  // namespace otp::http
