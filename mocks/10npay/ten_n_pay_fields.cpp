#include "10npay/ten_n_pay_fields.hpp"

#include "10npay/ten_n_pay_problem.hpp"
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

/// The wrong members of one body.
class FieldErrors {
public:
    FieldErrors(json::object const& body, VendorDocument const& document)
        : body_(body), document_(document) {}

    void check_members(std::span<FieldRule const> rules) {
        for (FieldProblem const& problem : check_fields(body_, rules)) {
            auto const name = pascal_case(problem.field);
            add(name, "The " + name + " field " + text_for(problem.kind), document_.member(problem)
            );
        }
    }

    /// Of members that are there, and of the right types.
    void check_values() {
        auto const id = ten_n_pay_number(body_.at("id"));
        if (id < 1 || id > std::numeric_limits<std::int32_t>::max()) {
            add("Id",
                "The Id field must be between 1 and 2147483647.",
                document_.member("id", "The id must be a user's: 1 to 2147483647."));
        }
        if (auto const* type = body_.if_contains("correlationType")) {
            auto const number = ten_n_pay_number(*type);
            if (number != 0 && number != 1) {
                add("CorrelationType",
                    "The CorrelationType field is invalid.",
                    document_.member(
                        "correlationType",
                        "The correlationType must be 0 for an individual or 1 for a merchant."
                    ));
            }
        }
        auto const phone = text_of(body_, "phoneNumber");
        if (phone && !is_e164(*phone)) {
            add("PhoneNumber",
                "The PhoneNumber field is not a valid phone number.",
                document_.member(
                    "phoneNumber",
                    "The phoneNumber must be in E.164 format: + with the country's code and the "
                    "number, digits only."
                ));
        }
        if (text_of(body_, "code") == "") {
            add("Code",
                "The Code field is required.",
                document_.member("code", "The code must not be empty."));
        }
    }

    [[nodiscard]] bool empty() const noexcept { return !first_; }

    /// 400, and why the first of them is wrong; nothing if all is well.
    [[nodiscard]] std::optional<Refusal> refusal() && {
        if (!first_) return std::nullopt;
        return ten_n_pay_invalid(std::move(errors_), std::move(*first_));
    }

private:
    void add(std::string const& field, std::string const& text, Explanation why) {
        errors_[field] = json::array{json::value(text)};
        if (!first_) first_ = std::move(why);
    }

    json::object const& body_;
    VendorDocument const& document_;
    json::object errors_;
    std::optional<Explanation> first_;
};

}  // namespace

std::int64_t ten_n_pay_number(json::value const& value) {
    auto const* number = value.if_int64();
    return number == nullptr ? -1 : *number;
}

std::optional<Refusal> refuse_ten_n_pay_fields(
    json::object const& body, std::span<FieldRule const> rules, VendorDocument const& document
) {
    FieldErrors errors(body, document);
    errors.check_members(rules);
    if (errors.empty()) errors.check_values();
    return std::move(errors).refusal();
}

}  // namespace otp::mocks
