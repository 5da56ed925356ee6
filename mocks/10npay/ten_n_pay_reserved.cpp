#include "10npay/ten_n_pay_reserved.hpp"

#include "10npay/ten_n_pay_problem.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

MockResponse field_problem(char const* field, char const* text) {
    return ten_n_pay_invalid(json::object{{field, json::array{text}}});
}

MockResponse all_null() {
    return json_response(
        404,
        {{"type", nullptr},
         {"title", nullptr},
         {"status", nullptr},
         {"detail", nullptr},
         {"instance", nullptr}}
    );
}

MockResponse with_status(MockResponse response, int status) {
    response.status = status;
    return response;
}

/// Recipients of one step, by their number.
class Adder {
public:
    Adder(ReservedAnswers& reserved, MockStep step, int base)
        : reserved_(reserved), step_(step), base_(base) {}

    void add(int number, MockResponse response, char const* marker, char const* provokes) {
        reserved_.add(step_, std::to_string(base_ + number), std::move(response), marker, provokes);
    }

    void add_common() {
        add(10, empty_response(401), "", "401 without a body: the token is refused");
        add(11, empty_response(403), "", "403 without a body");
        add(12, all_null(), "null", "404, every member null");
        add(13,
            with_status(ten_n_pay_problem(404, "Not Found", {}), 404),
            "Not Found",
            "404 Not Found");
        add(14,
            ten_n_pay_refusal("UserNotFound"),
            "UserNotFound",
            "400 UserNotFound, as older documents say");
        add(15, empty_response(500), "", "500 without a body");
        add(16, empty_response(503), "", "503 without a body");
        add(17,
            ten_n_pay_refusal("Something new happened."),
            "Something new",
            "400 with a text that no document knows");
        add(18,
            with_status(ten_n_pay_refusal("Something new happened."), 200),
            "Something new",
            "200 with an error inside");
        reserved_.add_troubles(step_, step_ == MockStep::send ? 204 : 200, [&](auto, int number) {
            return std::to_string(base_ + 100 + number);
        });
    }

private:
    ReservedAnswers& reserved_;
    MockStep step_;
    int base_;
};

ReservedAnswers make_reserved() {
    ReservedAnswers reserved("10npay");
    Adder send(reserved, MockStep::send, 40000);
    send.add(
        1,
        ten_n_pay_refusal("Phone already registered"),
        "Phone already registered",
        "400 Phone already registered"
    );
    send.add(
        2,
        ten_n_pay_refusal("PhoneAlreadyRegistered"),
        "PhoneAlreadyRegistered",
        "400 PhoneAlreadyRegistered, as older documents say"
    );
    send.add(
        3,
        field_problem("PhoneNumber", "The PhoneNumber field is not a valid phone number."),
        "PhoneNumber",
        "400, the phone number's format is refused"
    );
    send.add(
        4,
        ten_n_pay_refusal("Too many requests, try again later."),
        "Too many requests",
        "400 by throttling"
    );
    send.add(5, empty_response(204), "", "204: the user is already verified, no message is sent");
    send.add(
        6,
        json_response(200, json::object()),
        "{}",
        "200 {} as older documents say; no message is sent"
    );
    send.add_common();

    Adder verify(reserved, MockStep::verify, 50000);
    verify.add(1, ten_n_pay_refusal("Invalid code."), "Invalid code.", "400 Invalid code.");
    verify.add(
        2,
        field_problem("Code", "The Code field is required."),
        "Code field is required",
        "400, a field error"
    );
    verify.add(
        3,
        ten_n_pay_refusal("Temporarily blocked."),
        "Temporarily blocked",
        "400: blocked after repeated failures"
    );
    verify.add(4, json_response(200, json::object()), "{}", "200 {}, approved");
    verify.add(
        5,
        json_response(200, {{"isPhoneNumberVerified", true}}),
        "isPhoneNumberVerified",
        "200 with a confirmation, approved"
    );
    verify.add(6, empty_response(204), "", "204, which no document knows for a check");
    verify.add(
        7, empty_response(200), "", "200 without a body, though the status stays not verified"
    );
    verify.add_common();
    return reserved;
}

}  // namespace

ReservedAnswers const& ten_n_pay_reserved() {
    static ReservedAnswers const reserved = make_reserved();
    return reserved;
}

}  // namespace otp::mocks
