#include "stytch/stytch_request.hpp"

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

std::optional<std::string_view> attributes_error(json::object const& body) {
    auto const* attributes = body.if_contains("attributes");
    if (attributes == nullptr) return std::nullopt;
    constexpr std::array<FieldRule, 2> rules{
        FieldRule{"ip_address", FieldType::string, false},
        FieldRule{"user_agent", FieldType::string, false}};
    if (!check_fields(attributes->get_object(), rules).empty()) return "bad_request";
    auto const address = text_of(attributes->get_object(), "ip_address");
    if (address && !is_numeric_address(*address)) return "invalid_ip_address";
    if (text_of(attributes->get_object(), "user_agent") == "") return "invalid_user_agent";
    return std::nullopt;
}

std::optional<std::string_view> options_error(json::object const& body) {
    auto const* options = body.if_contains("options");
    if (options == nullptr) return std::nullopt;
    constexpr std::array<FieldRule, 2> rules{
        FieldRule{"ip_match_required", FieldType::boolean, false},
        FieldRule{"user_agent_match_required", FieldType::boolean, false}};
    if (!check_fields(options->get_object(), rules).empty()) return "bad_request";
    return std::nullopt;
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

std::optional<std::string_view> stytch_body_error(
    StytchCall const& call, json::object const& body
) {
    auto const problems = check_fields(body, rules_of(call));
    if (!problems.empty()) return error_of(problems.front());
    auto const phone = text_of(body, "phone_number");
    if (phone && !is_e164(*phone)) return "invalid_phone_number";
    auto const email = text_of(body, "email");
    if (email && !is_email(*email)) return "invalid_email";
    if (!in_range(body, "expiration_minutes", 1, 10)) return "invalid_expiration_otp";
    if (!in_range(body, "session_duration_minutes", 5, 527040)) return "bad_request";
    auto const locale = text_of(body, "locale");
    auto const known =
        std::span(locales).first(call.channel == "email" ? email_locales : locales.size());
    if (locale && std::ranges::find(known, *locale) == known.end()) return "invalid_locale";
    if (text_of(body, "code") == "") return "invalid_code";
    if (auto const error = attributes_error(body)) return error;
    return options_error(body);
}

}  // namespace otp::mocks
