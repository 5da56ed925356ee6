#include "loyaltydog/fastapi_errors.hpp"

#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

MockResponse validation_error(json::array detail) {
    return json_response(422, {{"detail", std::move(detail)}});
}

}  // namespace

void FastApiErrors::check_members(std::span<FieldRule const> rules) {
    for (FieldProblem const& problem : check_fields(body_, rules)) {
        auto why = document_.member(problem);
        switch (problem.kind) {
            case FieldProblem::Kind::missing:
                add(problem.field, "missing", "Field required", body_, std::move(why));
                break;
            case FieldProblem::Kind::unknown:
                add(problem.field,
                    "extra_forbidden",
                    "Extra inputs are not permitted",
                    body_.at(problem.field),
                    std::move(why));
                break;
            case FieldProblem::Kind::wrong_type:
                add(problem.field,
                    "string_type",
                    "Input should be a valid string",
                    body_.at(problem.field),
                    std::move(why));
                break;
        }
    }
}

void FastApiErrors::check_length(std::string_view field, std::size_t min, std::size_t max) {
    auto const text = text_of(body_, field);
    if (!text || (text->size() >= min && text->size() <= max)) return;
    bool const is_short = text->size() < min;
    auto const limit = std::to_string(is_short ? min : max);
    auto const rule = std::string("at ") + (is_short ? "least " : "most ") + limit + " characters";
    add(field,
        is_short ? "string_too_short" : "string_too_long",
        "String should have " + rule,
        json::value(*text),
        document_.member(field, "The " + std::string(field) + " must have " + rule + "."));
    errors_.back().as_object()["ctx"] =
        is_short ? json::object{{"min_length", min}} : json::object{{"max_length", max}};
}

void FastApiErrors::add_mismatch(
    std::string_view field, std::string_view pattern, std::string demands
) {
    add(field,
        "string_pattern_mismatch",
        "String should match pattern '" + std::string(pattern) + "'",
        body_.at(field),
        document_.member(field, std::move(demands)));
}

void FastApiErrors::add(
    std::string_view field,
    std::string_view type,
    std::string_view message,
    json::value input,
    Explanation why
) {
    errors_.push_back(json::object{
        {"loc", json::array{"body", field}},
        {"msg", message},
        {"type", type},
        {"input", std::move(input)}});
    if (!first_) first_ = std::move(why);
}

std::optional<Refusal> FastApiErrors::refusal() && {
    if (!first_) return std::nullopt;
    return Refusal(validation_error(std::move(errors_)), std::move(*first_));
}

Refusal fastapi_body_error(
    MockRequest const& request, BodyProblem problem, VendorDocument const& document
) {
    if (problem == BodyProblem::syntax) {
        auto response = validation_error(json::array{json::object{
            {"loc", json::array{"body", 0}},
            {"msg", "JSON decode error"},
            {"type", "json_invalid"},
            {"input", json::object()},
            {"ctx", json::object{{"error", "Expecting value"}}}}});
        return {std::move(response), document.body(problem)};
    }
    auto response = validation_error(json::array{json::object{
        {"loc", json::array{"body"}},
        {"msg", "Input should be a valid dictionary or object to extract fields from"},
        {"type", "model_attributes_type"},
        {"input", request.body}}});
    return {std::move(response), document.body(problem)};
}

}  // namespace otp::mocks
