#include <otp/adapter/fastapi_error.hpp>
#include <otp/json_body.hpp>

#include <boost/json/array.hpp>

#include <string>

namespace otp::adapter {
namespace {

std::string pointer_of(boost::json::value const* location, SentTexts const& sent) {
    std::string pointer;
    auto const* const steps = location == nullptr ? nullptr : location->if_array();
    if (steps == nullptr) return pointer;
    for (auto const& step : *steps) {
        if (auto const* const name = step.if_string()) {
            std::string_view const view(name->data(), name->size());
            pointer = append_json_pointer(pointer, sent.scrub_text(view));
        } else if (auto const* const index = step.if_int64(); index != nullptr) {
            pointer = append_json_pointer(pointer, sent.scrub_text(std::to_string(*index)));
        }
    }
    return pointer;
}

void read_validation_errors(
    boost::json::array const& details, SentTexts const& sent, FastApiError& error
) {
    for (auto const& item : details) {
        auto const* const object = item.if_object();
        if (object == nullptr) continue;
        auto const message = string_member(*object, "msg");
        if (!error.message) error.message = message;
        if (!error.code) error.code = string_member(*object, "type");
        error.violations.push_back(
            {pointer_of(object->if_contains("loc"), sent), sent.scrub_text(message.value_or(""))}
        );
    }
}

}  // namespace

std::optional<FastApiError> read_fastapi_error(
    boost::json::object const& body, SentTexts const& sent
) {
    auto const* const detail = body.if_contains("detail");
    if (detail == nullptr || detail->is_null()) return std::nullopt;
    FastApiError error;
    error.message = string_member(body, "detail");
    if (auto const* const list = detail->if_array()) read_validation_errors(*list, sent, error);
    if (auto const* const object = detail->if_object()) {
        for (auto const name : {"message", "msg", "error"}) {
            if (!error.message) error.message = string_member(*object, name);
        }
        error.code = string_member(*object, "code");
    }
    return error;
}

}  // namespace otp::adapter
