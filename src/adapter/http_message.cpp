#include "model/ascii.hpp"
#include "model/base64.hpp"
#include "model/text_pairs.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/secret.hpp>

namespace otp {

namespace {

using model::is_alphanumeric;

/// RFC 3986 2.3.
bool is_unreserved(char c) noexcept {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, std::string_view text) {
    for (char const c : text) {
        if (is_unreserved(c)) {
            out += c;
        } else {
            model::append_percent_encoded(out, c);
        }
    }
}

}  // namespace

std::string_view to_string(HttpMethod method) noexcept {
    switch (method) {
        case HttpMethod::get:
            return "GET";
        case HttpMethod::post:
            return "POST";
        case HttpMethod::put:
            return "PUT";
    }
    return "GET";
}

HttpRequest::HttpRequest(
    HttpMethod request_method, std::string request_target, std::string_view route_template
)
    : method(request_method), route(route_template), target_(std::move(request_target)) {}

HttpRequest::HttpRequest(HttpMethod request_method, std::string_view fixed_route)
    : method(request_method), route(fixed_route) {}

HttpHeaders::HttpHeaders(std::initializer_list<std::pair<std::string_view, std::string_view>> lines
) {
    for (auto const& [name, value] : lines) append(name, value);
}

void HttpHeaders::append(std::string_view name, std::string_view value) {
    model::append_pair(lines_, name, value);
    ++count_;
}

std::optional<std::string_view> HttpHeaders::find(std::string_view name) const noexcept {
    for (std::string_view rest = lines_; !rest.empty();) {
        auto const [line_name, line_value] = model::take_pair(rest);
        if (model::equal_ignoring_case(line_name, name)) return line_value;
    }
    return std::nullopt;
}

std::optional<std::string> HttpHeaders::joined(std::string_view name) const {
    std::optional<std::string> list;
    for (std::string_view rest = lines_; !rest.empty();) {
        auto const [line_name, line_value] = model::take_pair(rest);
        if (!model::equal_ignoring_case(line_name, name)) continue;
        if (list) {
            *list += ", ";
            *list += line_value;
        } else {
            list.emplace(line_value);
        }
    }
    return list;
}

HttpHeaders::const_iterator HttpHeaders::begin() const noexcept {
    return NamedTexts(lines_).begin();
}

HttpHeaders::const_iterator HttpHeaders::end() const noexcept {
    return NamedTexts(lines_).end();
}

void HttpHeaders::reserve(std::size_t lines, std::size_t octets) {
    model::reserve_pairs(lines_, lines, octets);
}

std::string encode_path_segment(std::string_view segment) {
    std::string result;
    result.reserve(segment.size());
    append_encoded(result, segment);
    return result;
}

std::string encode_form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields
) {
    std::string result;
    for (auto const& [name, value] : fields) {
        if (!result.empty()) result += '&';
        append_encoded(result, name);
        result += '=';
        append_encoded(result, value);
    }
    return result;
}

std::string basic_authorization(std::string_view user, std::string_view password) {
    constexpr std::string_view scheme = "Basic ";

    // In one block of its final size: a string that grows would leave copies of the password
    // behind.
    std::string plain;
    plain.reserve(user.size() + 1 + password.size());
    plain += user;
    plain += ':';
    plain += password;

    std::string result(scheme);
    model::append_base64(result, plain);
    wipe_memory(plain.data(), plain.size());
    return result;
}

}  // namespace otp
