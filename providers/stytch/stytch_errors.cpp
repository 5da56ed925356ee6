#include "stytch/stytch_errors.hpp"

#include "common/error_table.hpp"
#include "common/stack_json.hpp"
#include "common/text_check.hpp"

#include <otp/adapter/json_body.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace otp::stytch {

namespace {

using enum ErrorCategory;
using Outcome = Verification::Outcome;

constexpr std::array error_table{
    // 401
    StytchErrorRule{"unauthorized_credentials", unauthenticated},
    StytchErrorRule{"unauthorized_credentials_homepage", unauthenticated},
    // "already used or expired"
    StytchErrorRule{"unable_to_auth_otp_code", provider_error, {}, Outcome::expired},
    // The address or browser is not the one that asked for the code.
    StytchErrorRule{"attribute_mismatch", blocked_by_fraud_guard},

    // 404
    StytchErrorRule{"otp_code_not_found", provider_error, {}, Outcome::wrong_code},
    StytchErrorRule{"phone_number_not_found", recipient_not_found, "/to/phone"},
    StytchErrorRule{"email_not_found", recipient_not_found, "/to/email"},
    StytchErrorRule{"user_not_found", recipient_not_found, "/to/user_ids/stytch"},
    StytchErrorRule{"session_not_found", invalid_request, "/vendor_fields/stytch/session_token"},

    // 429
    StytchErrorRule{"too_many_requests", rate_limited},
    // The user is locked after failed checks; waiting a little does not help.
    StytchErrorRule{"user_lock_limit_reached", recipient_throttled, {}, Outcome::too_many_attempts},
    StytchErrorRule{"captcha_failed", blocked_by_fraud_guard},
    StytchErrorRule{"too_few_tokens_authenticated", blocked_by_fraud_guard},

    // 403
    StytchErrorRule{"captcha_required", blocked_by_fraud_guard},
    StytchErrorRule{"use_https", config_invalid},
    StytchErrorRule{"organization_suspended", permission_denied},
    StytchErrorRule{"email_in_denylist", destination_blocked, "/to/email"},
    StytchErrorRule{"email_not_in_allowlist", destination_blocked, "/to/email"},

    // 400, and those whose status no document tells
    StytchErrorRule{"invalid_phone_number", invalid_recipient, "/to/phone"},
    // "invalid, unsupported, or disabled": the account's list of countries
    StytchErrorRule{"invalid_phone_number_country_code", destination_blocked, "/to/phone"},
    StytchErrorRule{"invalid_phone_number_sandbox", invalid_recipient, "/to/phone"},
    StytchErrorRule{"invalid_phone_number_docs", invalid_recipient, "/to/phone"},
    StytchErrorRule{"missing_sms_parameter", invalid_request},
    StytchErrorRule{"invalid_expiration", invalid_request, "/expires_in"},
    StytchErrorRule{"invalid_expiration_otp", invalid_request, "/expires_in"},
    StytchErrorRule{"invalid_locale", invalid_request, "/locale"},
    StytchErrorRule{"invalid_method_id", invalid_request, "/handle/references/method_id"},
    StytchErrorRule{"invalid_code", invalid_request, "/code"},
    StytchErrorRule{"invalid_ip_address", invalid_request, "/client/ip_address"},
    StytchErrorRule{"invalid_user_agent", invalid_request, "/client/user_agent"},
    // The person replied STOP.
    StytchErrorRule{"unsubscribed_phone_number", destination_blocked, "/to/phone"},
    // A 400, yet "could be temporary"
    StytchErrorRule{"downstream_carrier_error", unavailable},
    StytchErrorRule{"billing_not_verified", permission_denied},
    StytchErrorRule{"billing_not_verified_for_email", permission_denied},
    StytchErrorRule{"country_code_allowlist_billing_not_verified", destination_blocked},
    StytchErrorRule{"duplicate_phone_number", recipient_conflict, "/to/phone"},
    StytchErrorRule{"too_many_unverified_factors", recipient_throttled},
    StytchErrorRule{"inactive_email", destination_blocked, "/to/email"},
    StytchErrorRule{"invalid_email", invalid_recipient, "/to/email"},

    // 500
    StytchErrorRule{"internal_server_error", provider_error},
};

/// The first of the members that is a text.
std::string_view first_text(
    boost::json::object const& body, std::string_view name, std::string_view alias
) noexcept {
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
    bool const is_own = url.substr(0, home.size()) == home && common::is_visible_ascii(url);
    return is_own && sent.scrub_code(url) == url ? url : std::string_view();
}

}  // namespace

std::span<StytchErrorRule const> error_rules() noexcept {
    return error_table;
}

StytchErrorRule const* find_error_rule(std::string_view error_type) noexcept {
    auto const* const row =
        std::find_if(error_table.begin(), error_table.end(), [error_type](auto const& rule) {
            return rule.error_type == error_type;
        });
    return row == error_table.end() ? nullptr : row;
}

common::Refusal read_refusal(HttpResponse const& response, AttemptContext const& context) {
    common::StackJson memory;
    auto const json = common::parse_json_object(response.body, memory);
    common::RefusalBody body;
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
        body.code.empty() ? common::source_of_foreign_body(response) : common::BodySource::vendor;
    auto const* const rule = find_error_rule(body.code);
    body.unknown_code = rule == nullptr && !body.code.empty();
    if (rule != nullptr) {
        body.category = rule->category;
        if (!common::is_success_status(response.status)) body.outcome = rule->outcome;
        if (!rule->field.empty()) {
            auto message = context.sent.scrub_text(body.message);
            if (message.empty()) message = describe(rule->category);
            body.violations.push_back(FieldViolation{std::string(rule->field), std::move(message)});
        }
    }
    // The body's status_code repeats the HTTP status; where they differ, HTTP is right.
    auto refusal = common::judge_refusal(response, std::move(body), {}, context);
    refusal.error.documentation_url = page_of(link, context.sent);
    return refusal;
}

}  // namespace otp::stytch
