#include "inbox/api_answer.hpp"

namespace otp::mocks {

MockResponse problem(int status, std::string_view text) {
    return json_response(status, {{"error", text}});
}

MockResponse wrong_method(char const* allowed) {
    auto response = problem(405, "method not allowed");
    response.headers.emplace_back("Allow", allowed);
    return response;
}

MockResponse no_parameters_here() {
    return problem(400, "this request takes no parameters");
}

bool is_read(MockRequest const& request) {
    return request.method == "GET" || request.method == "HEAD";
}

}  // namespace otp::mocks
