// Every reader of an address understands it in the same way, and no address ends a line of what is
// written to a peer. The input's lines: a base URL, a proxy's URL, NO_PROXY.
#include "common/instance_settings.hpp"
#include "config/base_url.hpp"
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"
#include "http/origin.hpp"
#include "http/proxy_tunnel.hpp"
#include "http/request_wire.hpp"

#include <otp/config.hpp>
#include <otp/http_message.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace {

using otp::fuzz::require;
using otp::http::Origin;

constexpr std::string_view password = "Canary0Password";

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

/// The host as RFC 3986 3.2 delimits it, without brackets.
std::string host_of(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme != url.npos) url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (auto const at = url.rfind('@'); at != url.npos) url.remove_prefix(at + 1);
    if (url.starts_with('[')) return lower_case(url.substr(1, url.find(']') - 1));
    return lower_case(url.substr(0, url.find(':')));
}

bool is_host_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~:!$&'()*+,;=").find(c) != std::string_view::npos;
}

void check_host(std::string const& host, std::string_view url) {
    require(!host.empty(), "a host is not empty", url);
    require(std::all_of(host.begin(), host.end(), is_host_character), "a host is plain", url, host);
    require(lower_case(host) == host_of(url), "the host is the one that is written", url, host);
}

std::size_t lines_of(std::string_view text) {
    auto const feeds = std::count(text.begin(), text.end(), '\n');
    require(feeds == std::count(text.begin(), text.end(), '\r'), "lines end with CR LF", text);
    return static_cast<std::size_t>(feeds);
}

otp::ProxyConfig plain_proxy() {
    otp::ProxyConfig proxy;
    proxy.host = "127.0.0.1";
    return proxy;
}

void check_origin(Origin const& origin, std::string_view url) {
    check_host(origin.host, url);
    require(origin.port != 0, "a port is above 0", url);
    require(
        origin.base_path.empty() ||
            (origin.base_path.starts_with('/') && !origin.base_path.ends_with('/')),
        "a base path begins with a slash and does not end with one",
        url
    );
    require(
        lines_of(otp::http::connect_request(origin, plain_proxy()).value()) == 3,
        "an origin adds no line to CONNECT",
        url
    );
    otp::HttpRequest const request(otp::HttpMethod::get, "/fixed");
    std::string bytes;
    otp::http::RequestWire(origin).write(request, bytes);
    require(lines_of(bytes) == 6, "an origin adds no line to a request", url, bytes);
    require(
        std::count(
            bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.find('\r')), ' '
        ) == 2,
        "an origin adds no word to the request line",
        url
    );
}

/// Whether the host is a name that begins like an IPv4 address. Boost.URL 1.81 misreads those, so
/// that the transport refuses what a configuration rightly takes.
bool begins_like_an_address(std::string_view url) {
    auto const authority = otp::http::authority_of(url);
    auto const digits_and_dots = authority.substr(0, authority.find_first_not_of("0123456789."));
    return std::count(digits_and_dots.begin(), digits_and_dots.end(), '.') >= 3;
}

void check_base_url(std::string_view url) {
    auto const origin = otp::http::parse_origin(url);
    bool const for_settings = otp::common::url_problem(url).empty();
    auto const for_config = otp::config::check_base_url(url);
    if (origin)
        check_origin(*origin, url);
    else
        require(origin.error().category == otp::ErrorCategory::config_invalid, "it is told so");
    require(!for_settings || origin, "what an adapter takes can be connected to", url);
    bool const misread = !origin && begins_like_an_address(url);
    if (!for_config || misread) return;
    require(origin.has_value(), "what a configuration takes can be connected to", url);
    require(for_settings, "what a configuration takes an adapter takes", url);
    auto const again = otp::http::parse_origin(*for_config);
    require(again && again->authority == origin->authority, "and it is the same place", url);
}

void check_proxy(std::string const& proxy_url, std::string const& no_proxy) {
    auto const origin = otp::http::parse_origin("https://api.example.com").value();
    auto const environment = [&](std::string const& name) -> std::optional<std::string> {
        if (name == "HTTPS_PROXY") return proxy_url;
        if (name == "NO_PROXY") return no_proxy;
        return {};
    };
    auto const proxy = otp::http::proxy_from_environment(origin, environment);
    if (!proxy) {
        require(proxy.error().category == otp::ErrorCategory::config_invalid, "it is told so");
        require(proxy.error().message.find(password) == std::string::npos, "without the password");
        return;
    }
    if (!*proxy) return;
    // Brackets are how the address is written, and not part of it.
    auto host = (*proxy)->host;
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    check_host(host, proxy_url);
    bool const has_credentials =
        !(*proxy)->username.empty() || !(*proxy)->password.reveal().empty();
    require(
        lines_of(otp::http::connect_request(origin, **proxy).value()) ==
            (has_credentials ? 4U : 3U),
        "a proxy's credentials add no line to CONNECT"
    );
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto text = otp::fuzz::as_text(data, size);
    auto const base_url = otp::fuzz::take_line(text);
    std::string const proxy_url(otp::fuzz::take_line(text));
    std::string const no_proxy(text);
    check_base_url(base_url);
    check_proxy(proxy_url, no_proxy);
    return 0;
}
