#include "wire/json_fields.hpp"

#include <algorithm>
#include <cstddef>

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

std::string_view words_for(FieldType type) {
    switch (type) {
        case FieldType::string:
            return "a string";
        case FieldType::integer:
            return "a whole number";
        case FieldType::boolean:
            return "true or false";
        case FieldType::object:
            return "an object";
        case FieldType::string_or_null:
            return "a string or null";
    }
    return {};
}

std::string demand_of(FieldRule const& rule) {
    std::string text = "The member ";
    text += rule.name;
    text += rule.required ? " is required, " : " may be left out; otherwise it must be ";
    text += words_for(rule.type);
    return text + ".";
}

/// What is demanded of a body that has a member which no rule knows.
std::string known_members(std::span<FieldRule const> rules) {
    std::string text = "The document knows no other members than ";
    for (std::size_t at = 0; at < rules.size(); ++at) {
        if (at > 0) text += at + 1 == rules.size() ? " and " : ", ";
        text += rules[at].name;
    }
    return text + ".";
}

}  // namespace

std::vector<FieldProblem> check_fields(json::object const& body, std::span<FieldRule const> rules) {
    std::vector<FieldProblem> problems;
    for (FieldRule const& rule : rules) {
        auto const* value = body.if_contains(rule.name);
        bool const missing = value == nullptr || (value->is_null() && !fits(*value, rule.type));
        if (missing && rule.required) {
            problems.push_back(
                {FieldProblem::Kind::missing, std::string(rule.name), demand_of(rule)}
            );
        } else if (value != nullptr && !fits(*value, rule.type)) {
            problems.push_back(
                {FieldProblem::Kind::wrong_type, std::string(rule.name), demand_of(rule)}
            );
        }
    }
    for (auto const& member : body) {
        std::string_view const name = member.key();
        if (std::ranges::none_of(rules, [&](FieldRule const& rule) { return rule.name == name; })) {
            problems.push_back(
                {FieldProblem::Kind::unknown, std::string(name), known_members(rules)}
            );
        }
    }
    return problems;
}

std::optional<std::string> text_of(json::object const& body, std::string_view name) {
    auto const* value = body.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

std::string name_in(json::object const& body, std::string_view name) {
    constexpr std::size_t longest = 255;
    auto text = text_of(body, name).value_or("");
    return text.size() <= longest ? text : std::string();
}

}  // namespace otp::mocks
