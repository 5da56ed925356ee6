#include "http/connect/proxy_tunnel.hpp"

#include "platform/wiped_at_end.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/host.hpp>

namespace otp::http {

bool has_credentials(ProxyConfig const& proxy) noexcept {
    return !proxy.username.empty() || !proxy.password.empty();
}

Result<std::string> connect_request(Origin const& origin, ProxyConfig const& proxy) {
    auto const host = Host::parse(origin.host);
    if (!host) {
        return Error(
            ErrorCategory::config_invalid,
            "the proxy cannot be asked for a tunnel: the host of the base URL is not valid"
        );
    }
    std::string const target = host->bracketed() + ':' + std::to_string(origin.port);
    std::string credentials;
    platform::WipedAtEnd const wiped(credentials);
    if (has_credentials(proxy)) {
        credentials = basic_authorization(proxy.username, proxy.password.reveal());
    }
    std::string request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    // Made in one piece: what is left behind by growing could not be wiped.
    constexpr std::string_view field = "Proxy-Authorization: ";
    request.reserve(request.size() + field.size() + credentials.size() + 4);
    if (!credentials.empty()) request.append(field).append(credentials).append("\r\n");
    request.append("\r\n");
    return request;
}

std::optional<ConnectAnswer::Verdict> ConnectAnswer::feed(std::string_view bytes) {
    auto const refused = [this](std::string const& reason) {
        return Verdict{Error(ErrorCategory::connect_failed, proxy_ + reason)};
    };
    unread_ += bytes;
    std::size_t consumed = 0;
    auto const progress = reader_.feed(unread_, consumed);
    unread_.erase(0, consumed);
    if (progress == ResponseReader::Progress::incomplete) return {};
    if (progress == ResponseReader::Progress::refused) {
        return refused(" answers CONNECT with what is not valid HTTP: " + reader_.problem());
    }
    int const status = reader_.status();
    // The second is what tinyproxy answers to wrong ones, though an origin's (RFC 9110 15.5.2).
    if (status == 407 || status == 401) {
        auto const number = " (" + std::to_string(status) + "); ";
        return refused(
            credentials_sent_ ? " refuses the credentials" + number +
                                    "check proxy.username and proxy.password, or HTTPS_PROXY if "
                                    "it names the proxy"
                              : " asks for credentials" + number +
                                    "set proxy.username and proxy.password, or put them into "
                                    "HTTPS_PROXY if it names the proxy"
        );
    }
    if (status / 100 != 2) {
        return refused(" refused the tunnel with status " + std::to_string(status));
    }
    if (!unread_.empty()) return refused(" sent bytes before the tunnel was used");
    return Verdict{};
}

}  // namespace otp::http
