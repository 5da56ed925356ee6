#include "stytch/stytch_success.hpp"

#include "common/json_members.hpp"
#include "common/text_check.hpp"

#include <cstddef>

namespace otp::stytch {
namespace {

using common::JsonMember;

constexpr int http_ok = 200;
constexpr std::size_t max_id = 255;

/// It repeats the HTTP status, as a number or as text.
bool is_ok(JsonMember const& status_code) noexcept {
    return status_code.kind == JsonMember::Kind::integer
               ? status_code.integer == http_ok
               : common::parse_integer(status_code.text) == http_ok;
}

void take(StytchSuccess& success, JsonMember const& member, std::string_view method_id_name) {
    auto const& [name, kind, text, integer] = member;
    auto const as_text = kind == JsonMember::Kind::text ? text : std::string_view();
    if (name == "request_id") {
        success.request_id = as_text;
    } else if (name == "user_id") {
        success.user_id = as_text;
    } else if (name == method_id_name) {
        success.method_id = as_text;
    } else if (name == "status_code") {
        if (!is_ok(member)) success.problem = "status_code is not 200";
    } else if (name == "session_token" || name == "session_jwt") {
        bool const is_session = kind == JsonMember::Kind::null || kind == JsonMember::Kind::text;
        if (!is_session) success.problem = "the session is no text";
        (name == "session_jwt" ? success.session_jwt : success.session_token) = as_text;
    } else if (name == "error_type" || name == "error") {
        success.names_an_error |= kind != JsonMember::Kind::null;
    }
}

}  // namespace

Result<StytchSuccess> read_success(
    std::string_view body, std::string_view method_id_name, common::StackJson& memory
) {
    StytchSuccess success;
    auto unreadable = common::visit_json_members(body, memory, [&](JsonMember const& member) {
        take(success, member, method_id_name);
    });
    if (unreadable) return std::move(*unreadable);
    if (success.names_an_error) {
        success.problem = "it names an error";
    } else if (success.request_id.empty()) {
        success.problem = "request_id is missing";
    } else if (success.user_id.empty()) {
        success.problem = "user_id is missing";
    } else if (!is_stytch_id(success.method_id)) {
        success.problem = "the id of the phone number or email address is missing";
    }
    return success;
}

bool is_stytch_id(std::string_view text) noexcept {
    return text.size() <= max_id && common::is_visible_ascii(text);
}

}  // namespace otp::stytch
