#include "stytch/stytch_error.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

using ErrorType = StytchErrorType;
using enum StytchErrorType::Steps;

// https://stytch.com/docs/api/errors/400 and its siblings. New rows go to the end of their group:
// the numbers of the reserved recipients follow the order.
constexpr std::array error_types{
    ErrorType{
        "unauthorized_credentials",
        401,
        both,
        "Unauthorized credentials.",
        "The project id and the secret must be those of the project, sent as Basic.",
        "header authorization"},
    ErrorType{
        "unauthorized_credentials_homepage",
        401,
        send,
        "Placeholder credentials.",
        "The documents' placeholders must be replaced by the project's own id and secret.",
        "header authorization"},
    ErrorType{
        "phone_number_not_found",
        404,
        send,
        "Phone number could not be found.",
        "The phone number must belong to a user; login_or_create makes one.",
        "body /phone_number"},
    ErrorType{
        "email_not_found",
        404,
        send,
        "Email could not be found.",
        "The email address must belong to a user; login_or_create makes one.",
        "body /email"},
    ErrorType{
        "user_not_found",
        404,
        send,
        "User could not be found.",
        "The user_id must be one of a user that exists.",
        "body /user_id"},
    ErrorType{
        "session_not_found",
        404,
        both,
        "Session could not be found.",
        "The session must exist, and not be over.",
        "body /session_token"},
    ErrorType{
        "too_many_requests",
        429,
        both,
        "Too many requests have been made.",
        "Only so many requests are allowed in a time; a client must back off exponentially."},
    ErrorType{
        "user_lock_limit_reached",
        429,
        both,
        "The user is locked.",
        "After too many failed attempts a user is locked, and has to wait or be unlocked."},
    ErrorType{
        "captcha_failed", 429, send, "The captcha failed.", "The person must pass the captcha."},
    ErrorType{
        "too_few_tokens_authenticated",
        429,
        send,
        "Too few tokens were authenticated.",
        "More of the sent codes must be authenticated before others are sent."},
    ErrorType{
        "captcha_required",
        403,
        send,
        "A captcha is required.",
        "The person must pass a captcha first."},
    ErrorType{"use_https", 403, send, "Use https.", "Requests must be sent by https."},
    ErrorType{
        "organization_suspended",
        403,
        send,
        "The organization is suspended.",
        "The organization must not be suspended."},
    ErrorType{
        "email_in_denylist",
        403,
        send,
        "The email is in the denylist.",
        "The email address must not be in the project's denylist.",
        "body /email"},
    ErrorType{
        "email_not_in_allowlist",
        403,
        send,
        "The email is not in the allowlist.",
        "The email address must be in the project's allowlist.",
        "body /email"},
    ErrorType{
        "invalid_phone_number",
        400,
        send,
        "Ensure the number is in the E.164 format.",
        "The phone_number must be in E.164 format, and its country must exist.",
        "body /phone_number"},
    ErrorType{
        "invalid_phone_number_country_code",
        400,
        send,
        "The country is not supported.",
        "The phone number's country must be supported, and enabled for the project.",
        "body /phone_number"},
    ErrorType{
        "invalid_phone_number_sandbox",
        400,
        send,
        "Not a sandbox phone number.",
        "A sandbox takes its own phone number only.",
        "body /phone_number"},
    ErrorType{
        "invalid_phone_number_docs",
        400,
        send,
        "A phone number of the documentation.",
        "The documents' example must be replaced by a real phone number.",
        "body /phone_number"},
    ErrorType{
        "missing_sms_parameter",
        400,
        send,
        "A parameter is missing.",
        "Each required member must be there.",
        "body"},
    ErrorType{
        "invalid_expiration",
        400,
        send,
        "The expiration is invalid.",
        "The expiration must be in the documented range.",
        "body /expiration_minutes"},
    ErrorType{
        "invalid_expiration_otp",
        400,
        send,
        "The expiration is not 1 to 10 minutes.",
        "The expiration_minutes must be 1 to 10.",
        "body /expiration_minutes"},
    ErrorType{
        "invalid_locale",
        400,
        send,
        "The locale is not supported.",
        "The locale must be one of the documented ones, spelled as there.",
        "body /locale"},
    ErrorType{
        "invalid_ip_address",
        400,
        send,
        "The IP address is invalid.",
        "The ip_address must be an IPv4 or IPv6 address.",
        "body /attributes/ip_address"},
    ErrorType{
        "invalid_user_agent",
        400,
        send,
        "The user agent is invalid.",
        "The user_agent must not be empty.",
        "body /attributes/user_agent"},
    ErrorType{
        "unsubscribed_phone_number",
        400,
        send,
        "The user must resubscribe with START.",
        "The person must first subscribe again by a message START.",
        "body /phone_number"},
    ErrorType{
        "downstream_carrier_error",
        400,
        send,
        "The carrier failed, perhaps temporarily.",
        "A carrier failed, and may work again later."},
    ErrorType{
        "billing_not_verified",
        400,
        send,
        "Billing is not verified.",
        "The project's billing must be verified."},
    ErrorType{
        "billing_not_verified_for_email",
        400,
        send,
        "Billing is not verified for email.",
        "The project's billing must be verified before it sends email."},
    ErrorType{
        "country_code_allowlist_billing_not_verified",
        400,
        send,
        "Billing is not verified.",
        "The project's billing must be verified before it sends to this country."},
    ErrorType{
        "duplicate_phone_number",
        400,
        send,
        "The phone number is in use.",
        "A phone number must belong to one user only.",
        "body /phone_number"},
    ErrorType{
        "too_many_unverified_factors",
        400,
        send,
        "Too many unverified factors.",
        "A user may have only so many factors that are not verified."},
    ErrorType{
        "inactive_email",
        400,
        send,
        "The email is inactive.",
        "The email address must take mail.",
        "body /email"},
    ErrorType{
        "invalid_email",
        400,
        send,
        "The email is invalid.",
        "The email must be an address of the form name@example.com.",
        "body /email"},
    ErrorType{
        "internal_server_error",
        500,
        both,
        "Oops, something seems to have gone wrong.",
        "The server itself failed, not the request."},
    ErrorType{
        "some_future_error",
        400,
        both,
        "No document knows this error_type.",
        "A client must stand an error_type that no document lists."},
    ErrorType{
        "unable_to_auth_otp_code",
        401,
        verify,
        "The code was used or has expired.",
        "A code must be used once, and before it expires; then a new one must be sent.",
        "body /code"},
    ErrorType{
        "otp_code_not_found",
        404,
        verify,
        "The passcode provided was incorrect.",
        "The code must be the one of the newest message.",
        "body /code"},
    ErrorType{
        "attribute_mismatch",
        401,
        verify,
        "The attributes do not match.",
        "The attributes that options ask for must be those of the send.",
        "body /attributes"},
    ErrorType{
        "invalid_method_id",
        400,
        verify,
        "The method_id is invalid.",
        "The method_id must be the phone_id or email_id of a send.",
        "body /method_id"},
    ErrorType{
        "invalid_code",
        400,
        verify,
        "The code is invalid.",
        "The code must be a string that is not empty.",
        "body /code"},
    ErrorType{
        "bad_request", 400, none, "The request is malformed.", "The request must be well formed."},
    ErrorType{
        "unsupported_media_type",
        415,
        none,
        "The content type is not application/json.",
        "The body must be sent as application/json.",
        "header content-type"},
    ErrorType{
        "method_not_allowed",
        405,
        none,
        "The method is not allowed.",
        "The method of this call is POST.",
        "method"},
    ErrorType{
        "route_not_found",
        404,
        none,
        "The route does not exist.",
        "The calls are /v1/otps/{sms,whatsapp,email}/{send,login_or_create} and "
        "/v1/otps/authenticate.",
        "path"},
};

std::string page_of(ErrorType const& type) {
    return "https://stytch.com/docs/api/errors/" + std::to_string(type.http_status);
}

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
        {"error_url", page_of(type)}};
}

Refusal stytch_error(std::string_view error_type) {
    return stytch_error(error_type, explain_stytch_error(stytch_error_type(error_type)));
}

Refusal stytch_error(std::string_view error_type, Explanation why) {
    auto const& type = stytch_error_type(error_type);
    return {json_response(type.http_status, stytch_error_body(type)), std::move(why)};
}

Explanation explain_stytch_error(StytchErrorType const& type) {
    // Neither a wrong path nor a wrong method or media type has a page.
    auto document = type.steps == none ? std::string(stytch_send_document.url()) : page_of(type);
    return {std::string(type.demands), std::string(type.broken_by), std::move(document)};
}

}  // namespace otp::mocks
