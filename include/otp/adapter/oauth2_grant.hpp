#pragma once

#include <otp/adapter/access_token.hpp>
#include <otp/export.hpp>
#include <otp/secret.hpp>

#include <string>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// The grant types of RFC 6749 that vendors use with an instance's own credentials.
enum class GrantType {
    password,           ///< RFC 6749 4.3: `username`, `password`.
    client_credentials  ///< RFC 6749 4.4: `client_id`, `client_secret` in the form.
};

/// Names of the members of a token response.
struct TokenMembers {
    std::string_view access_token;
    std::string_view token_type;
    std::string_view expires_in;
    /// Boolean that says that a second factor is wanted; empty if the vendor has none.
    std::string_view second_factor;
};

/// RFC 6749 5.1.
inline constexpr TokenMembers rfc6749_members{"access_token", "token_type", "expires_in", {}};
/// LoyaltyDog's own spelling.
inline constexpr TokenMembers camel_case_members{
    "accessToken", "tokenType", "expiresIn", "mfaPending"};

/// A token endpoint that takes a form and answers in JSON.
///
/// A token counts only in an answer with 200 in which nothing speaks against it
/// (`find_contradiction`): an `error` beside it is a refusal. A lifetime that is no number of
/// seconds above 0 is not believed; the token is then kept until the vendor refuses it.
///
/// Errors of `decode` are always `not_sent`: refused credentials are `unauthenticated`, a grant
/// that the account may not use is `permission_denied`.
class OAuth2Grant final : public TokenGrant {
public:
    /// `target` is the path below `base_url`; `route` and the member names are literals.
    OAuth2Grant(
        std::string base_url,
        std::string target,
        std::string_view route,
        GrantType type,
        Secret id,
        Secret secret,
        TokenMembers members
    );

    [[nodiscard]] std::string const& base_url() const noexcept override { return base_url_; }
    [[nodiscard]] HttpRequest encode() const override;
    [[nodiscard]] Result<AccessToken> decode(HttpResponse const& response) const override;

private:
    std::string base_url_;
    std::string target_;
    std::string_view route_;
    GrantType type_;
    Secret id_;
    Secret secret_;
    TokenMembers members_;
};

}  // namespace adapter
}  // namespace otp
