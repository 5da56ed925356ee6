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

/// What is wrong with the fields of the form.
FastApiErrors form_errors(json::object const& fields) {
    constexpr std::array<FieldRule, 6> rules{
        FieldRule{"username", FieldType::string, true},
        FieldRule{"password", FieldType::string, true},
        FieldRule{"grant_type", FieldType::string, false},
        FieldRule{"scope", FieldType::string, false},
        FieldRule{"client_id", FieldType::string, false},
        FieldRule{"client_secret", FieldType::string, false}};
    FastApiErrors errors(fields);
    errors.check_members(rules);
    auto const type = text_of(fields, "grant_type");
    if (type && type != "password") {
        errors.add(
            "grant_type",
            "string_pattern_mismatch",
            "String should match pattern '^password$'",
            json::value(*type)
        );
    }
    return errors;
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

MockResponse grant_loyaltydog_token(
    MockRequest const& request, LoyaltyDogState& state, VendorContext const& context
) {
    auto const form = read_form_body(request);
    json::object fields;
    if (form) {
        for (auto const& [field, value] : *form) fields[field] = value;
    }
    if (auto const errors = form_errors(fields); !errors.empty()) return errors.response();
    if (form->at("username") == mfa_username) return pending_grant(context.ids);
    if (form->at("username") != state.account.username ||
        form->at("password") != state.account.password) {
        return loyaltydog_unauthorized("Incorrect username or password");
    }
    auto token = "mock-issued-" + context.ids.hex(32);
    state.tokens.add(token, context.now + token_expires_after);
    return json_response(
        200,
        {{"accessToken", token},
         {"tokenType", "bearer"},
         {"mfaPending", false},
         {"pendingToken", nullptr}}
    );
}

std::optional<MockResponse> refuse_loyaltydog_token(
    MockRequest const& request, LoyaltyDogState const& state, MockTime now
) {
    auto const token = bearer_token(request);
    if (!token) return loyaltydog_unauthorized("Not authenticated");
    if (*token == state.account.token || state.tokens.holds(*token, now)) return std::nullopt;
    return loyaltydog_unauthorized("Could not validate credentials");
}

}  // namespace otp::mocks
