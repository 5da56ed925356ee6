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

constexpr VendorDocument framework_document{
    "https://fastapi.tiangolo.com/tutorial/handling-errors/"};

constexpr char slow_down[] = "After 429 a client must wait as long as Retry-After says.";
constexpr char valid_target[] = "The target must be an email address or a phone number.";

Refusal envelope(int status, char const* code, char const* message, Explanation why) {
    auto response = json_response(
        status,
        {{"error", json::object{{"code", code}, {"message", message}, {"details", json::object()}}}}
    );
    return {std::move(response), std::move(why)};
}

Refusal retry_after(Refusal refusal, char const* value) {
    refusal.response.headers.emplace_back("Retry-After", value);
    return refusal;
}

/// The recipients of one step, by the name of what they provoke.
class Adder {
public:
    Adder(ReservedAnswers& reserved, MockStep step, std::string domain)
        : reserved_(reserved),
          step_(step),
          domain_(std::move(domain)),
          document_(
              step == MockStep::send ? loyaltydog_send_document : loyaltydog_verify_document
          ) {}

    /// `title`: if `provokes` says too little to who does not know the documents.
    void add(
        std::string name,
        Refusal refusal,
        char const* marker,
        char const* provokes,
        char const* title = ""
    ) {
        auto recipient = name + domain_;
        reserved_.add(
            step_,
            std::move(recipient),
            std::move(refusal),
            {std::move(name), marker, provokes, title}
        );
    }

    void add_all() {
        add_client_errors();
        add_validation_errors();
        add_limits();
        add_server_errors();
        add_unsuccessful();
        reserved_.add_troubles(step_, 200, [&](std::string_view name, int) {
            return std::string(name) + domain_;
        });
    }

private:
    void add_client_errors() {
        auto const& overview = loyaltydog_overview_document;
        add("invalid_target",
            loyaltydog_detail(
                400, "Invalid target format", document_.member("target", valid_target)
            ),
            "Invalid target format",
            "400 Invalid target format");
        add("unauthorized",
            loyaltydog_detail(
                401,
                "Could not validate credentials",
                overview.header("authorization", "The bearer token must be there, and not expired.")
            ),
            "credentials",
            "401: the token is refused");
        add("forbidden",
            envelope(
                403,
                "forbidden",
                "The token does not own this resource.",
                overview.header("authorization", "The token must own the resource.")
            ),
            "does not own",
            "403, the error envelope",
            "403: the token does not own the resource");
        add("not_found",
            envelope(
                404, "not_found", "Not found.", overview.nothing_broken("The resource must exist.")
            ),
            "not_found",
            "404, the error envelope",
            "404: the resource does not exist");
        add("conflict",
            envelope(
                409,
                "conflict",
                "Conflict.",
                overview.nothing_broken("The request must fit the resource's present state.")
            ),
            "conflict",
            "409, the error envelope",
            "409: the request does not fit the resource's state");
        add("malformed",
            envelope(
                400,
                "bad_request",
                "Malformed request.",
                overview.nothing_broken("The request must not be malformed.")
            ),
            "bad_request",
            "400, the error envelope",
            "400: the request is malformed");
    }

    void add_validation_errors() {
        add("validation",
            {json_response(
                 422,
                 {{"detail",
                   json::array{json::object{
                       {"loc", json::array{"body", "target"}},
                       {"msg", "String should have at least 1 character"},
                       {"type", "string_too_short"},
                       {"input", ""},
                       {"ctx", json::object{{"min_length", 1}}}}}}}
             ),
             document_.member("target", "The target must have 1 to 255 characters.")},
            "string_too_short",
            "422 HTTPValidationError",
            "422: a member is not valid");
        add("validation_index",
            {json_response(
                 422,
                 {{"detail",
                   json::array{json::object{
                       {"loc", json::array{"body", "targets", 0}},
                       {"msg", "Field required"},
                       {"type", "missing"}}}}}
             ),
             document_.body("Each member of the body must be valid; loc tells which one is not.")},
            "Field required",
            "422 HTTPValidationError with an index in loc",
            "422: an item of a list is not valid");
        add("validation_bare",
            {json_response(422, json::object()),
             document_.body("Each member of the body must be valid; detail may be left out.")},
            "{}",
            "422 without detail, which the schema allows",
            "422 without a reason, which the schema allows");
        add("detail_object",
            {json_response(
                 400, {{"detail", json::object{{"code", "bad_target"}, {"message", "Bad target."}}}}
             ),
             framework_document.member("target", valid_target)},
            "bad_target",
            "400 with an object as detail");
    }

    void add_limits() {
        add("rate_limit",
            retry_after(
                loyaltydog_detail(
                    429,
                    "Rate limit exceeded",
                    loyaltydog_send_document.member(
                        "target", "A target may be sent 5 codes an hour and 10 a day."
                    )
                ),
                "30"
            ),
            "Rate limit exceeded",
            "429, Retry-After: 30");
        add("rate_limit_date",
            retry_after(
                envelope(
                    429,
                    "rate_limited",
                    "Too many requests.",
                    loyaltydog_overview_document.nothing_broken(slow_down)
                ),
                "Fri, 31 Dec 2100 23:59:59 GMT"
            ),
            "rate_limited",
            "429, Retry-After: an HTTP date");
    }

    void add_server_errors() {
        auto const retry_later = loyaltydog_overview_document.nothing_broken(
            "The server failed for a moment; the call is to be repeated with backoff."
        );
        add("internal",
            loyaltydog_detail(500, "Internal Server Error", retry_later),
            "Internal Server Error",
            "500",
            "500: the server fails");
        add("maintenance",
            loyaltydog_detail(503, "Service Unavailable", retry_later),
            "Service Unavailable",
            "503",
            "503: the server is under maintenance");
    }

    void add_unsuccessful() {
        auto const read_success = document_.nothing_broken(
            "A client must read the member success of an answer with 200, which may be false."
        );
        add("success_false",
            {json_response(200, {{"success", false}, {"error", "Could not process the request"}}),
             read_success},
            "Could not process",
            "200 with success: false");
        add("success_false_silent",
            {json_response(200, {{"success", false}, {"error", nullptr}}), read_success},
            "false",
            "200 with success: false and no reason");
        add("no_decision",
            {json_response(200, {{"message", "done"}}),
             document_.nothing_broken("The answer should have the member success, but has none.")},
            "done",
            "200 without the member success");
    }

    ReservedAnswers& reserved_;
    MockStep step_;
    std::string domain_;
    VendorDocument document_;
};

ReservedAnswers make_reserved() {
    ReservedAnswers reserved("loyaltydog");
    Adder(reserved, MockStep::send, "@error.example.com").add_all();
    Adder verify(reserved, MockStep::verify, "@verify-error.example.com");
    verify.add_all();
    verify.add(
        "invalid_code",
        {json_response(200, {{"success", false}, {"error", "Invalid code"}}),
         loyaltydog_verify_document.member(
             "code", "The code must be the one of the newest message, and not expired."
         )},
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
