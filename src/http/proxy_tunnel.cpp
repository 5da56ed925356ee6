#include "http/proxy_tunnel.hpp"

#include "http/wiped_at_end.hpp"

#include <otp/http_message.hpp>

#include <boost/beast/core/string.hpp>
#include <boost/url/decode_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace otp::http {
namespace {

using Environment = std::function<std::optional<std::string>(std::string const& name)>;

std::optional<std::string> first_set(
    Environment const& environment, std::initializer_list<char const*> names
) {
    for (char const* const name : names)
        if (auto value = environment(name); value && !value->empty()) return value;
    return {};
}

bool same_text(std::string_view a, std::string_view b) {
    return boost::beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

bool covers(std::string_view pattern, std::string_view host) {
    if (pattern == "*" || same_text(pattern, host)) return true;
    if (pattern.starts_with('.')) pattern.remove_prefix(1);
    return !pattern.empty() && host.size() > pattern.size() &&
           host[host.size() - pattern.size() - 1] == '.' &&
           same_text(host.substr(host.size() - pattern.size()), pattern);
}

bool is_excluded(std::string_view list, std::string_view host) {
    while (!list.empty()) {
        auto const end = list.find(',');
        auto pattern = list.substr(0, end);
        while (pattern.starts_with(' ')) pattern.remove_prefix(1);
        while (pattern.ends_with(' ')) pattern.remove_suffix(1);
        if (covers(pattern, host)) return true;
        list = end == list.npos ? std::string_view{} : list.substr(end + 1);
    }
    return false;
}

}  // namespace

Result<std::string> connect_request(Origin const& origin, ProxyConfig const& proxy) {
    if (!is_plain_host(origin.host))
        return Error(
            ErrorCategory::config_invalid,
            "the proxy cannot be asked for a tunnel: the host of the base URL is not valid"
        );
    bool const bracketed = origin.host.find(':') != origin.host.npos;
    std::string const target =
        (bracketed ? '[' + origin.host + ']' : origin.host) + ':' + std::to_string(origin.port);
    std::string credentials;
    WipedAtEnd const wiped(credentials);
    if (!proxy.username.empty() || !proxy.password.empty())
        credentials = basic_authorization(proxy.username, proxy.password.reveal());
    std::string request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    // Made in one piece: what is left behind by growing could not be wiped.
    constexpr std::string_view field = "Proxy-Authorization: ";
    request.reserve(request.size() + field.size() + credentials.size() + 4);
    if (!credentials.empty()) request.append(field).append(credentials).append("\r\n");
    request.append("\r\n");
    return request;
}

std::optional<ConnectAnswer::Verdict> ConnectAnswer::feed(std::string_view bytes) {
    auto const refused = [](std::string message) {
        return Verdict{Error(ErrorCategory::connect_failed, std::move(message))};
    };
    unread_ += bytes;
    std::size_t consumed = 0;
    auto const progress = reader_.feed(unread_, consumed);
    unread_.erase(0, consumed);
    if (progress == ResponseReader::Progress::incomplete) return {};
    if (progress == ResponseReader::Progress::refused)
        return refused("the proxy's answer to CONNECT is not valid HTTP: " + reader_.problem());
    int const status = reader_.status();
    if (status == 407)
        return refused("the proxy asks for credentials (407); set proxy.username and proxy.password"
        );
    // What tinyproxy answers to wrong ones, though it is an origin's status (RFC 9110 15.5.2).
    if (status == 401)
        return refused(
            "the proxy refuses the credentials (401); check proxy.username and proxy.password"
        );
    if (status / 100 != 2)
        return refused("the proxy refused the tunnel with status " + std::to_string(status));
    if (!unread_.empty()) return refused("the proxy sent bytes before the tunnel was used");
    return Verdict{};
}

Result<std::optional<ProxyConfig>> proxy_from_environment(
    Origin const& origin, Environment const& environment
) {
    std::optional<ProxyConfig> none;
    if (!environment || !origin.secure || is_loopback(origin.host)) return none;
    auto const text = first_set(environment, {"HTTPS_PROXY", "https_proxy"});
    if (!text) return none;
    auto const excluded = first_set(environment, {"NO_PROXY", "no_proxy"});
    if (excluded && is_excluded(*excluded, origin.host)) return none;

    auto const unusable = [](std::string_view why) {
        return Error(
            ErrorCategory::config_invalid,
            "the environment's HTTPS_PROXY cannot be used: " + std::string(why)
        );
    };
    std::string const with_scheme =
        text->find("://") == std::string::npos ? "http://" + *text : *text;
    auto const parsed = boost::urls::parse_uri(with_scheme);
    if (!parsed) return unusable("it is not a URL");
    auto const& url = *parsed;
    if (url.scheme() != "http") return unusable("only http:// proxies are supported");
    ProxyConfig proxy;
    // As it is written: percent-encoding in a host is not decoded.
    auto const host = url.encoded_host();
    proxy.host = without_brackets({host.data(), host.size()});
    if (proxy.host.empty()) return unusable("it has no host");
    auto const authority = url.encoded_authority();
    bool const whole =
        std::string_view(authority.data(), authority.size()) == authority_of(with_scheme);
    if (!whole || !is_plain_host(proxy.host)) return unusable("its host is not valid");
    if (url.has_port() && !url.port().empty()) {
        auto const port = parse_port({url.port().data(), url.port().size()});
        if (!port) return unusable("the port is not between 1 and 65535");
        proxy.port = *port;
    }
    proxy.username = url.user();
    std::string password = url.password();
    proxy.password = Secret(password);
    wipe_memory(password.data(), password.size());
    return std::optional<ProxyConfig>(std::move(proxy));
}

}  // namespace otp::http
