#include "inbox/api_answer.hpp"

#include <string>

namespace otp::mocks {

MockResponse problem(int status, std::string_view text) {
    return json_response(status, {{"error", text}});
}

MockResponse wrong_method(char const* allowed) {
    auto response = problem(405, "method not allowed");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

MockResponse too_many_wait() {
    auto response = problem(503, "too many requests wait for messages or events");
    response.headers.emplace_back("Retry-After", "1");
    return response;
}

MockResponse list_response(boost::json::array const& part, std::size_t total) {
    auto response = json_response(200, part);
    response.headers.emplace_back("X-Total-Count", std::to_string(total));
    return response;
}

bool is_read(MockRequest const& request) {
    return request.method == "GET" || request.method == "HEAD";
}

}  // namespace otp::mocks
