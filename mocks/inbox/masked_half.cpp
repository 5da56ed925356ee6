#include "inbox/masked_half.hpp"

#include "inbox/ascii_case.hpp"
#include "inbox/clean_text.hpp"
#include "inbox/masked_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::size_t longest_body = 64 * 1024;

/// What cpp-httplib adds to the fields that came.
constexpr std::array<std::string_view, 4> added_by_the_server{
    "remote_addr", "remote_port", "local_addr", "local_port"};

MockHeaders masked_headers(MockHeaders const& headers) {
    MockHeaders masked;
    for (auto const& [name, value] : headers) {
        if (std::ranges::find(added_by_the_server, ascii_lower(name)) !=
            added_by_the_server.end()) {
            continue;
        }
        masked.emplace_back(clean_text(name), clean_text(masked_header(name, value)));
    }
    // The server does not keep their order.
    std::ranges::sort(masked, {}, [](auto const& field) {
        return std::pair(ascii_lower(field.first), field.second);
    });
    return masked;
}

/// By what it looks like: a mistaken content type is what people look for here.
std::string_view kind_of(std::string_view body, std::string_view content_type) {
    auto const begin = body.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return body.empty() ? "none" : "text";
    if (body[begin] == '{' || body[begin] == '[') return "json";
    bool const form = ascii_lower(content_type).starts_with("application/x-www-form-urlencoded");
    return form ? "form" : "text";
}

MockHalf masked_half(
    MockHeaders const& headers, std::string_view body, std::string_view content_type
) {
    MockHalf half;
    half.headers = masked_headers(headers);
    half.body_kind = kind_of(body, content_type);
    auto masked = masked_json(body.substr(0, longest_body));
    if (half.body_kind != "json") masked = masked_form(masked);
    half.body = clean_text(masked);
    return half;
}

}  // namespace

MockHalf masked_half(MockRequest const& request) {
    return masked_half(request.headers, request.body, request.media_type());
}

MockHalf masked_half(MockResponse const& response) {
    auto headers = response.headers;
    if (!response.content_type.empty()) headers.emplace_back("Content-Type", response.content_type);
    return masked_half(headers, response.body, response.content_type);
}

}  // namespace otp::mocks
