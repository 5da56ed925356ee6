#include "request_body.hpp"

#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>

namespace otp::mocks {
namespace {

namespace json = boost::json;

bool fits(json::value const& value, FieldType type) {
    switch (type) {
        case FieldType::string:
            return value.is_string();
        case FieldType::integer:
            return value.is_int64() || value.is_uint64();
        case FieldType::boolean:
            return value.is_bool();
        case FieldType::object:
            return value.is_object();
        case FieldType::string_or_null:
            return value.is_string() || value.is_null();
    }
    return false;
}

std::optional<std::string> form_decoded(std::string text) {
    std::ranges::replace(text, '+', ' ');
    return percent_decoded(text);
}

}  // namespace

JsonRequestBody read_json_body(MockRequest const& request) {
    JsonRequestBody result;
    if (request.media_type() != "application/json") {
        result.problem = BodyProblem::media_type;
        return result;
    }
    boost::system::error_code error;
    auto value = json::parse(request.body, error);
    if (error) {
        result.problem = BodyProblem::syntax;
    } else if (!value.is_object()) {
        result.problem = BodyProblem::not_an_object;
    } else {
        result.object = std::move(value.get_object());
    }
    return result;
}

std::vector<FieldProblem> check_fields(json::object const& body, std::span<FieldRule const> rules) {
    std::vector<FieldProblem> problems;
    for (FieldRule const& rule : rules) {
        auto const* value = body.if_contains(rule.name);
        bool const missing = value == nullptr || (value->is_null() && !fits(*value, rule.type));
        if (missing && rule.required) {
            problems.push_back({FieldProblem::Kind::missing, std::string(rule.name)});
        } else if (value != nullptr && !fits(*value, rule.type)) {
            problems.push_back({FieldProblem::Kind::wrong_type, std::string(rule.name)});
        }
    }
    for (auto const& member : body) {
        std::string_view const name = member.key();
        if (std::ranges::none_of(rules, [&](FieldRule const& rule) { return rule.name == name; })) {
            problems.push_back({FieldProblem::Kind::unknown, std::string(name)});
        }
    }
    return problems;
}

std::optional<std::string> text_of(json::object const& body, std::string_view name) {
    auto const* value = body.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

std::optional<std::map<std::string, std::string>> read_form_body(MockRequest const& request) {
    if (request.media_type() != "application/x-www-form-urlencoded") return std::nullopt;
    std::map<std::string, std::string> fields;
    std::string_view rest = request.body;
    while (!rest.empty()) {
        auto const end = std::min(rest.find('&'), rest.size());
        auto const field = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        auto const equals = field.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        auto name = form_decoded(std::string(field.substr(0, equals)));
        auto value = form_decoded(std::string(field.substr(equals + 1)));
        if (!name || !value) return std::nullopt;
        if (!fields.emplace(std::move(*name), std::move(*value)).second) return std::nullopt;
    }
    return fields;
}

}  // namespace otp::mocks
