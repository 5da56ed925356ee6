#include "stytch_mock.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr char request_id[] = "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141";

enum Steps : unsigned { none = 0, send = 1, verify = 2, both = 3 };

struct ErrorType {
    std::string_view name;
    int http_status;
    Steps steps;
    std::string_view message;
};

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

json::object error_body(ErrorType const& type) {
    return {
        {"status_code", type.http_status},
        {"request_id", request_id},
        {"error_type", type.name},
        {"error_message", type.message},
        {"error_url", "https://stytch.com/docs/api/errors/" + std::to_string(type.http_status)}};
}

// The last digits of reserved numbers; 0162 is the documents' example of a good one.
constexpr int first_send_error = 100;
constexpr int first_send_trouble = 140;
constexpr int first_verify_error = 170;

std::string fictional_phone(int digits) {
    return "+12025550" + std::to_string(digits);
}

/// Recipients of one step: an email address by the name of the error, and the next phone number.
class Adder {
public:
    Adder(Script& script, MockStep step)
        : script_(script),
          step_(step),
          next_phone_(step == MockStep::send ? first_send_error : first_verify_error),
          domain_(step == MockStep::send ? "@error.example.com" : "@verify-error.example.com") {}

    void add(
        std::string_view name,
        MockResponse const& response,
        std::string const& marker,
        std::string const& provokes
    ) {
        script_.add(step_, std::string(name) + domain_, response, marker, provokes);
        // All stay within +12025550100 to +12025550199, which are set aside for fiction.
        script_.add(step_, fictional_phone(next_phone_++), response, marker, provokes);
    }

    void add_all() {
        auto const wanted = step_ == MockStep::send ? Steps::send : Steps::verify;
        for (ErrorType const& type : error_types) {
            if ((type.steps & wanted) == 0) continue;
            std::string const name(type.name);
            add(name,
                json_response(type.http_status, error_body(type)),
                name,
                std::to_string(type.http_status) + " " + name);
        }
        add_shapes();
        script_.add_troubles(step_, 200, [&](std::string_view name, int) {
            return std::string(name) + domain_;
        });
        if (step_ == MockStep::verify) return;
        script_.add_troubles(step_, 200, [](std::string_view, int number) {
            return fictional_phone(first_send_trouble + number - 1);
        });
    }

private:
    void add_shapes() {
        add("oauth_error",
            json_response(
                400,
                {{"status_code", 400},
                 {"request_id", request_id},
                 {"error", "invalid_phone_number"},
                 {"error_description", "Ensure the number is in the E.164 format."},
                 {"error_uri", "https://stytch.com/docs/api/errors/400"}}
            ),
            "error_description",
            "400 with the OAuth 2.0 names of the members");
        auto text = error_body(error_types[0]);
        text["status_code"] = "401";
        add("status_as_text",
            json_response(401, text),
            "\"401\"",
            "401 unauthorized_credentials, status_code as text");
        add("error_in_200",
            json_response(200, error_body(error_types[0])),
            "unauthorized_credentials",
            "200 with an error inside");
        auto slow_down = json_response(
            429, error_body(*std::ranges::find(error_types, "too_many_requests", &ErrorType::name))
        );
        slow_down.headers.emplace_back("Retry-After", "5");
        add("retry_after", slow_down, "too_many_requests", "429 too_many_requests, Retry-After: 5");
    }

    Script& script_;
    MockStep step_;
    int next_phone_;
    std::string domain_;
};

}  // namespace

MockResponse stytch_error(std::string_view error_type) {
    auto const* const found = std::ranges::find(error_types, error_type, &ErrorType::name);
    auto const& type = found == error_types.end() ? error_types[0] : *found;
    return json_response(type.http_status, error_body(type));
}

Script make_stytch_script() {
    Script script("stytch");
    Adder(script, MockStep::send).add_all();
    Adder(script, MockStep::verify).add_all();
    return script;
}

}  // namespace otp::mocks
