#include "spherepay/spherepay_problem.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace otp::mocks {

namespace json = boost::json;

Refusal spherepay_problem(
    int status, std::string const& detail, Explanation why, std::string const& code
) {
    json::object body{
        {"status", status}, {"detail", detail}, {"correlationId", spherepay_correlation_id}};
    if (!code.empty()) body["code"] = code;
    return {json_response(status, body), std::move(why)};
}

Refusal spherepay_validation_failed(
    std::string_view correlation_id, json::array errors, Explanation why
) {
    auto response = json_response(
        422,
        {{"status", 422},
         {"detail", "Validation failed"},
         {"code", "validation/failed"},
         {"correlationId", correlation_id},
         {"errors", std::move(errors)}}
    );
    return {std::move(response), std::move(why)};
}

}  // namespace otp::mocks
