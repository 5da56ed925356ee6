#include "loyaltydog/loyaltydog_reserved.hpp"

#include "loyaltydog/loyaltydog_detail.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

MockResponse envelope(int status, char const* code, char const* message) {
    return json_response(
        status,
        {{"error", json::object{{"code", code}, {"message", message}, {"details", json::object()}}}}
    );
}

MockResponse retry_after(MockResponse response, char const* value) {
    response.headers.emplace_back("Retry-After", value);
    return response;
}

void add_errors(ReservedAnswers& reserved, MockStep step, std::string const& domain) {
    auto const add =
        [&](char const* name, MockResponse response, char const* marker, char const* provokes) {
            reserved.add(step, name + domain, std::move(response), marker, provokes);
        };
    add("invalid_target",
        loyaltydog_detail(400, "Invalid target format"),
        "Invalid target format",
        "400 Invalid target format");
    add("unauthorized",
        loyaltydog_detail(401, "Could not validate credentials"),
        "credentials",
        "401: the token is refused");
    add("forbidden",
        envelope(403, "forbidden", "The token does not own this resource."),
        "does not own",
        "403, the error envelope");
    add("not_found",
        envelope(404, "not_found", "Not found."),
        "not_found",
        "404, the error envelope");
    add("conflict", envelope(409, "conflict", "Conflict."), "conflict", "409, the error envelope");
    add("malformed",
        envelope(400, "bad_request", "Malformed request."),
        "bad_request",
        "400, the error envelope");
    add("validation",
        json_response(
            422,
            {{"detail",
              json::array{json::object{
                  {"loc", json::array{"body", "target"}},
                  {"msg", "String should have at least 1 character"},
                  {"type", "string_too_short"},
                  {"input", ""},
                  {"ctx", json::object{{"min_length", 1}}}}}}}
        ),
        "string_too_short",
        "422 HTTPValidationError");
    add("validation_index",
        json_response(
            422,
            {{"detail",
              json::array{json::object{
                  {"loc", json::array{"body", "targets", 0}},
                  {"msg", "Field required"},
                  {"type", "missing"}}}}}
        ),
        "Field required",
        "422 HTTPValidationError with an index in loc");
    add("validation_bare",
        json_response(422, json::object()),
        "{}",
        "422 without detail, which the schema allows");
    add("detail_object",
        json_response(
            400, {{"detail", json::object{{"code", "bad_target"}, {"message", "Bad target."}}}}
        ),
        "bad_target",
        "400 with an object as detail");
    add("rate_limit",
        retry_after(loyaltydog_detail(429, "Rate limit exceeded"), "30"),
        "Rate limit exceeded",
        "429, Retry-After: 30");
    add("rate_limit_date",
        retry_after(
            envelope(429, "rate_limited", "Too many requests."), "Fri, 31 Dec 2100 23:59:59 GMT"
        ),
        "rate_limited",
        "429, Retry-After: an HTTP date");
    add("internal", loyaltydog_detail(500, "Internal Server Error"), "Internal Server Error", "500"
    );
    add("maintenance", loyaltydog_detail(503, "Service Unavailable"), "Service Unavailable", "503");
    add("success_false",
        json_response(200, {{"success", false}, {"error", "Could not process the request"}}),
        "Could not process",
        "200 with success: false");
    add("success_false_silent",
        json_response(200, {{"success", false}, {"error", nullptr}}),
        "false",
        "200 with success: false and no reason");
    add("no_decision",
        json_response(200, {{"message", "done"}}),
        "done",
        "200 without the member success");
}

ReservedAnswers make_reserved() {
    ReservedAnswers reserved("loyaltydog");
    auto const steps = {
        std::pair{MockStep::send, std::string("@error.example.com")},
        std::pair{MockStep::verify, std::string("@verify-error.example.com")}};
    for (auto const& [step, domain] : steps) {
        add_errors(reserved, step, domain);
        reserved.add_troubles(step, 200, [&suffix = domain](std::string_view name, int) {
            return std::string(name) + suffix;
        });
    }
    reserved.add(
        MockStep::verify,
        "invalid_code@verify-error.example.com",
        json_response(200, {{"success", false}, {"error", "Invalid code"}}),
        "Invalid code",
        "200 with success: false: the code is refused"
    );
    return reserved;
}

}  // namespace

ReservedAnswers const& loyaltydog_reserved() {
    static ReservedAnswers const reserved = make_reserved();
    return reserved;
}

}  // namespace otp::mocks
