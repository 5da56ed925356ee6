#pragma once

#include "common/oauth2_grant.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/secret.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <string_view>

namespace otp::common {

/// How an instance authorizes its requests: with a fixed bearer token, or with one that a grant
/// hands out (RFC 6750 2.1).
class BearerCredential {
public:
    explicit BearerCredential(std::string_view token);
    explicit BearerCredential(std::unique_ptr<OAuth2Grant> grant) : grant_(std::move(grant)) {}

    [[nodiscard]] TokenGrant const* grant() const noexcept { return grant_.get(); }

    /// Adds the `Authorization` header.
    void authorize(HttpRequest& request, AttemptContext const& context) const;

    /// `request` with the `Authorization` header and `body` as JSON.
    [[nodiscard]] HttpRequest authorized_json(
        HttpRequest request, boost::json::object const& body, AttemptContext const& context
    ) const;

private:
    /// The whole header value, made once; empty with a grant.
    Secret header_value_;
    std::unique_ptr<OAuth2Grant> grant_;
};

}  // namespace otp::common
