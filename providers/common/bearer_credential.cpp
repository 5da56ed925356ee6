#include "common/bearer_credential.hpp"

#include "common/stack_json.hpp"
#include "common/text_check.hpp"

#include <string>
#include <utility>

namespace otp::common {
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

void BearerCredential::authorize(HttpRequest& request, AttemptContext const& context) const {
    request.headers.push_back(
        {"authorization",
         grant_ ? bearer_authorization(context.access_token) : std::string(header_value_.reveal())}
    );
}

HttpRequest BearerCredential::authorized_json(
    HttpRequest request, boost::json::object const& body, AttemptContext const& context
) const {
    authorize(request, context);
    request.content_type = json_content_type;
    request.body = to_body(body);
    return request;
}

}  // namespace otp::common
