#pragma once

#include "http/wire/origin.hpp"

#include <otp/adapter/http_message.hpp>

#include <optional>
#include <string>

namespace otp::http {

/// Writes requests to one origin as the bytes of HTTP/1.1 (RFC 9112).
class RequestWire {
public:
    explicit RequestWire(Origin const& origin);

    /// Why the request must not be written: a target, name or value that could end a line, hold a
    /// control character or leave its place. The message names the place and not the content, which
    /// may be a secret.
    [[nodiscard]] static std::optional<Error> refusal(HttpRequest const& request);

    /// Replaces `out` by the request. The request has passed `refusal`.
    void write(HttpRequest const& request, std::string& out) const;

private:
    std::string blank_and_base_path_;
    std::string common_headers_;
};

}  // namespace otp::http
