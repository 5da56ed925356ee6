#include "eko/eko_reserved.hpp"

#include "eko/eko_envelope.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

/// `+91 9000 k nnnnn`: an Indian number.
std::string reserved(int kind, int number) {
    auto digits = std::to_string(number);
    digits.insert(0, 5 - digits.size(), '0');
    return "+919000" + std::to_string(kind) + digits;
}

struct StatusText {
    int status;
    char const* text;
};

// https://eps.eko.in/docs/error-codes
constexpr std::array status_texts{
    StatusText{17, "User wallet already exists"},
    StatusText{31, "Agent can not be registered"},
    StatusText{97, "Please provide the value of the field"},
    StatusText{132, "Sender name should only contain letters"},
    StatusText{168, "TID does not exist"},
    StatusText{302, "Wrong OTP"},
    StatusText{303, "OTP expired"},
    StatusText{319, "Invalid Sender/Initiator"},
    StatusText{327, "Enrollment done. Verification pending"},
    StatusText{342, "Recipient already registered"},
    StatusText{346, "Agent not allowed to this transaction"},
    StatusText{347, "Insufficient balance"},
    StatusText{460, "Invalid channel"},
    StatusText{461, "Invalid parameters"},
    StatusText{463, "User not found"},
    StatusText{544, "Bank is not available now"},
    StatusText{585, "Customer already KYC approved"},
    StatusText{945, "Sender/Beneficiary limit has been exhausted for this month"},
    StatusText{1237, "ID proof number already exists in the system"},
    StatusText{1297, "User or agent not onboarded"},
    StatusText{4242, "Something new happened"},
};

void add_statuses(ReservedAnswers& answers, MockStep step) {
    int const kind = step == MockStep::send ? 0 : 1;
    for (auto const& [status, text] : status_texts) {
        auto body = eko_envelope(status, 1, -1, text);
        // Some real samples call the wrong field by name.
        if (status == 319) {
            body["invalid_params"] =
                json::object{{"initiator_id", "Merchant does not exist in system."}};
        }
        if (status == 461 || status == 97) {
            body["invalid_params"] = json::object{{"mobile", "Please provide a valid value"}};
        }
        answers.add(
            step,
            reserved(kind, status),
            json_response(200, body),
            "\"status\":" + std::to_string(status),
            "200, status " + std::to_string(status) + ": " + text
        );
    }
}

void add_http_errors(ReservedAnswers& answers, MockStep step) {
    int const kind = step == MockStep::send ? 2 : 3;
    auto const add = [&](int status, MockResponse response, char const* marker, char const* provokes
                     ) {
        answers.add(step, reserved(kind, status), std::move(response), marker, provokes);
    };
    add(400, json_response(400, {{"status", 1}, {"message", "Bad Request"}}), "Bad Request", "400");
    add(401, empty_response(401), "", "401 without a body: the signature is refused");
    add(403,
        json_response(403, {{"status", 1}, {"message", "Forbidden"}}),
        "Forbidden",
        "403: secret-key or its timestamp is refused");
    add(404,
        json_response(404, {{"status", 1}, {"message", "Not Found"}}),
        "Not Found",
        "404: wrong URL");
    add(405, empty_response(405), "", "405: wrong method");
    add(415, empty_response(415), "", "415: wrong content type");
    add(500, empty_response(500), "", "500 without a body");
}

void add_other_failures(ReservedAnswers& answers, MockStep step) {
    int const kind = step == MockStep::send ? 6 : 7;
    int number = 0;
    auto const add = [&](MockResponse response, char const* marker, char const* provokes) {
        answers.add(step, reserved(kind, ++number), std::move(response), marker, provokes);
    };
    add(eko_failure(1, 1, -1, "No mapping rule matched"),
        "No mapping rule matched",
        "200, status 1: No mapping rule matched");
    add(eko_failure(1, 1, -1, "Customer not allowed"),
        "Customer not allowed",
        "200, status 1: Customer not allowed");
    add(eko_failure(1, 1, -1, "No Key for Response"),
        "No Key for Response",
        "200, status 1: No Key for Response");
    add(eko_failure(1, 1, -1, "Kindly use your production key"),
        "production key",
        "200, status 1: Kindly use your production key");
    add(eko_failure(0, -2, -1, "Another transaction is in progress"),
        "-2",
        "200, status 0 but response_status_id -2: another transaction in progress");
    add(eko_failure(0, 1, -1, "Failed"), "Failed", "200, status 0 but response_status_id 1");
    auto parameters = eko_envelope(461, 1, -1, "Invalid parameters");
    parameters["invalid_parameters"] = json::object{{"mobile", "Please provide a valid value"}};
    add(json_response(200, parameters),
        "invalid_parameters",
        "200, status 461 with invalid_parameters, the name that the prose uses");
    auto text = eko_envelope(319, 1, -1, "Invalid Sender/Initiator");
    text["status"] = "319";
    text["data"] = nullptr;
    add(json_response(200, text), "\"319\"", "200, status 319 as text, data null");
    if (step == MockStep::send) return;
    add(eko_failure(1, 1, 1632, "OTP verification failed."),
        "OTP verification failed.",
        "200, status 1, response_type_id 1632: the code is refused");
    add(eko_failure(1, 302, -1, "Wrong OTP"), "302", "200, response_status_id 302: wrong OTP");
    add(eko_failure(1, 303, -1, "OTP expired"), "303", "200, response_status_id 303: OTP expired");
    add(eko_failure(1, 1, -1, "OTP not found. Please make the OTP request again."),
        "OTP not found",
        "200, status 1: OTP not found");
}

ReservedAnswers make_reserved() {
    ReservedAnswers answers("eko");
    for (MockStep const step : {MockStep::send, MockStep::verify}) {
        bool const is_send = step == MockStep::send;
        add_statuses(answers, step);
        add_http_errors(answers, step);
        answers.add_troubles(step, 200, [&](auto, int number) {
            return reserved(is_send ? 4 : 5, number);
        });
        add_other_failures(answers, step);
    }
    answers.add_variant(
        MockStep::send,
        reserved(6, 90001),
        200,
        "\"status\":\"0\"",
        "accepted; the numbers of the answer are texts"
    );
    answers.add_variant(
        MockStep::send,
        reserved(6, 90002),
        200,
        "otp_ref_id",
        "accepted as older documents say; verify has to carry otp_ref_id"
    );
    answers.add_variant(
        MockStep::send,
        reserved(6, 90003),
        200,
        "\"response_status_id\":-1",
        "accepted; response_status_id is -1"
    );
    return answers;
}

}  // namespace

ReservedAnswers const& eko_reserved() {
    static ReservedAnswers const answers = make_reserved();
    return answers;
}

bool eko_answers_numbers_as_text(std::string const& phone) {
    return phone == reserved(6, 90001);
}

bool eko_answers_reference(std::string const& phone) {
    return phone == reserved(6, 90002);
}

bool eko_answers_minus_one(std::string const& phone) {
    return phone == reserved(6, 90003);
}

}  // namespace otp::mocks
