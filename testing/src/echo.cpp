#include "target_pattern.hpp"

#include <otp/json_body.hpp>
#include <otp/testing/recording.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

namespace otp::testing {
namespace {

namespace json = boost::json;

std::optional<json::value> text_or_nothing(std::optional<std::string> text) {
    if (!text) return std::nullopt;
    return json::value(*text);
}

std::optional<std::string> part_of_target(
    Recording const& recording, HttpRequest const& request, std::string const& name
) {
    for (auto const& [placeholder, text] :
         match_target(recording.request.target, request.target()).value_or(TargetParts{})) {
        if (placeholder == name) return text;
    }
    return std::nullopt;
}

std::optional<json::value> member_of_body(HttpRequest const& request, std::string const& pointer) {
    if (request.content_type == form_content_type) {
        for (auto const& [name, text] : parse_form(request.body).value_or(FormFields{})) {
            if (append_json_pointer("", name) == pointer) return json::value(text);
        }
        return std::nullopt;
    }
    auto const body = parse_json_body(request.body);
    boost::system::error_code failure;
    auto const* const member = body ? body->find_pointer(pointer, failure) : nullptr;
    return member ? std::optional(*member) : std::nullopt;
}

/// In the type that the answer was recorded with: a path has texts only.
json::value in_type_of(json::value const& recorded, json::value value) {
    if (recorded.is_number() && value.is_string()) {
        std::int64_t number = 0;
        auto const& text = value.get_string();
        auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failure == std::errc() && end == text.data() + text.size()) return number;
    }
    if (recorded.is_string() && value.is_number()) return json::value(json::serialize(value));
    return value;
}

}  // namespace

HttpResponse answer_of(Recording const& recording, HttpRequest const& request) {
    auto const* const recorded = std::get_if<json::value>(&recording.response.body);
    if (recorded == nullptr || recording.echoed.empty()) return recording.response.to_response();
    auto response = recording.response;
    auto& body = std::get<json::value>(response.body);
    for (auto const& echo : recording.echoed) {
        auto value = echo.request.starts_with('{')
                         ? text_or_nothing(part_of_target(recording, request, echo.request))
                         : member_of_body(request, echo.request);
        boost::system::error_code failure;
        auto* const member = body.find_pointer(echo.response, failure);
        if (value && member) *member = in_type_of(*member, std::move(*value));
    }
    return response.to_response();
}

}  // namespace otp::testing
