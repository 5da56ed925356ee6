#include "stytch/stytch_errors.hpp"

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace otp::stytch {

namespace {

using adapter::ErrorRule;
using adapter::JsonObject;
using enum ErrorCategory;
using Outcome = Verification::Outcome;

constexpr std::array error_table{
    // 401
    ErrorRule{"unauthorized_credentials", unauthenticated},
    ErrorRule{"unauthorized_credentials_homepage", unauthenticated},
    // "already used or expired"
    ErrorRule{"unable_to_auth_otp_code", provider_error, {}, Outcome::expired},
    // The address or browser is not the one that asked for the code.
    ErrorRule{"attribute_mismatch", blocked_by_fraud_guard},

    // 404
    ErrorRule{"otp_code_not_found", provider_error, {}, Outcome::wrong_code},
    ErrorRule{"phone_number_not_found", recipient_not_found, "/to/phone"},
    ErrorRule{"email_not_found", recipient_not_found, "/to/email"},
    ErrorRule{"user_not_found", recipient_not_found, "/to/user_ids/stytch"},
    ErrorRule{"session_not_found", invalid_request, "/vendor_fields/stytch/session_token"},

    // 429
    ErrorRule{"too_many_requests", rate_limited},
    // The user is locked after failed checks; waiting a little does not help.
    ErrorRule{"user_lock_limit_reached", recipient_throttled, {}, Outcome::too_many_attempts},
    ErrorRule{"captcha_failed", blocked_by_fraud_guard},
    ErrorRule{"too_few_tokens_authenticated", blocked_by_fraud_guard},

    // 403
    ErrorRule{"captcha_required", blocked_by_fraud_guard},
    ErrorRule{"use_https", config_invalid},
    ErrorRule{"organization_suspended", permission_denied},
    ErrorRule{"email_in_denylist", destination_blocked, "/to/email"},
    ErrorRule{"email_not_in_allowlist", destination_blocked, "/to/email"},

    // 400, and those whose status no document tells
    ErrorRule{"invalid_phone_number", invalid_recipient, "/to/phone"},
    // "invalid, unsupported, or disabled": the account's list of countries
    ErrorRule{"invalid_phone_number_country_code", destination_blocked, "/to/phone"},
    ErrorRule{"invalid_phone_number_sandbox", invalid_recipient, "/to/phone"},
    ErrorRule{"invalid_phone_number_docs", invalid_recipient, "/to/phone"},
    ErrorRule{"missing_sms_parameter", invalid_request},
    ErrorRule{"invalid_expiration", invalid_request, "/expires_in"},
    ErrorRule{"invalid_expiration_otp", invalid_request, "/expires_in"},
    ErrorRule{"invalid_locale", invalid_request, "/locale"},
    ErrorRule{"invalid_method_id", invalid_request, "/handle/references/method_id"},
    ErrorRule{"invalid_code", invalid_request, "/code"},
    ErrorRule{"invalid_ip_address", invalid_request, "/client/ip_address"},
    ErrorRule{"invalid_user_agent", invalid_request, "/client/user_agent"},
    // The person replied STOP.
    ErrorRule{"unsubscribed_phone_number", destination_blocked, "/to/phone"},
    // A 400, yet "could be temporary"
    ErrorRule{"downstream_carrier_error", unavailable},
    ErrorRule{"billing_not_verified", permission_denied},
    ErrorRule{"billing_not_verified_for_email", permission_denied},
    ErrorRule{"country_code_allowlist_billing_not_verified", destination_blocked},
    ErrorRule{"duplicate_phone_number", recipient_conflict, "/to/phone"},
    ErrorRule{"too_many_unverified_factors", recipient_throttled},
    ErrorRule{"inactive_email", destination_blocked, "/to/email"},
    ErrorRule{"invalid_email", invalid_recipient, "/to/email"},

    // 500
    ErrorRule{"internal_server_error", provider_error},
};

/// The first of the members that is a text.
std::string_view first_text(JsonObject const& body, std::string_view name, std::string_view alias) {
    if (auto const text = string_member(body, name); text && !text->empty()) return *text;
    return string_member(body, alias).value_or(std::string_view());
}

/// The address of a page of Stytch's own, as documented, without query and fragment; empty if it is
/// another, or if something personal is in it.
std::string_view page_of(std::string_view url, SentTexts const& sent) {
    constexpr std::string_view home = "https://stytch.com/";
    // A reference to a character (`&#64;`) would be cut through.
    if (url.find('&') < url.find('?')) return {};
    url = url.substr(0, url.find_first_of("?#"));
    bool const is_own = url.substr(0, home.size()) == home && adapter::is_visible_ascii(url);
    return is_own && sent.scrub_code(url) == url ? url : std::string_view();
}

}  // namespace

std::span<ErrorRule const> error_rules() noexcept {
    return error_table;
}

adapter::Refusal read_refusal(HttpResponse const& response, AttemptContext const& context) {
    adapter::JsonMemory memory;
    auto const json = JsonObject::read(response.body, memory);
    adapter::RefusalBody body;
    std::string_view link;
    // The names of OAuth 2 stand in many servers' errors; Stytch's have a `request_id`.
    bool const is_named = json && (json->contains("error_type") || json->contains("request_id"));
    if (is_named) {
        body.code = first_text(*json, "error_type", "error");
        body.message = first_text(*json, "error_message", "error_description");
        body.request_id = string_member(*json, "request_id").value_or(std::string_view());
        link = first_text(*json, "error_url", "error_uri");
    }
    // Stytch documents the same body for each status, so that JSON without an `error_type` is an
    // API gateway's (`{"message":"Forbidden"}`) and no word of Stytch's about the credentials.
    body.source =
        body.code.empty() ? adapter::source_of_foreign_body(response) : adapter::BodySource::vendor;
    // The body's status_code repeats the HTTP status; where they differ, HTTP is right.
    auto refusal = adapter::judge_refusal(response, std::move(body), error_table, context);
    refusal.error.documentation_url = page_of(link, context.sent);
    return refusal;
}

}  // namespace otp::stytch
