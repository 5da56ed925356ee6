#include "stytch/stytch_request.hpp"

#include "stytch/stytch_error.hpp"
#include "wire/json_fields.hpp"
#include "wire/numeric_address.hpp"
#include "wire/recipient_shape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace otp::mocks {
namespace {

namespace json = boost::json;

// https://stytch.com/docs/api/send-otp-by-sms; emails have the first four only.
constexpr std::array<std::string_view, 16> locales{
    "en",
    "es",
    "pt-br",
    "fr",
    "it",
    "de-DE",
    "zh-Hans",
    "ca-ES",
    "ja",
    "ru",
    "nl",
    "pl",
    "tr",
    "fa",
    "vi",
    "cs"};
constexpr std::size_t email_locales = 4;

std::vector<FieldRule> rules_of(StytchCall const& call) {
    if (call.operation == StytchOperation::authenticate) {
        return {
            {"method_id", FieldType::string, true},
            {"code", FieldType::string, true},
            {"attributes", FieldType::object, false},
            {"options", FieldType::object, false},
            {"session_token", FieldType::string, false},
            {"session_duration_minutes", FieldType::integer, false},
            {"session_jwt", FieldType::string, false},
            {"session_custom_claims", FieldType::object, false},
            {"telemetry_id", FieldType::string, false}};
    }
    bool const email = call.channel == "email";
    std::vector<FieldRule> rules{
        {email ? "email" : "phone_number", FieldType::string, true},
        {"expiration_minutes", FieldType::integer, false},
        {"attributes", FieldType::object, false},
        {"locale", FieldType::string, false}};
    if (email) {
        rules.push_back({"login_template_id", FieldType::string, false});
        rules.push_back({"signup_template_id", FieldType::string, false});
    }
    if (call.operation == StytchOperation::send) {
        rules.push_back({"user_id", FieldType::string, false});
        rules.push_back({"session_token", FieldType::string, false});
        rules.push_back({"session_jwt", FieldType::string, false});
    } else {
        rules.push_back({"create_user_as_pending", FieldType::boolean, false});
    }
    return rules;
}

std::string_view error_of(FieldProblem const& problem) {
    if (problem.kind != FieldProblem::Kind::unknown) {
        if (problem.field == "phone_number") return "invalid_phone_number";
        if (problem.field == "email") return "invalid_email";
        if (problem.field == "expiration_minutes") return "invalid_expiration_otp";
        if (problem.field == "locale") return "invalid_locale";
        if (problem.field == "method_id") return "invalid_method_id";
        if (problem.field == "code") return "invalid_code";
    }
    return "bad_request";
}

bool in_range(json::object const& body, char const* field, std::int64_t min, std::int64_t max) {
    auto const* value = body.if_contains(field);
    if (value == nullptr) return true;
    auto const* number = value->if_int64();
    return number != nullptr && *number >= min && *number <= max;
}

VendorDocument const& document_of(StytchCall const& call) {
    return call.operation == StytchOperation::authenticate ? stytch_verify_document
                                                           : stytch_send_document;
}

/// The refusal of an object that has wrong members; nothing if it has none. `parent`: where it
/// stands in the body, with `/` at its end; empty for the body itself.
std::optional<Refusal> refuse_members(
    json::object const& object,
    std::span<FieldRule const> rules,
    VendorDocument const& document,
    std::string const& parent = {}
) {
    auto problems = check_fields(object, rules);
    if (problems.empty()) return std::nullopt;
    auto& first = problems.front();
    auto const error = parent.empty() ? error_of(first) : std::string_view("bad_request");
    auto why = document.member(first);
    if (why.broken_by.starts_with("body /")) why.broken_by.insert(6, parent);
    return stytch_error(error, std::move(why));
}

std::optional<Refusal> refuse_attributes(json::object const& body, VendorDocument const& document) {
    auto const* attributes = body.if_contains("attributes");
    if (attributes == nullptr) return std::nullopt;
    constexpr std::array<FieldRule, 2> rules{
        FieldRule{"ip_address", FieldType::string, false},
        FieldRule{"user_agent", FieldType::string, false}};
    auto const& object = attributes->get_object();
    if (auto refused = refuse_members(object, rules, document, "attributes/")) return refused;
    auto const address = text_of(object, "ip_address");
    if (address && !is_numeric_address(*address)) return stytch_error("invalid_ip_address");
    if (text_of(object, "user_agent") == "") return stytch_error("invalid_user_agent");
    return std::nullopt;
}

std::optional<Refusal> refuse_options(json::object const& body, VendorDocument const& document) {
    auto const* options = body.if_contains("options");
    if (options == nullptr) return std::nullopt;
    constexpr std::array<FieldRule, 2> rules{
        FieldRule{"ip_match_required", FieldType::boolean, false},
        FieldRule{"user_agent_match_required", FieldType::boolean, false}};
    return refuse_members(options->get_object(), rules, document, "options/");
}

}  // namespace

std::optional<StytchCall> parse_stytch_path(std::string_view path) {
    constexpr std::string_view prefix = "/v1/otps/";
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    if (path == "authenticate") return StytchCall{StytchOperation::authenticate, {}};
    auto const slash = std::min(path.find('/'), path.size());
    std::string channel(path.substr(0, slash));
    auto const operation = path.substr(slash);
    if (channel != "sms" && channel != "whatsapp" && channel != "email") return std::nullopt;
    if (operation == "/send") return StytchCall{StytchOperation::send, std::move(channel)};
    if (operation == "/login_or_create") {
        return StytchCall{StytchOperation::login_or_create, std::move(channel)};
    }
    return std::nullopt;
}

std::optional<Refusal> refuse_stytch_body(StytchCall const& call, json::object const& body) {
    auto const& document = document_of(call);
    if (auto refused = refuse_members(body, rules_of(call), document)) return refused;
    auto const phone = text_of(body, "phone_number");
    if (phone && !is_e164(*phone)) return stytch_error("invalid_phone_number");
    auto const email = text_of(body, "email");
    if (email && !is_email(*email)) return stytch_error("invalid_email");
    if (!in_range(body, "expiration_minutes", 1, 10)) return stytch_error("invalid_expiration_otp");
    if (!in_range(body, "session_duration_minutes", 5, 527040)) {
        return stytch_error(
            "bad_request",
            document.member(
                "session_duration_minutes", "The session_duration_minutes must be 5 to 527040."
            )
        );
    }
    auto const locale = text_of(body, "locale");
    auto const known =
        std::span(locales).first(call.channel == "email" ? email_locales : locales.size());
    if (locale && std::ranges::find(known, *locale) == known.end()) {
        return stytch_error("invalid_locale");
    }
    if (text_of(body, "code") == "") return stytch_error("invalid_code");
    if (auto refused = refuse_attributes(body, document)) return refused;
    return refuse_options(body, document);
}

}  // namespace otp::mocks
