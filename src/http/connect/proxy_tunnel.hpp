#pragma once

#include "http/wire/origin.hpp"
#include "http/wire/response_reader.hpp"

#include <otp/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::http {

/// The `CONNECT` request (RFC 9110 9.3.6) that asks a proxy for a tunnel to `origin`. Errors:
/// `config_invalid` if the host holds characters that could end the line, or are of no host.
[[nodiscard]] Result<std::string> connect_request(Origin const& origin, ProxyConfig const& proxy);

/// Whether the request to that proxy carries `Proxy-Authorization`.
[[nodiscard]] bool has_credentials(ProxyConfig const& proxy) noexcept;

/// Reads a proxy's answer to `CONNECT`. `feed` says nothing as long as more bytes are needed, and
/// then either success (no error) or why there is no tunnel.
class ConnectAnswer {
public:
    struct Verdict {
        std::optional<Error> error;
    };

    /// For what is said about a refusal: who answers (`the proxy 192.0.2.1:3128`), and whether the
    /// request had credentials.
    ConnectAnswer(std::string proxy, bool credentials_sent)
        : proxy_(std::move(proxy)), credentials_sent_(credentials_sent) {}

    [[nodiscard]] std::optional<Verdict> feed(std::string_view bytes);

private:
    std::string proxy_;
    bool credentials_sent_;
    HttpLimits const limits_{};
    // A successful answer has no body whatever its header says.
    ResponseReader reader_{limits_, ResponseReader::Body::none};
    std::string unread_;
};

}  // namespace otp::http
