#include "adapter/foreign_body.hpp"

#include "adapter/body_format.hpp"

#include <otp/adapter/refusal.hpp>
#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <string>

namespace otp::adapter {
namespace {

bool is_html(HttpResponse const& response) {
    auto const type = response.headers.find("content-type");
    return (type && contains_word(*type, "html")) || contains_word(response.body, "<html") ||
           contains_word(response.body, "<!doctype html");
}

/// What a body that is no JSON is; an empty one is only taken for a page.
std::string_view name_of_text(HttpResponse const& response) {
    if (is_html(response)) return "HTML";
    auto const format = format_of_no_json(response.body);
    return format.empty() ? "text" : format;
}

bool is_blank(std::string_view body) {
    return body.find_first_not_of(" \t\r\n") == body.npos;
}

}  // namespace

std::string foreign_body_message(BodySource source, HttpResponse const& response) {
    if (!response.body_problem.empty()) {
        return "the body could not be read (" + response.body_problem +
               "), so nobody knows whose it is: " + std::string(who_answers);
    }
    std::string message = "the answer is ";
    if (source == BodySource::other_json) {
        message += "JSON, but in no format of the vendor's: ";
    } else {
        message += name_of_text(response);
        message += " and not the vendor's: ";
    }
    return message.append(who_answers);
}

BodySource source_of_foreign_body(HttpResponse const& response) {
    if (!response.body_problem.empty()) return BodySource::other_text;
    if (is_blank(response.body)) {
        return is_html(response) ? BodySource::other_text : BodySource::nobody;
    }
    return parse_json_body(response.body) ? BodySource::other_json : BodySource::other_text;
}

}  // namespace otp::adapter
