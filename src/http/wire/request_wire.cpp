#include "http/wire/request_wire.hpp"

#include "http/wire/character_set.hpp"
#include "model/printable_ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace otp::http {
namespace {

// RFC 3986 3.3 and 3.4: pchar, `/` and `?`.
constexpr CharacterSet target_characters = alphanumerics_and("-._~!$&'()*+,;=:@/?%");

// RFC 9110 5.5, without obs-text: vendors take ASCII.
bool is_header_value(std::string_view value) {
    return model::is_printable_ascii(value) || std::all_of(value.begin(), value.end(), [](char c) {
               return (c >= ' ' && c <= '~') || c == '\t';
           });
}

bool has_dot_segment(std::string_view path) {
    if (path.find('.') == path.npos) return false;
    path = path.substr(0, path.find('?'));
    while (!path.empty()) {
        auto const end = path.find('/', 1);
        auto const segment = path.substr(1, end == path.npos ? path.npos : end - 1);
        if (segment == "." || segment == "..") return true;
        path = end == path.npos ? std::string_view{} : path.substr(end);
    }
    return false;
}

Error refused(std::string message) {
    return Error(ErrorCategory::invalid_request, std::move(message));
}

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits{};
    auto const [end, ec] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end);
}

}  // namespace

RequestWire::RequestWire(Origin const& origin)
    : blank_and_base_path_(' ' + origin.base_path),
      common_headers_(
          " HTTP/1.1\r\nHost: " + origin.authority +
          "\r\nUser-Agent: OtpClient/0.1\r\nAccept: application/json\r\n"
          "Accept-Encoding: identity\r\n"
      ) {}

std::optional<Error> RequestWire::refusal(HttpRequest const& request) {
    if (request.target().empty() || request.target().front() != '/' ||
        !consists_of(request.target(), target_characters) || has_dot_segment(request.target())) {
        return refused(
            "the request target for " + std::string(request.route) +
            " holds characters that have no place in a path"
        );
    }
    for (auto const& [name, value] : request.headers) {
        if (name.empty() || !consists_of(name, token_characters)) {
            return refused("a header name holds characters that are not allowed in one");
        }
        if (!is_header_value(value)) {
            return refused(
                "the value of header " + name + " holds control or non-ASCII characters"
            );
        }
    }
    if (!is_header_value(request.content_type)) {
        return refused("the content type holds control characters");
    }
    return {};
}

void RequestWire::write(HttpRequest const& request, std::string& out) const {
    out.clear();
    out += to_string(request.method);
    out += blank_and_base_path_;
    out += request.target();
    out += common_headers_;
    for (auto const& [name, value] : request.headers) {
        out += name;
        out += ": ";
        out += value;
        out += "\r\n";
    }
    // Asks only, and so has no body (RFC 9110 9.3.1).
    if (request.method == HttpMethod::get) {
        out += "\r\n";
        return;
    }
    constexpr std::string_view length = "\r\nContent-Length: ";
    if (request.content_type.empty()) {
        out += length.substr(2);
    } else {
        out += "Content-Type: ";
        out += request.content_type;
        out += length;
    }
    append_number(out, request.body.size());
    out += "\r\n\r\n";
    out += request.body;
}

}  // namespace otp::http
