#include "adapter/body_format.hpp"

#include <otp/adapter/text_check.hpp>
#include <otp/json_body.hpp>

#include <algorithm>
#include <array>

namespace otp::adapter {
namespace {

using namespace std::string_view_literals;

/// RFC 1952 2.3.1, RFC 8878 3.1.1, and RFC 1950 2.2 with the usual window.
constexpr std::array compressed{
    "\x1F\x8B"sv, "\x28\xB5\x2F\xFD"sv, "x\x01"sv, "x\x9C"sv, "x\xDA"sv};

constexpr std::array html_marks{
    "<html"sv, "<!doctype html"sv, "<head"sv, "<body"sv, "<title"sv, "<h1"sv, "<p>"sv};

std::string_view without_mark_and_blanks(std::string_view body) noexcept {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
    body.remove_prefix(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
    return body;
}

bool is_text(std::string_view body) noexcept {
    return is_utf8(body) && body.find('\0') == body.npos;
}

}  // namespace

bool looks_like_html(std::string_view text) noexcept {
    return std::any_of(html_marks.begin(), html_marks.end(), [text](std::string_view mark) {
        return contains_word(text, mark);
    });
}

std::string_view format_of_no_json(std::string_view body) {
    auto const text = without_mark_and_blanks(body);
    if (text.empty()) return "empty";
    // `null` and `true` are JSON, too.
    if (parse_json_body(text)) return {};
    if ("{[\""sv.find(text.front()) != std::string_view::npos) return {};
    if (text.front() == '<') return looks_like_html(text) ? "HTML" : "XML";
    bool const is_compressed =
        std::any_of(compressed.begin(), compressed.end(), [text](std::string_view beginning) {
            return text.starts_with(beginning);
        });
    if (is_compressed) return "compressed bytes";
    return is_text(text) ? "text" : "bytes that are no text";
}

std::string message_of_no_json(std::string_view format) {
    std::string message = "the body is ";
    message += format;
    message += ", not JSON: ";
    message += who_answers;
    return message;
}

}  // namespace otp::adapter
