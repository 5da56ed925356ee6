#include "stytch/stytch_reserved.hpp"

#include "stytch/stytch_error.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace otp::mocks {
namespace {

namespace json = boost::json;

// The last digits of reserved numbers; 0162 is the documents' example of a good one.
constexpr int first_send_error = 100;
constexpr int first_send_trouble = 140;
constexpr int first_verify_error = 170;

std::string fictional_phone(int digits) {
    return "+12025550" + std::to_string(digits);
}

/// Recipients of one step: an email address by the name of the error, and the next phone number.
class Adder {
public:
    Adder(ReservedAnswers& reserved, MockStep step)
        : reserved_(reserved),
          step_(step),
          next_phone_(step == MockStep::send ? first_send_error : first_verify_error),
          domain_(step == MockStep::send ? "@error.example.com" : "@verify-error.example.com") {}

    void add(Refusal const& refusal, AnswerLabel const& label) {
        reserved_.add(step_, label.name + domain_, refusal, label);
        // All stay within +12025550100 to +12025550199, which are set aside for fiction.
        reserved_.add(step_, fictional_phone(next_phone_++), refusal, label);
    }

    void add_all() {
        auto const wanted =
            step_ == MockStep::send ? StytchErrorType::send : StytchErrorType::verify;
        for (StytchErrorType const& type : stytch_error_types()) {
            if ((type.steps & wanted) == 0) continue;
            std::string const name(type.name);
            auto const status = std::to_string(type.http_status);
            std::string message(type.message);
            message.pop_back();
            add(stytch_error(name), {name, name, status + " " + name, status + ": " + message});
        }
        add_shapes();
        reserved_.add_troubles(step_, 200, [&](std::string_view name, int) {
            return std::string(name) + domain_;
        });
        if (step_ == MockStep::verify) return;
        reserved_.add_troubles(step_, 200, [](std::string_view, int number) {
            return fictional_phone(first_send_trouble + number - 1);
        });
    }

private:
    void add_shapes() {
        auto const& unauthorized = stytch_error_type("unauthorized_credentials");
        add({json_response(
                 400,
                 {{"status_code", 400},
                  {"request_id", stytch_request_id},
                  {"error", "invalid_phone_number"},
                  {"error_description", "Ensure the number is in the E.164 format."},
                  {"error_uri", "https://stytch.com/docs/api/errors/400"}}
             ),
             explain_stytch_error(stytch_error_type("invalid_phone_number"))},
            {"oauth_error", "error_description", "400 with the OAuth 2.0 names of the members"});
        auto text = stytch_error_body(unauthorized);
        text["status_code"] = "401";
        add({json_response(401, text), explain_stytch_error(unauthorized)},
            {"status_as_text", "\"401\"", "401 unauthorized_credentials, status_code as text"});
        add({json_response(200, stytch_error_body(unauthorized)),
             explain_stytch_error(unauthorized)},
            {"error_in_200", "unauthorized_credentials", "200 with an error inside"});
        auto slow_down = stytch_error("too_many_requests");
        slow_down.response.headers.emplace_back("Retry-After", "5");
        add(slow_down,
            {"retry_after", "too_many_requests", "429 too_many_requests, Retry-After: 5"});
    }

    ReservedAnswers& reserved_;
    MockStep step_;
    int next_phone_;
    std::string domain_;
};

ReservedAnswers make_reserved() {
    ReservedAnswers reserved("stytch");
    Adder(reserved, MockStep::send).add_all();
    Adder(reserved, MockStep::verify).add_all();
    return reserved;
}

}  // namespace

ReservedAnswers const& stytch_reserved() {
    static ReservedAnswers const reserved = make_reserved();
    return reserved;
}

}  // namespace otp::mocks
