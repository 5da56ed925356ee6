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
        switch (problem.kind) {
            case FieldProblem::Kind::missing:
                add(problem.field, "missing", "Field required", body_);
                break;
            case FieldProblem::Kind::unknown:
                add(problem.field,
                    "extra_forbidden",
                    "Extra inputs are not permitted",
                    body_.at(problem.field));
                break;
            case FieldProblem::Kind::wrong_type:
                add(problem.field,
                    "string_type",
                    "Input should be a valid string",
                    body_.at(problem.field));
                break;
        }
    }
}

void FastApiErrors::check_length(std::string_view field, std::size_t min, std::size_t max) {
    auto const text = text_of(body_, field);
    if (!text || (text->size() >= min && text->size() <= max)) return;
    bool const is_short = text->size() < min;
    auto const limit = std::to_string(is_short ? min : max);
    add(field,
        is_short ? "string_too_short" : "string_too_long",
        std::string("String should have at ") + (is_short ? "least " : "most ") + limit +
            " characters",
        json::value(*text));
    errors_.back().as_object()["ctx"] =
        is_short ? json::object{{"min_length", min}} : json::object{{"max_length", max}};
}

void FastApiErrors::add(
    std::string_view field, std::string_view type, std::string_view message, json::value input
) {
    errors_.push_back(json::object{
        {"loc", json::array{"body", field}},
        {"msg", message},
        {"type", type},
        {"input", std::move(input)}});
}

MockResponse FastApiErrors::response() const {
    return validation_error(errors_);
}

MockResponse fastapi_body_error(MockRequest const& request, BodyProblem problem) {
    if (problem == BodyProblem::syntax) {
        return validation_error(json::array{json::object{
            {"loc", json::array{"body", 0}},
            {"msg", "JSON decode error"},
            {"type", "json_invalid"},
            {"input", json::object()},
            {"ctx", json::object{{"error", "Expecting value"}}}}});
    }
    return validation_error(json::array{json::object{
        {"loc", json::array{"body"}},
        {"msg", "Input should be a valid dictionary or object to extract fields from"},
        {"type", "model_attributes_type"},
        {"input", request.body}}});
}

}  // namespace otp::mocks
