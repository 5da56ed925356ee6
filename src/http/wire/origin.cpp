#include "http/wire/origin.hpp"

#include <algorithm>

namespace otp::http {

Result<Origin> parse_origin(std::string_view base_url) {
    auto const url = HttpUrl::parse_endpoint(base_url);
    if (!url) {
        return Error(
            ErrorCategory::config_invalid, "base_url cannot be used: it " + url.error().message
        );
    }
    Origin origin;
    origin.secure = url->is_https();
    origin.host = url->host().text();
    origin.lookup_name = url->host().lookup_name();
    origin.port = url->port();
    origin.host_is_address = url->host().is_address();
    origin.base_path = url->base_path();
    origin.authority = url->authority();
    return origin;
}

bool leaves_this_machine(Origin const& origin, NameResolver::Endpoints const& endpoints) {
    return !origin.secure &&
           !std::all_of(endpoints.begin(), endpoints.end(), [](auto const& place) {
               auto const host = Host::parse(place.address().to_string());
               return host && host->is_loopback();
           });
}

}  // namespace otp::http
