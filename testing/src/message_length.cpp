#include "message_length.hpp"

#include <string>

namespace otp::testing {

HttpResponse with_length(HttpResponse response) {
    bool const has_no_body =
        response.status < 200 || response.status == 204 || response.status == 304;
    bool const is_told =
        response.headers.find("content-length") || response.headers.find("transfer-encoding");
    if (!has_no_body && !is_told) {
        response.headers.append("content-length", std::to_string(response.body.size()));
    }
    return response;
}

}  // namespace otp::testing
