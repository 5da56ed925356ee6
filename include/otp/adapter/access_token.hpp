#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/secret.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace OTP_EXPORT otp {

/// A bearer token that a vendor handed out for the instance's credentials.
class AccessToken {
public:
    explicit AccessToken(Secret bearer, std::optional<std::chrono::seconds> lifetime = {})
        : token(std::move(bearer)), expires_in(lifetime) {}

    Secret token;
    /// Counted from the response; nothing if the vendor does not say.
    std::optional<std::chrono::seconds> expires_in;
};

/// How an instance turns its credentials into an access token (OAuth 2.0, RFC 6749). Pure: the
/// client does the I/O, keeps the token, shares it among concurrent operations, adds it to each
/// request (`authorization: Bearer …`, RFC 6750 2.1), and asks once more when the vendor refuses it
/// with 401.
class TokenGrant {
public:
    virtual ~TokenGrant() = default;

    /// Scheme, host, port and base path of the token endpoint; may differ from the instance's.
    [[nodiscard]] virtual std::string const& base_url() const noexcept = 0;
    [[nodiscard]] virtual HttpRequest encode() const = 0;
    /// Errors are delivered to every operation that waits for the token, as `not_sent`.
    [[nodiscard]] virtual Result<AccessToken> decode(HttpResponse const& response) const = 0;
};

}  // namespace otp
