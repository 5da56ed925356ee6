#include "adapter/error_verdict.hpp"
#include "adapter/foreign_body.hpp"
#include "adapter/redirect.hpp"

#include <otp/adapter/contradiction.hpp>
#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/fastapi_error.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/oauth2_grant.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/config.hpp>
#include <otp/json_body.hpp>

#include <array>
#include <chrono>
#include <utility>

namespace otp::adapter {
namespace {

/// RFC 6749 5.2.
constexpr std::array token_errors{
    ErrorRule{"invalid_client", ErrorCategory::unauthenticated},
    ErrorRule{"invalid_grant", ErrorCategory::unauthenticated},
    ErrorRule{"unauthorized_client", ErrorCategory::permission_denied},
    ErrorRule{"invalid_scope", ErrorCategory::permission_denied},
    ErrorRule{"unsupported_grant_type", ErrorCategory::config_invalid},
    ErrorRule{"invalid_request", ErrorCategory::config_invalid},
};

/// A token endpoint is asked with nothing but the configured credentials, so that a refusal of the
/// form is a refusal of the credentials.
constexpr std::array token_statuses{
    for_status(400, ErrorCategory::unauthenticated),
    for_status(401, ErrorCategory::unauthenticated),
    for_status(403, ErrorCategory::unauthenticated),
    for_status(404, ErrorCategory::config_invalid),
    for_status(422, ErrorCategory::unauthenticated),
};

/// Lifetimes beyond it are not believed.
constexpr std::int64_t longest_lifetime_seconds = 10LL * 365 * 24 * 3600;

Error token_failure(HttpResponse const& response, std::string_view problem) {
    Error error = not_understood(response, problem);
    error.delivery = Delivery::not_sent;
    return error;
}

/// `id` and `secret` are what the request said: an endpoint may repeat them in what it refuses.
Error token_refusal(HttpResponse const& response, Secret const& id, Secret const& secret) {
    InstanceConfig instance;
    instance.credentials.emplace("id", id.clone());
    instance.credentials.emplace("secret", secret.clone());
    SentTexts const sent(instance);
    std::string_view code;
    std::string_view message;
    BodySource source = source_of_foreign_body(response);
    JsonMemory memory;
    auto const body = JsonObject::read(response.body, memory);
    if (body) {
        code = string_member(*body, "error").value_or("");
        message = string_member(*body, "error_description").value_or("");
        auto const detail = read_fastapi_error(body->tree(), sent);
        if (detail && message.empty()) message = detail->message.value_or("");
        if (detail || !code.empty()) source = BodySource::vendor;
    }
    ErrorVerdict verdict =
        judge(find_rule(token_errors, code), token_statuses, response.status, source);
    // Whatever the endpoint answers, no code can have been sent.
    verdict.delivery = Delivery::not_sent;
    Error error = response_error(response, verdict, code, message, std::nullopt, sent);
    bool const is_foreign = source == BodySource::other_json || source == BodySource::other_text;
    if (is_redirect(response.status)) {
        error.message = redirect_message(response, sent);
    } else if (is_foreign && verdict.category == ErrorCategory::bad_response) {
        error.message = foreign_body_message(source, response);
    }
    return error;
}

}  // namespace

OAuth2Grant::OAuth2Grant(
    std::string base_url,
    std::string target,
    std::string_view route,
    GrantType type,
    Secret id,
    Secret secret,
    TokenMembers members
)
    : base_url_(std::move(base_url)),
      target_(std::move(target)),
      route_(route),
      type_(type),
      id_(std::move(id)),
      secret_(std::move(secret)),
      members_(members) {}

HttpRequest OAuth2Grant::encode() const {
    HttpRequest request(HttpMethod::post, target_, route_);
    request.content_type = form_content_type;
    if (type_ == GrantType::password) {
        request.body = encode_form(
            {{"grant_type", "password"}, {"username", id_.reveal()}, {"password", secret_.reveal()}}
        );
    } else {
        request.body = encode_form(
            {{"grant_type", "client_credentials"},
             {"client_id", id_.reveal()},
             {"client_secret", secret_.reveal()}}
        );
    }
    return request;
}

Result<AccessToken> OAuth2Grant::decode(HttpResponse const& response) const {
    if (!is_success_status(response.status)) return token_refusal(response, id_, secret_);
    // RFC 6749 5.1.
    if (response.status != 200) return token_failure(response, "a token comes with 200 only");
    JsonMemory memory;
    auto const body = JsonObject::read(response.body, memory);
    if (!body) {
        Error error = body.error();
        error.delivery = Delivery::not_sent;
        error.http_status = response.status;
        return error;
    }
    if (!members_.second_factor.empty() &&
        bool_member(*body, members_.second_factor).value_or(false)) {
        Error error(
            ErrorCategory::unauthenticated,
            "the account asks for a second factor; configure a token instead of its password"
        );
        error.http_status = response.status;
        return error;
    }
    // Some servers refuse with 200, in the form of RFC 6749 5.2.
    if (!string_member(*body, "error").value_or("").empty()) {
        return token_refusal(response, id_, secret_);
    }
    if (auto const contradiction = find_contradiction(*body, response.status);
        !contradiction.empty()) {
        return token_failure(response, contradiction.text);
    }
    auto const token = string_member(*body, members_.access_token);
    if (!token || !is_visible_ascii(*token)) {
        return token_failure(response, "the token endpoint gave no usable access token");
    }
    if (body->has_value(members_.token_type) &&
        !equal_ignoring_case(string_member(*body, members_.token_type).value_or(""), "bearer")) {
        return token_failure(response, "the token is no bearer token");
    }
    // A lifetime that is none of use (0, negative, a text) only tells when to renew the token:
    // without one that is done when the vendor refuses it.
    std::optional<std::chrono::seconds> lifetime;
    auto const seconds = integer_member(*body, members_.expires_in);
    if (seconds && *seconds > 0 && *seconds <= longest_lifetime_seconds) {
        lifetime = std::chrono::seconds(*seconds);
    }
    return AccessToken(Secret(*token), lifetime);
}

}  // namespace otp::adapter
