#include "http/wire/plain_response.hpp"

#include "http/wire/character_set.hpp"
#include "model/ascii.hpp"
#include "model/printable_ascii.hpp"
#include "model/whole_number.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace otp::http {
namespace {

constexpr std::string_view line_end = "\r\n";

/// Takes the text before the next line end off `rest`; nothing if none comes.
std::optional<std::string_view> take_line(std::string_view& rest) {
    auto const end = rest.find('\r');
    if (end == rest.npos || end + 1 == rest.size() || rest[end + 1] != '\n') return {};
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end + line_end.size());
    return line;
}

/// The status of `HTTP/1.1 200 OK`; nothing if it is none of a final response with a body.
std::optional<int> final_status(std::string_view line) {
    constexpr std::string_view version = "HTTP/1.1 ";
    constexpr std::size_t digits = 3;
    if (!line.starts_with(version)) return {};
    line.remove_prefix(version.size());
    if (line.size() <= digits || line[digits] != ' ' || !model::is_printable_ascii(line)) return {};
    auto const status = model::read_whole_number<int>(line.substr(0, digits));
    if (!status || *status < 200 || *status > 599 || *status == 204 || *status == 304) return {};
    return status;
}

struct Field {
    std::string_view name;
    std::string_view value;
};

/// The parts of `Server: nginx`; nothing if it takes more than a glance to tell them.
std::optional<Field> split_field(std::string_view line) {
    auto const colon = line.find(':');
    if (colon == 0 || colon == line.npos) return {};
    Field field{line.substr(0, colon), line.substr(colon + 1)};
    if (field.value.starts_with(' ')) field.value.remove_prefix(1);
    if (field.value.empty() || field.value.front() == ' ' || field.value.back() == ' ') return {};
    if (!consists_of(field.name, token_characters) || !model::is_printable_ascii(field.value)) {
        return {};
    }
    return field;
}

/// Without regard to case.
bool is_same(std::string_view text, std::string_view expected) {
    // Nearly all are written as they are here.
    return text == expected || model::equal_ignoring_case(text, expected);
}

/// Whether a field other than Content-Length has a say in how the message is read or what becomes
/// of the connection. Told by the length of the name first, which rules most of them out.
bool has_a_say(Field const& field) {
    switch (field.name.size()) {
        case 7:
            return is_same(field.name, "Upgrade");
        case 10:
            if (is_same(field.name, "Connection")) return !is_same(field.value, "keep-alive");
            return is_same(field.name, "Keep-Alive");
        case 16:
            return is_same(field.name, "Content-Encoding") ||
                   is_same(field.name, "Proxy-Connection");
        case 17:
            return is_same(field.name, "Transfer-Encoding");
        default:
            return false;
    }
}

}  // namespace

std::optional<HttpResponse> read_plain_response(std::string_view bytes, HttpLimits const& limits) {
    std::string_view rest = bytes;
    auto const status_line = take_line(rest);
    if (!status_line) return {};
    auto const status = final_status(*status_line);
    if (!status) return {};

    HttpHeaders headers;
    headers.reserve(12, 512);
    std::optional<std::size_t> length;
    for (;;) {
        auto const line = take_line(rest);
        if (!line) return {};
        if (line->empty()) break;
        auto const field = split_field(*line);
        if (!field || headers.size() >= limits.max_header_fields) return {};
        if (is_same(field->name, "Content-Length")) {
            if (length) return {};
            length = model::read_whole_number<std::size_t>(field->value);
            if (!length) return {};
        } else if (has_a_say(*field)) {
            return {};
        }
        headers.append(field->name, field->value);
    }
    if (length != rest.size() || rest.size() > limits.max_body_bytes) return {};
    if (bytes.size() - rest.size() >= limits.max_header_bytes) return {};
    return std::optional<HttpResponse>(
        std::in_place, *status, std::move(headers), std::string(rest)
    );
}

}  // namespace otp::http
