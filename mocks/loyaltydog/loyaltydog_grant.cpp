#include "loyaltydog/loyaltydog_grant.hpp"

#include "loyaltydog/fastapi_errors.hpp"
#include "loyaltydog/loyaltydog_detail.hpp"
#include "wire/authorization.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::hours token_expires_after{1};
/// A grant for this user, whatever the password, waits for a second factor.
constexpr std::string_view mfa_username = "mfa-pending@example.com";

/// The refusal of a form that is not the documented one; nothing if it is.
std::optional<Refusal> refuse_form(json::object const& fields) {
    constexpr std::array<FieldRule, 6> rules{
        FieldRule{"username", FieldType::string, true},
        FieldRule{"password", FieldType::string, true},
        FieldRule{"grant_type", FieldType::string, false},
        FieldRule{"scope", FieldType::string, false},
        FieldRule{"client_id", FieldType::string, false},
        FieldRule{"client_secret", FieldType::string, false}};
    FastApiErrors errors(fields, loyaltydog_grant_document);
    errors.check_members(rules);
    auto const type = text_of(fields, "grant_type");
    if (type && type != "password") {
        errors.add_mismatch("grant_type", "^password$", "The grant_type must be password.");
    }
    return std::move(errors).refusal();
}

/// A second factor is asked for, and there is no usable token yet.
MockResponse pending_grant(IdSource& ids) {
    return json_response(
        200,
        {{"accessToken", nullptr},
         {"tokenType", "bearer"},
         {"mfaPending", true},
         {"pendingToken", "mock-pending-" + ids.hex(32)}}
    );
}

}  // namespace

VendorAnswer grant_loyaltydog_token(
    MockRequest const& request, LoyaltyDogState& state, VendorContext const& context
) {
    auto const form = read_form_body(request);
    json::object fields;
    if (form) {
        for (auto const& [field, value] : *form) fields[field] = value;
    }
    if (auto refused = refuse_form(fields)) {
        constexpr char form_type[] = "application/x-www-form-urlencoded";
        // What was not read as a form has no fields, but that is not what is wrong with it.
        if (request.media_type() != form_type) {
            refused->why = loyaltydog_grant_document.media_type(form_type);
        } else if (!form) {
            refused->why =
                loyaltydog_grant_document.body("The body must be a form with each field once.");
        }
        return std::move(*refused);
    }
    if (form->at("username") == mfa_username) return VendorAnswer(pending_grant(context.ids));
    if (form->at("username") != state.account.username ||
        form->at("password") != state.account.password) {
        return loyaltydog_unauthorized(
            "Incorrect username or password",
            loyaltydog_grant_document.member(
                "password", "The username and the password must be those of the account."
            )
        );
    }
    auto token = "mock-issued-" + context.ids.hex(32);
    state.tokens.add(token, context.now + token_expires_after);
    return VendorAnswer(json_response(
        200,
        {{"accessToken", token},
         {"tokenType", "bearer"},
         {"mfaPending", false},
         {"pendingToken", nullptr}}
    ));
}

std::optional<Refusal> refuse_loyaltydog_token(
    MockRequest const& request, LoyaltyDogState const& state, MockTime now
) {
    auto const token = bearer_token(request);
    auto const explain = [](char const* demands) {
        return loyaltydog_send_document.header("authorization", demands);
    };
    if (!token) {
        return loyaltydog_unauthorized(
            "Not authenticated",
            explain("Each request must carry Authorization: Bearer, one space, and an access token."
            )
        );
    }
    if (*token == state.account.token || state.tokens.holds(*token, now)) return std::nullopt;
    return loyaltydog_unauthorized(
        "Could not validate credentials",
        explain("The bearer token must be one of POST /v2/token, and not expired.")
    );
}

}  // namespace otp::mocks
