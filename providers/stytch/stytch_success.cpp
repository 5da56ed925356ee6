#include "stytch/stytch_success.hpp"

#include "common/text_check.hpp"

#include <otp/json_body.hpp>

#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <cstddef>

namespace otp::stytch {

namespace json = boost::json;

namespace {

constexpr int http_ok = 200;
constexpr std::size_t max_id = 255;

/// The value as text; empty for every other type, and for text with a NUL.
std::string_view as_text(json::value const& value) noexcept {
    auto const* const text = value.if_string();
    if (text == nullptr) return {};
    std::string_view const view(text->data(), text->size());
    return view.find('\0') == std::string_view::npos ? view : std::string_view();
}

}  // namespace

StytchSuccess read_success(json::object const& body, std::string_view method_id_name) noexcept {
    StytchSuccess success;
    for (auto const& member : body) {
        std::string_view const name(member.key().data(), member.key().size());
        auto const& value = member.value();
        if (name == "request_id") {
            success.request_id = as_text(value);
        } else if (name == "user_id") {
            success.user_id = as_text(value);
        } else if (name == method_id_name) {
            success.method_id = as_text(value);
        } else if (name == "status_code") {
            // It repeats the HTTP status, as a number or as text; it must not contradict it.
            if (integer_member(body, name) != http_ok) success.problem = "status_code is not 200";
        } else if (name == "session_token" || name == "session_jwt") {
            if (!value.is_null() && !value.is_string()) success.problem = "the session is no text";
            (name == "session_jwt" ? success.session_jwt : success.session_token) = as_text(value);
        } else if (name == "error_type" || name == "error") {
            success.names_an_error |= !value.is_null();
        }
    }
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
