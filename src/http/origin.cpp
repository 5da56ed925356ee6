#include "http/origin.hpp"

#include "http/character_set.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/scheme.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>

namespace otp::http {
namespace {

Error unusable(std::string_view reason) {
    return Error(ErrorCategory::config_invalid, "base_url cannot be used: " + std::string(reason));
}

}  // namespace

bool is_plain_host(std::string_view host) {
    static constexpr CharacterSet allowed = alphanumerics_and("-._:");
    return !host.empty() && consists_of(host, allowed);
}

bool is_loopback(std::string_view host) {
    if (boost::beast::iequals(host, "localhost")) return true;
    boost::system::error_code not_an_address;
    auto const address = boost::asio::ip::make_address(host, not_an_address);
    return !not_an_address && address.is_loopback();
}

std::string_view authority_of(std::string_view url) {
    auto const after_scheme = url.substr(std::min(url.find("//") + 2, url.size()));
    return after_scheme.substr(0, after_scheme.find_first_of("/?#"));
}

std::string_view without_brackets(std::string_view host) {
    bool const bracketed = host.size() > 2 && host.front() == '[';
    return bracketed ? host.substr(1, host.size() - 2) : host;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    // Boost.URL 1.81 wraps numbers beyond 65535 around.
    std::uint16_t port{};
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (ec != std::errc{} || end != text.data() + text.size() || port == 0) return {};
    return port;
}

Result<Origin> parse_origin(std::string_view base_url) {
    auto const parsed = boost::urls::parse_uri(base_url);
    if (!parsed) return unusable("it is not a URL");
    boost::urls::url_view const& url = *parsed;
    auto const authority = url.encoded_authority();
    if (std::string_view(authority.data(), authority.size()) != authority_of(base_url))
        return unusable("its host looks like an address and is none");
    if (url.has_userinfo())
        return unusable("it holds a user name; credentials have their own keys");
    if (url.has_query() || url.has_fragment()) return unusable("it has a query or a fragment");

    Origin origin;
    // Without regard to case, as names of hosts (RFC 3986 6.2.2.1).
    auto const scheme = url.scheme_id();
    origin.secure = scheme == boost::urls::scheme::https;
    if (!origin.secure && scheme != boost::urls::scheme::http)
        return unusable("the scheme is not https");

    // Percent-encoding in a host is not decoded: `%0d%0a` would end a line in `Host` and `CONNECT`.
    auto const encoded = url.encoded_host();
    std::string const host(encoded.data(), encoded.size());
    origin.host = without_brackets(host);
    bool const bracketed = origin.host.size() != host.size();
    if (origin.host.empty()) return unusable("it has no host");
    // Not IPvFuture either (RFC 3986 3.2.2), of which nobody has an address.
    bool const has_address = url.host_type() == boost::urls::host_type::ipv6;
    if (!is_plain_host(origin.host) || bracketed != has_address)
        return unusable("its host is not valid");
    origin.host_is_address = url.host_type() == boost::urls::host_type::ipv4 || bracketed;
    if (!origin.secure && !is_loopback(origin.host))
        return unusable("plain http is allowed for loopback only; use https");

    std::uint16_t const default_port = origin.secure ? 443 : 80;
    origin.port = default_port;
    if (url.has_port() && !url.port().empty()) {
        auto const port = parse_port({url.port().data(), url.port().size()});
        if (!port) return unusable("the port is not between 1 and 65535");
        origin.port = *port;
    }

    origin.base_path = std::string(url.encoded_path());
    while (!origin.base_path.empty() && origin.base_path.back() == '/') origin.base_path.pop_back();

    origin.authority = host;
    if (origin.port != default_port) origin.authority += ':' + std::to_string(origin.port);
    return origin;
}

}  // namespace otp::http
