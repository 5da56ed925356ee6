#include <otp/adapter/problem_details.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>

#include <string>

namespace otp::adapter {
namespace {

/// SpherePay: `[{"detail": …, "pointer"|"parameter"|"header": …}]`.
void read_error_list(
    boost::json::array const& errors, SentTexts const& sent, ProblemDetails& problem
) {
    for (auto const& item : errors) {
        auto const* const object = item.if_object();
        if (object == nullptr) continue;
        auto const detail = string_member(*object, "detail");
        if (!detail) continue;
        std::string pointer;
        if (auto const place = string_member(*object, "pointer")) {
            pointer = sent.scrub_text(*place);
        } else if (auto const parameter = string_member(*object, "parameter")) {
            pointer = append_json_pointer("/parameters", sent.scrub_text(*parameter));
        } else if (auto const header = string_member(*object, "header")) {
            pointer = append_json_pointer("/headers", sent.scrub_text(*header));
        }
        problem.violations.push_back({std::move(pointer), sent.scrub_text(*detail)});
    }
}

/// ASP.NET Core: `{"Code": ["The Code field is required."], "Error": ["Invalid code."]}`.
void read_error_map(
    boost::json::object const& errors, SentTexts const& sent, ProblemDetails& problem
) {
    for (auto const& member : errors) {
        // clang 14 cannot capture a structured binding.
        auto const field = member.key();
        auto const& messages = member.value();
        bool const general = field == "Error";
        auto const add = [&](boost::json::value const& message) {
            auto const* const text = message.if_string();
            if (text == nullptr) return;
            std::string_view const view(text->data(), text->size());
            if (general && !problem.general_error) problem.general_error = view;
            std::string pointer;
            if (!general) {
                pointer = append_json_pointer(
                    "", sent.scrub_text(std::string_view(field.data(), field.size()))
                );
            }
            problem.violations.push_back({std::move(pointer), sent.scrub_text(view)});
        };
        if (auto const* const list = messages.if_array()) {
            for (auto const& message : *list) add(message);
        } else {
            add(messages);
        }
    }
}

}  // namespace

ProblemDetails read_problem_details(boost::json::object const& body, SentTexts const& sent) {
    ProblemDetails problem;
    problem.title = string_member(body, "title");
    problem.detail = string_member(body, "detail");
    problem.code = string_member(body, "code");
    problem.trace_id = string_member(body, "correlationId");
    if (!problem.trace_id) problem.trace_id = string_member(body, "traceId");
    if (auto const* const errors = body.if_contains("errors")) {
        if (auto const* const list = errors->if_array()) read_error_list(*list, sent, problem);
        if (auto const* const map = errors->if_object()) read_error_map(*map, sent, problem);
    }
    return problem;
}

}  // namespace otp::adapter
