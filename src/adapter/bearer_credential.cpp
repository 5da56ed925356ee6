#include <otp/adapter/bearer_credential.hpp>
#include <otp/adapter/text_check.hpp>

#include <string>
#include <utility>

namespace otp::adapter {
namespace {

/// Wipes the temporary text that the secret is made from.
Secret secret_header(std::string_view token) {
    std::string text = bearer_authorization(token);
    Secret secret(text);
    wipe_memory(text.data(), text.size());
    return secret;
}

}  // namespace

BearerCredential::BearerCredential(std::string_view token) : header_value_(secret_header(token)) {}

void BearerCredential::authorize(HttpRequest& request) const {
    if (grant_) return;
    request.headers.push_back({"authorization", std::string(header_value_.reveal())});
}

HttpRequest BearerCredential::authorized_json(HttpRequest request, std::string body) const {
    // One more where the client adds its own.
    request.headers.reserve(1);
    authorize(request);
    request.content_type = json_content_type;
    request.body = std::move(body);
    return request;
}

}  // namespace otp::adapter
