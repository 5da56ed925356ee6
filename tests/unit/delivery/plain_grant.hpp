#pragma once

#include <otp/adapter/access_token.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace otp::test {

/// Asks for a token, and takes the body of a 200 for one.
class PlainGrant final : public TokenGrant {
public:
    [[nodiscard]] std::string const& base_url() const noexcept override { return base_url_; }
    [[nodiscard]] HttpRequest encode() const override {
        if (at_encode) at_encode();
        HttpRequest request(HttpMethod::post, "/token");
        // That is not for a grant to say.
        request.repeatable = true;
        return request;
    }
    [[nodiscard]] Result<AccessToken> decode(HttpResponse const& response) const override {
        if (response.status != 200) {
            return Error(ErrorCategory::unauthenticated, response.body, Delivery::unknown);
        }
        return AccessToken(Secret(response.body), lifetime);
    }

    /// What the vendor says of the tokens from now on.
    std::optional<std::chrono::seconds> lifetime;
    std::function<void()> at_encode;

private:
    std::string base_url_{"https://vendor.example.com"};
};

}  // namespace otp::test
