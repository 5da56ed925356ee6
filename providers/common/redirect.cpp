#include "common/redirect.hpp"

#include "common/text_check.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <cstddef>
#include <string_view>

namespace otp::common {
namespace {

/// The longest name of RFC 1035 2.3.4.
constexpr std::size_t longest_host = 253;

constexpr std::string_view unreadable = "an address that cannot be read";

bool is_web(boost::urls::scheme scheme) noexcept {
    return scheme == boost::urls::scheme::http || scheme == boost::urls::scheme::https;
}

/// Whether the host can be shown as it is: what is percent-encoded in it may be anything.
bool is_plain_host(std::string_view host) noexcept {
    return is_visible_ascii(host) && host.size() <= longest_host && host.find('%') == host.npos;
}

std::string origin_in(std::string_view location) {
    auto const parsed = boost::urls::parse_uri_reference(location);
    if (!parsed || location.empty()) return std::string(unreadable);
    bool const is_elsewhere = parsed->has_authority();
    if (parsed->has_scheme() && (!is_web(parsed->scheme_id()) || !is_elsewhere)) {
        return std::string(unreadable);
    }
    if (!is_elsewhere) return "another path of the same server";
    if (!is_plain_host(parsed->encoded_host())) return std::string(unreadable);
    std::string origin;
    if (parsed->has_scheme()) origin = to_string(parsed->scheme_id());
    if (!origin.empty()) origin += "://";
    origin += parsed->encoded_host();
    if (parsed->has_port()) origin += ':';
    origin += parsed->port();
    return origin;
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
