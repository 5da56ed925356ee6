#include "page/page.hpp"

#include "page/embedded_files.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace otp::mocks {
namespace {

constexpr std::string_view description_path = "/api/openapi.json";
constexpr std::string_view description_name = "inbox-api.openapi.json";
constexpr std::string_view folder = "/page/";

/// Nothing but the page's own files, and no answers but the API's.
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

MockResponse problem(int status, std::string_view text) {
    return json_response(status, {{"error", text}});
}

bool is_read(MockRequest const& request) {
    return request.method == "GET" || request.method == "HEAD";
}

std::string_view file_at(std::string_view path) {
    if (path == "/") return "index.html";
    if (path == description_path) return description_name;
    auto const name = path.substr(folder.size());
    // One address for one file.
    return name == "index.html" || name == description_name ? std::string_view() : name;
}

EmbeddedFile const* find_file(std::string_view name) {
    auto const all = embedded_files();
    auto const found = std::ranges::find(all, name, &EmbeddedFile::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view media_type_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types{{
        {".css", "text/css; charset=utf-8"},
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".txt", "text/plain; charset=utf-8"},
    }};
    auto const found = std::ranges::find_if(types, [name](auto const& type) {
        return name.ends_with(type.first);
    });
    return found == types.end() ? std::string_view() : found->second;
}

bool is_page_path(MockRequest const& request) {
    auto const& path = request.path;
    return (path == "/" && is_read(request)) || path.starts_with(folder) ||
           path == description_path;
}

MockResponse answer_page(MockRequest const& request) {
    if (!is_read(request)) {
        auto response = problem(405, "method not allowed");
        response.headers.emplace_back("Allow", "GET");
        return response;
    }
    if (request.path == description_path && !request.query.empty()) {
        return problem(400, "this request takes no parameters");
    }
    auto const* const file = find_file(file_at(request.path));
    if (file == nullptr) return problem(404, "the inbox's page has no such file: begin at /");
    MockResponse response;
    response.body = file->content;
    response.content_type = media_type_of(file->name);
    if (request.path != description_path) {
        response.headers.emplace_back("Content-Security-Policy", page_policy);
    }
    return response;
}

}  // namespace otp::mocks
