#include "spherepay/spherepay_reserved.hpp"

#include "spherepay/spherepay_problem.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

MockResponse validation_failed(json::array errors) {
    return spherepay_validation_failed(spherepay_correlation_id, std::move(errors));
}

void add_errors(ReservedAnswers& reserved, MockStep step, std::string const& prefix) {
    auto const add =
        [&](char const* name, MockResponse response, char const* marker, char const* provokes) {
            reserved.add(step, prefix + name, std::move(response), marker, provokes);
        };
    add("bad_request",
        spherepay_problem(400, "Invalid request parameters", "address/invalid"),
        "address/invalid",
        "400 address/invalid, the documented example");
    add("not_found",
        spherepay_problem(404, "Resource not found", "resource/not-found"),
        "resource/not-found",
        "404 resource/not-found");
    add("validation",
        validation_failed(
            {json::object{{"detail", "Invalid email format"}, {"pointer", "/email"}},
             json::object{{"detail", "Name is required"}, {"pointer", "/name"}}}
        ),
        "/email",
        "422 validation/failed with two field errors");
    add("forbidden",
        spherepay_problem(403, "Forbidden resource"),
        "Forbidden resource",
        "403 without a code: the API key is refused");
    add("unauthorized",
        spherepay_problem(401, "Invalid or missing API key.", "unauthorized"),
        "unauthorized",
        "401 unauthorized, as older documents say");
    add("rate_limit",
        json_response(429, {{"error", "rate_limit"}, {"message", "Too many requests."}}),
        "rate_limit",
        "429, the first version's error body");
    add("customer_v1",
        json_response(
            400, {{"error", "customer/not-found"}, {"message", "The customer was not found."}}
        ),
        "customer/not-found",
        "400, the first version's error body");
    add("legacy_field",
        json_response(
            400,
            {{"ts", "2025-03-09T20:46:31.305Z"},
             {"error", json::object{{"type", json::array{"Required"}}}}}
        ),
        "Required",
        "400, a field error as documented in 2025");
    add("legacy_general",
        json_response(
            404,
            {{"ts", "2025-03-09T20:46:31.305Z"},
             {"error", json::object{{"general", "Customer Not Found"}}}}
        ),
        "Customer Not Found",
        "404, a general error as documented in 2025");
    add("unknown_code",
        spherepay_problem(400, "Something new happened", "otp/some-new-code"),
        "otp/some-new-code",
        "400 with a code that no document knows");
    add("internal",
        spherepay_problem(500, "Internal server error"),
        "Internal server error",
        "500 problem details");
    auto problem_in_200 = spherepay_problem(404, "Resource not found", "resource/not-found");
    problem_in_200.status = 200;
    add("problem_in_200",
        std::move(problem_in_200),
        "resource/not-found",
        "200 with an error inside");
}

ReservedAnswers make_reserved() {
    ReservedAnswers reserved("spherepay");
    auto const steps = {
        std::pair{MockStep::send, std::string("customer_error_")},
        std::pair{MockStep::verify, std::string("customer_verify_error_")}};
    for (auto const& [step, prefix] : steps) {
        add_errors(reserved, step, prefix);
        reserved.add_troubles(step, 200, [&begin = prefix](std::string_view name, int) {
            return begin + std::string(name);
        });
    }
    reserved.add(
        MockStep::verify,
        "customer_verify_error_code_422",
        validation_failed(json::array{
            json::object{{"detail", "Invalid or expired code"}, {"pointer", "/code"}}}),
        "/code",
        "422: the code is refused as a field error"
    );
    return reserved;
}

}  // namespace

ReservedAnswers const& spherepay_reserved() {
    static ReservedAnswers const reserved = make_reserved();
    return reserved;
}

}  // namespace otp::mocks
