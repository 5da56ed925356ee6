#include "eko/eko_envelope.hpp"

#include <utility>

namespace otp::mocks {

namespace json = boost::json;

json::object eko_envelope(
    int status, int response_status, int response_type, std::string const& message
) {
    return {
        {"status", status},
        {"response_status_id", response_status},
        {"response_type_id", response_type},
        {"message", message}};
}

Refusal eko_failure(
    int status, int response_status, int response_type, std::string const& message, Explanation why
) {
    auto body = eko_envelope(status, response_status, response_type, message);
    body["data"] = json::object();
    return {json_response(200, body), std::move(why)};
}

}  // namespace otp::mocks
