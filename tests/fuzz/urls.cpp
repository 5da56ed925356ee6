// Every reader of an address understands it in the same way, and no address ends a line of what is
// written to a peer. The input's lines: a base URL, a proxy's URL, NO_PROXY.
#include "config/base_url.hpp"
#include "config/no_proxy.hpp"
#include "config/proxy_url.hpp"
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"
#include "http/connect/proxy_tunnel.hpp"
#include "http/wire/origin.hpp"
#include "http/wire/request_wire.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/instance_settings.hpp>
#include <otp/config.hpp>
#include <otp/http_url.hpp>
#include <otp/proxy_choice.hpp>
#include <otp/vendor_description.hpp>

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <array>
#include <netdb.h>
#include <optional>
#include <string>
#include <string_view>

namespace {

using otp::fuzz::require;
using otp::http::Origin;

/// Of the password in the seeds, `Canary0Password`.
constexpr std::array<std::string_view, 2> parts_of_password{"Canary0", "Pass"};

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

/// The host as RFC 3986 3.2 delimits it, in one spelling.
std::string host_of(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme != url.npos) url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (auto const at = url.rfind('@'); at != url.npos) url.remove_prefix(at + 1);
    if (url.starts_with('[')) {
        return boost::asio::ip::make_address(std::string(url.substr(1, url.find(']') - 1)))
            .to_string();
    }
    url = url.substr(0, url.find(':'));
    if (url.ends_with('.')) url.remove_suffix(1);
    return lower_case(url);
}

bool is_host_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._:").find(c) != std::string_view::npos;
}

void check_host(std::string const& host, std::string_view url) {
    require(!host.empty(), "a host is not empty", url);
    require(std::all_of(host.begin(), host.end(), is_host_character), "a host is plain", url, host);
    require(host == host_of(url), "the host is the one that is written", url, host);
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

/// What connecting to the host leads to if its text is an address to the system, whose notations
/// are more than those of a URL (inet_aton(3)).
enum class Meaning { name, other_machine, this_machine };

Meaning meaning_of(std::string const& host) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return Meaning::name;
    auto const address = boost::asio::ip::make_address(host);
    freeaddrinfo(found);
    bool const mapped = address.is_v6() && address.to_v6().is_v4_mapped();
    bool const loopback =
        mapped ? boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
                     .is_loopback()
               : address.is_loopback();
    return loopback ? Meaning::this_machine : Meaning::other_machine;
}

void check_meaning(otp::Host const& host, std::string_view url) {
    auto const meaning = meaning_of(host.text());
    require(
        host.is_address() == (meaning != Meaning::name), "the system has the same opinion", url
    );
    bool const loopback = meaning == Meaning::this_machine || host.text() == "localhost";
    require(host.is_loopback() == loopback, "this machine is this machine", url, host.text());
}

/// What an adapter makes of an address among its options, and of one in `base_url`.
bool adapter_takes(std::string_view url) {
    otp::VendorDescription vendor;
    vendor.options = {{"url", ""}};
    otp::InstanceConfig instance;
    instance.options["url"] = url;
    instance.base_url = url;
    otp::adapter::InstanceSettings settings(instance, vendor);
    auto const option = settings.option_url("url");
    bool const has_base_url = settings.base_url("none") != "none";
    require(option.has_value() == has_base_url, "an adapter has one rule for addresses", url);
    require(has_base_url == settings.ok(), "what is refused is told", url);
    return option.has_value();
}

void check_base_url(std::string_view url) {
    auto const parsed = otp::HttpUrl::parse_endpoint(url);
    auto const origin = otp::http::parse_origin(url);
    auto const for_config = otp::config::check_base_url(url);
    bool const taken = parsed.has_value();
    require(origin.has_value() == taken, "what is taken can be connected to", url);
    require(for_config.has_value() == taken, "a configuration takes the same", url);
    require(adapter_takes(url) == taken, "an adapter takes the same", url);
    if (!taken) {
        require(parsed.error().category == otp::ErrorCategory::config_invalid, "it is told so");
        return;
    }
    check_meaning(parsed->host(), url);
    check_origin(*origin, url);
    require(
        parsed->is_https() || parsed->host().is_loopback(), "clear text stays on this machine", url
    );
    auto const again = otp::http::parse_origin(*for_config);
    require(again && again->authority == origin->authority, "and it is the same place", url);
    auto const by_origin = otp::http::parse_origin(parsed->origin());
    require(
        by_origin && by_origin->authority == origin->authority &&
            by_origin->lookup_name == origin->lookup_name,
        "its origin is the same place",
        url
    );
    auto const own = otp::config::NoProxy::parse(parsed->host().bracketed());
    require(own && own->find(parsed->host(), parsed->port()) == 1U, "NO_PROXY can name it", url);
}

/// What stands between the scheme and the path of a URL, as an address and as a proxy.
void check_agreement(std::string_view url) {
    if (auto const scheme = url.find("://"); scheme != url.npos) url.remove_prefix(scheme + 3);
    std::string const authority(url.substr(0, url.find_first_of("/?#")));
    auto const endpoint = otp::HttpUrl::parse_endpoint("https://" + authority);
    auto const proxy = otp::config::read_proxy_url("http://" + authority);
    require(!endpoint || proxy, "what is an address is a proxy's, too", url);
    if (!endpoint) return;
    require(
        proxy->host == endpoint->host().lookup_name() &&
            (!endpoint->written_port() || proxy->port == *endpoint->written_port()),
        "both are the same place",
        url
    );
}

void check_proxy(std::string const& proxy_url, std::string const& no_proxy) {
    auto const environment = [&](std::string const& name) -> std::optional<std::string> {
        if (name == "HTTPS_PROXY") return proxy_url;
        if (name == "NO_PROXY") return no_proxy;
        return {};
    };
    auto const choice = otp::choose_proxy({}, "https://api.example.com", environment);
    if (!choice) {
        auto const& error = choice.error();
        require(error.category == otp::ErrorCategory::config_invalid, "it is told so");
        for (auto const part : parts_of_password) {
            require(error.message.find(part) == std::string::npos, "without the password");
        }
        return;
    }
    auto const& proxy = choice->proxy;
    require(
        proxy.has_value() == (choice->reason == otp::ProxyReason::environment),
        "a proxy has its reason"
    );
    require(!proxy || !proxy_url.empty(), "a proxy is named");
    if (!proxy) return;
    auto const host = otp::Host::parse(proxy->host);
    require(host.has_value(), "a proxy's host is one", proxy_url);
    check_host(host->text(), proxy_url);
    check_meaning(*host, proxy_url);
    bool const has_credentials = !proxy->username.empty() || !proxy->password.reveal().empty();
    auto const origin = otp::http::parse_origin("https://api.example.com").value();
    require(
        lines_of(otp::http::connect_request(origin, *proxy).value()) == (has_credentials ? 4U : 3U),
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
    check_agreement(base_url);
    check_agreement(proxy_url);
    check_proxy(proxy_url, no_proxy);
    return 0;
}
