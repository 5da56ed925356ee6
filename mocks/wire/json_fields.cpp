#include "wire/json_fields.hpp"

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

}  // namespace

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

}  // namespace otp::mocks
