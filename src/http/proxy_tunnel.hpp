#pragma once

#include "http/origin.hpp"
#include "http/response_reader.hpp"

#include <otp/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace otp::http {

/// The `CONNECT` request (RFC 9110 9.3.6) that asks a proxy for a tunnel to `origin`. Errors:
/// `config_invalid` if the host holds characters that could end the line, or are of no host.
[[nodiscard]] Result<std::string> connect_request(Origin const& origin, ProxyConfig const& proxy);

/// Reads a proxy's answer to `CONNECT`. `feed` says nothing as long as more bytes are needed, and
/// then either success (no error) or why there is no tunnel.
class ConnectAnswer {
public:
    struct Verdict {
        std::optional<Error> error;
    };
    [[nodiscard]] std::optional<Verdict> feed(std::string_view bytes);

private:
    HttpLimits const limits_{};
    // A successful answer has no body whatever its header says.
    ResponseReader reader_{limits_, ResponseReader::Body::none};
    std::string unread_;
};

}  // namespace otp::http
