#include "adapter/redirect.hpp"

#include <otp/adapter/text_check.hpp>
#include <otp/http_url.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace otp::adapter {
namespace {

constexpr std::string_view unreadable = "an address that cannot be read";

/// Where the authority of a reference to the web begins (RFC 3986 4.2); nothing if it names none.
std::optional<std::size_t> find_authority(std::string_view location) {
    for (std::string_view const start : {"//", "http://", "https://"}) {
        if (equal_ignoring_case(location.substr(0, start.size()), start)) return start.size();
    }
    return std::nullopt;
}

std::string origin_in(std::string_view location) {
    auto const authority = find_authority(location);
    if (!authority) {
        auto const reference = boost::urls::parse_uri_reference(location);
        bool const is_path = reference && !reference->has_scheme() && !location.empty();
        return is_path ? "another path of the same server" : std::string(unreadable);
    }
    bool const has_scheme = !location.starts_with('/');
    std::string absolute = has_scheme ? "" : "https:";
    absolute += location.substr(0, location.find_first_of("/?#", *authority));
    auto const url = HttpUrl::parse(absolute);
    if (!url) return std::string(unreadable);
    return has_scheme ? url->origin() : url->authority();
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

}  // namespace otp::adapter
