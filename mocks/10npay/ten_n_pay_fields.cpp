#include "10npay/ten_n_pay_fields.hpp"

#include "wire/recipient_shape.hpp"

#include <boost/json/array.hpp>

#include <limits>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

/// ASP.NET's spelling of a field's name in error keys.
std::string pascal_case(std::string name) {
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') {
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
    }
    return name;
}

char const* text_for(FieldProblem::Kind kind) {
    switch (kind) {
        case FieldProblem::Kind::missing:
            return "is required.";
        case FieldProblem::Kind::unknown:
            return "is unknown.";
        case FieldProblem::Kind::wrong_type:
            break;
    }
    return "has the wrong type.";
}

void add(json::object& errors, std::string const& field, std::string const& text) {
    errors[field] = json::array{json::value(text)};
}

/// What is wrong with the values of fields that are there.
json::object value_errors(json::object const& body) {
    json::object errors;
    auto const id = ten_n_pay_number(body.at("id"));
    if (id < 1 || id > std::numeric_limits<std::int32_t>::max()) {
        add(errors, "Id", "The Id field must be between 1 and 2147483647.");
    }
    if (auto const* type = body.if_contains("correlationType")) {
        auto const number = ten_n_pay_number(*type);
        if (number != 0 && number != 1) {
            add(errors, "CorrelationType", "The CorrelationType field is invalid.");
        }
    }
    auto const phone = text_of(body, "phoneNumber");
    if (phone && !is_e164(*phone)) {
        add(errors, "PhoneNumber", "The PhoneNumber field is not a valid phone number.");
    }
    if (text_of(body, "code") == "") add(errors, "Code", "The Code field is required.");
    return errors;
}

}  // namespace

std::int64_t ten_n_pay_number(json::value const& value) {
    auto const* number = value.if_int64();
    return number == nullptr ? -1 : *number;
}

json::object ten_n_pay_field_errors(json::object const& body, std::span<FieldRule const> rules) {
    json::object errors;
    for (FieldProblem const& problem : check_fields(body, rules)) {
        auto const name = pascal_case(problem.field);
        add(errors, name, "The " + name + " field " + text_for(problem.kind));
    }
    return errors.empty() ? value_errors(body) : errors;
}

}  // namespace otp::mocks
