#include "common/redirect.hpp"

#include <otp/http_url.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <string_view>

namespace otp::common {
namespace {

constexpr std::string_view unreadable = "an address that cannot be read";

std::string origin_in(std::string_view location) {
    auto const reference = boost::urls::parse_uri_reference(location);
    if (!reference || location.empty()) return std::string(unreadable);
    bool const names_host = reference->has_authority();
    if (!names_host && reference->has_scheme()) return std::string(unreadable);
    if (!names_host) return "another path of the same server";
    // RFC 3986 4.2: without a scheme, it is the one of the request.
    std::string absolute = reference->has_scheme() ? "" : "https:";
    auto const authority = location.find("//") + 2;
    absolute += location.substr(0, location.find_first_of("/?#", authority));
    auto const url = HttpUrl::parse(absolute);
    if (!url) return std::string(unreadable);
    return reference->has_scheme() ? url->origin() : url->authority();
}

/// For messages.
std::string target_of(HttpResponse const& response, SentTexts const& sent) {
    auto const location = response.headers.find("location");
    if (!location) return "an address that it does not name";
    std::string target = origin_in(*location);
    sent.mask_known(target);
    return target;
}

}  // namespace

std::string redirect_message(HttpResponse const& response, SentTexts const& sent) {
    return "the vendor answered with a redirect to " + target_of(response, sent) +
           ", and redirects are not followed: check base_url, and whether a gateway or a proxy "
           "stands in between";
}

}  // namespace otp::common
