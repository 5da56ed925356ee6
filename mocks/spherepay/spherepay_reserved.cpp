#include "spherepay/spherepay_reserved.hpp"

#include "spherepay/spherepay_problem.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr VendorDocument errors_document{"https://docs.spherepay.co/overview/errors"};
constexpr VendorDocument limits_document{
    "https://docs.spherepay.co/concepts/operational/rate-limits"};
constexpr VendorDocument older_send_document{
    "https://docs.spherepay.co/api-reference/onboarding/send-verification-code"};
constexpr VendorDocument staging_credentials_document{
    "https://docs.staging.spherepay.co/get-started/introduction/authentication"};

constexpr char customer_exists[] = "The id must be one of a customer that exists.";
constexpr char key_is_known[] = "The bearer token must be an API key of the account.";

/// The recipients of one step.
class Adder {
public:
    Adder(ReservedAnswers& reserved, MockStep step, std::string prefix)
        : reserved_(reserved),
          step_(step),
          prefix_(std::move(prefix)),
          document_(step == MockStep::send ? spherepay_send_document : spherepay_verify_document) {}

    void add_all() {
        add_current();
        add_older();
        add_unexpected();
        reserved_.add_troubles(step_, 200, [&](std::string_view name, int) {
            return prefix_ + std::string(name);
        });
    }

    /// `title`: if `provokes` says too little to who does not know the documents.
    void add(
        std::string name,
        Refusal refusal,
        char const* marker,
        char const* provokes,
        char const* title = ""
    ) {
        auto recipient = prefix_ + name;
        reserved_.add(
            step_,
            std::move(recipient),
            std::move(refusal),
            {std::move(name), marker, provokes, title}
        );
    }

private:
    void add_current() {
        add("bad_request",
            spherepay_problem(
                400,
                "Invalid request parameters",
                document_.nothing_broken("The parameters of the request must be valid."),
                "address/invalid"
            ),
            "address/invalid",
            "400 address/invalid, the documented example",
            "400: the parameters are not valid");
        add("not_found",
            not_found(),
            "resource/not-found",
            "404 resource/not-found",
            "404: the customer does not exist");
        add("validation",
            spherepay_validation_failed(
                spherepay_correlation_id,
                {json::object{{"detail", "Invalid email format"}, {"pointer", "/email"}},
                 json::object{{"detail", "Name is required"}, {"pointer", "/name"}}},
                document_.body("Each member of the body must be valid; the answer tells which "
                               "ones are not.")
            ),
            "/email",
            "422 validation/failed with two field errors",
            "422: two members are not valid");
        add("forbidden",
            spherepay_problem(
                403,
                "Forbidden resource",
                spherepay_credentials_document.header("authorization", key_is_known)
            ),
            "Forbidden resource",
            "403 without a code: the API key is refused");
    }

    void add_older() {
        add("unauthorized",
            spherepay_problem(
                401,
                "Invalid or missing API key.",
                staging_credentials_document.header("authorization", key_is_known),
                "unauthorized"
            ),
            "unauthorized",
            "401 unauthorized, as older documents say",
            "401: the API key is refused, as older documents say");
        add("rate_limit",
            {json_response(429, {{"error", "rate_limit"}, {"message", "Too many requests."}}),
             limits_document.nothing_broken("An application may write 100 times a second, and must "
                                            "slow down exponentially when it is told so.")},
            "rate_limit",
            "429, the first version's error body",
            "429: too many requests");
        add("customer_v1",
            {json_response(
                 400, {{"error", "customer/not-found"}, {"message", "The customer was not found."}}
             ),
             errors_document.path(customer_exists)},
            "customer/not-found",
            "400, the first version's error body",
            "400: the customer does not exist, as the first version says it");
        add("legacy_field",
            {json_response(
                 400,
                 {{"ts", "2025-03-09T20:46:31.305Z"},
                  {"error", json::object{{"type", json::array{"Required"}}}}}
             ),
             older_send_document.member("type", "The member type is required.")},
            "Required",
            "400, a field error as documented in 2025",
            "400: a member is missing, as documented in 2025");
        add("legacy_general",
            {json_response(
                 404,
                 {{"ts", "2025-03-09T20:46:31.305Z"},
                  {"error", json::object{{"general", "Customer Not Found"}}}}
             ),
             older_send_document.path(customer_exists)},
            "Customer Not Found",
            "404, a general error as documented in 2025",
            "404: the customer does not exist, as documented in 2025");
    }

    void add_unexpected() {
        add("unknown_code",
            spherepay_problem(
                400,
                "Something new happened",
                document_.nothing_broken("A client must stand error codes that no document lists."),
                "otp/some-new-code"
            ),
            "otp/some-new-code",
            "400 with a code that no document knows");
        add("internal",
            spherepay_problem(
                500,
                "Internal server error",
                errors_document.nothing_broken("The server itself failed, not the request.")
            ),
            "Internal server error",
            "500 problem details",
            "500: the server fails");
        auto problem_in_200 = not_found();
        problem_in_200.response.status = 200;
        add("problem_in_200",
            std::move(problem_in_200),
            "resource/not-found",
            "200 with an error inside");
    }

    [[nodiscard]] Refusal not_found() const {
        return spherepay_problem(
            404, "Resource not found", document_.path(customer_exists), "resource/not-found"
        );
    }

    ReservedAnswers& reserved_;
    MockStep step_;
    std::string prefix_;
    VendorDocument document_;
};

ReservedAnswers make_reserved() {
    ReservedAnswers reserved("spherepay");
    Adder(reserved, MockStep::send, "customer_error_").add_all();
    Adder verify(reserved, MockStep::verify, "customer_verify_error_");
    verify.add_all();
    verify.add(
        "code_422",
        spherepay_validation_failed(
            spherepay_correlation_id,
            json::array{json::object{{"detail", "Invalid or expired code"}, {"pointer", "/code"}}},
            spherepay_verify_document.member(
                "code", "The code must be the one of the newest message, and not expired."
            )
        ),
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
