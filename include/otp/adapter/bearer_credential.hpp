#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/oauth2_grant.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/export.hpp>
#include <otp/secret.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// How an instance authorizes its requests: with a fixed bearer token, or with one that a grant
/// hands out (RFC 6750 2.1).
class BearerCredential {
public:
    explicit BearerCredential(std::string_view token);
    explicit BearerCredential(std::unique_ptr<OAuth2Grant> grant) : grant_(std::move(grant)) {}

    [[nodiscard]] TokenGrant const* grant() const noexcept { return grant_.get(); }

    /// Adds the `Authorization` header of a fixed token. That of a granted one is the client's to
    /// add, which knows it.
    void authorize(HttpRequest& request) const;

    /// `request` with `body`, which is JSON, authorized.
    [[nodiscard]] HttpRequest authorized_json(HttpRequest request, std::string body) const;

private:
    /// The whole header value, made once; empty with a grant.
    Secret header_value_;
    std::unique_ptr<OAuth2Grant> grant_;
};

}  // namespace adapter
}  // namespace otp
