#include "10npay/ten_n_pay_problem.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr char trace_id[] = "00-28c61e885c6e5eaa78c1a2183a9b883c-e633f28100526862-00";

}  // namespace

Refusal ten_n_pay_problem(
    int status, std::string const& title, json::object errors, Explanation why
) {
    json::object body{
        {"type", "https://tools.ietf.org/html/rfc7231#section-6.5.1"},
        {"title", title},
        {"status", status},
        {"traceId", trace_id}};
    if (!errors.empty()) body["errors"] = std::move(errors);
    auto response = json_response(status, body);
    response.content_type = "application/problem+json; charset=utf-8";
    return {std::move(response), std::move(why)};
}

Refusal ten_n_pay_refusal(char const* text, Explanation why) {
    json::object errors{{"Error", json::array{text}}};
    return ten_n_pay_problem(400, "Bad Request", std::move(errors), std::move(why));
}

Refusal ten_n_pay_invalid(json::object errors, Explanation why) {
    return ten_n_pay_problem(
        400, "One or more validation errors occurred.", std::move(errors), std::move(why)
    );
}

}  // namespace otp::mocks
