#include "stytch/stytch_error.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace otp::mocks {
namespace {

namespace json = boost::json;

using ErrorType = StytchErrorType;
using enum StytchErrorType::Steps;

// https://stytch.com/docs/api/errors/400 and its siblings. New rows go to the end of their group:
// the numbers of the reserved recipients follow the order.
constexpr std::array error_types{
    ErrorType{"unauthorized_credentials", 401, both, "Unauthorized credentials."},
    ErrorType{"unauthorized_credentials_homepage", 401, send, "Placeholder credentials."},
    ErrorType{"phone_number_not_found", 404, send, "Phone number could not be found."},
    ErrorType{"email_not_found", 404, send, "Email could not be found."},
    ErrorType{"user_not_found", 404, send, "User could not be found."},
    ErrorType{"session_not_found", 404, both, "Session could not be found."},
    ErrorType{"too_many_requests", 429, both, "Too many requests have been made."},
    ErrorType{"user_lock_limit_reached", 429, both, "The user is locked."},
    ErrorType{"captcha_failed", 429, send, "The captcha failed."},
    ErrorType{"too_few_tokens_authenticated", 429, send, "Too few tokens were authenticated."},
    ErrorType{"captcha_required", 403, send, "A captcha is required."},
    ErrorType{"use_https", 403, send, "Use https."},
    ErrorType{"organization_suspended", 403, send, "The organization is suspended."},
    ErrorType{"email_in_denylist", 403, send, "The email is in the denylist."},
    ErrorType{"email_not_in_allowlist", 403, send, "The email is not in the allowlist."},
    ErrorType{"invalid_phone_number", 400, send, "Ensure the number is in the E.164 format."},
    ErrorType{"invalid_phone_number_country_code", 400, send, "The country is not supported."},
    ErrorType{"invalid_phone_number_sandbox", 400, send, "Not a sandbox phone number."},
    ErrorType{"invalid_phone_number_docs", 400, send, "A phone number of the documentation."},
    ErrorType{"missing_sms_parameter", 400, send, "A parameter is missing."},
    ErrorType{"invalid_expiration", 400, send, "The expiration is invalid."},
    ErrorType{"invalid_expiration_otp", 400, send, "The expiration is not 1 to 10 minutes."},
    ErrorType{"invalid_locale", 400, send, "The locale is not supported."},
    ErrorType{"invalid_ip_address", 400, send, "The IP address is invalid."},
    ErrorType{"invalid_user_agent", 400, send, "The user agent is invalid."},
    ErrorType{"unsubscribed_phone_number", 400, send, "The user must resubscribe with START."},
    ErrorType{"downstream_carrier_error", 400, send, "The carrier failed, perhaps temporarily."},
    ErrorType{"billing_not_verified", 400, send, "Billing is not verified."},
    ErrorType{"billing_not_verified_for_email", 400, send, "Billing is not verified for email."},
    ErrorType{"country_code_allowlist_billing_not_verified", 400, send, "Billing is not verified."},
    ErrorType{"duplicate_phone_number", 400, send, "The phone number is in use."},
    ErrorType{"too_many_unverified_factors", 400, send, "Too many unverified factors."},
    ErrorType{"inactive_email", 400, send, "The email is inactive."},
    ErrorType{"invalid_email", 400, send, "The email is invalid."},
    ErrorType{"internal_server_error", 500, both, "Oops, something seems to have gone wrong."},
    ErrorType{"some_future_error", 400, both, "No document knows this error_type."},
    ErrorType{"unable_to_auth_otp_code", 401, verify, "The code was used or has expired."},
    ErrorType{"otp_code_not_found", 404, verify, "The passcode provided was incorrect."},
    ErrorType{"attribute_mismatch", 401, verify, "The attributes do not match."},
    ErrorType{"invalid_method_id", 400, verify, "The method_id is invalid."},
    ErrorType{"invalid_code", 400, verify, "The code is invalid."},
    ErrorType{"bad_request", 400, none, "The request is malformed."},
    ErrorType{"unsupported_media_type", 415, none, "The content type is not application/json."},
    ErrorType{"method_not_allowed", 405, none, "The method is not allowed."},
    ErrorType{"route_not_found", 404, none, "The route does not exist."},
};

}  // namespace

std::span<StytchErrorType const> stytch_error_types() noexcept {
    return error_types;
}

StytchErrorType const& stytch_error_type(std::string_view name) noexcept {
    auto const* const found = std::ranges::find(error_types, name, &StytchErrorType::name);
    return found == error_types.end() ? error_types[0] : *found;
}

json::object stytch_error_body(StytchErrorType const& type) {
    return {
        {"status_code", type.http_status},
        {"request_id", stytch_request_id},
        {"error_type", type.name},
        {"error_message", type.message},
        {"error_url", "https://stytch.com/docs/api/errors/" + std::to_string(type.http_status)}};
}

MockResponse stytch_error(std::string_view error_type) {
    auto const& type = stytch_error_type(error_type);
    return json_response(type.http_status, stytch_error_body(type));
}

}  // namespace otp::mocks
