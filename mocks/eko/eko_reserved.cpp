#include "eko/eko_reserved.hpp"

#include "eko/eko_envelope.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <string>
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
    /// Of the fault.
    char const* name;
    char const* text;
    /// What the request or the account should have been like.
    char const* demands;
    /// The member that is to blame; empty: none.
    char const* member{""};
};

// https://eps.eko.in/docs/error-codes
constexpr std::array status_texts{
    StatusText{
        17, "wallet_exists", "User wallet already exists", "A user must have one wallet only."},
    StatusText{
        31,
        "agent_not_registrable",
        "Agent can not be registered",
        "The agent must be one that can be registered."},
    StatusText{
        97,
        "field_missing",
        "Please provide the value of the field",
        "Each required member must have a value.",
        "mobile"},
    StatusText{
        132,
        "name_not_letters",
        "Sender name should only contain letters",
        "A name must have letters only."},
    StatusText{168, "unknown_tid", "TID does not exist", "The tid must be one that exists."},
    StatusText{
        302, "wrong_otp", "Wrong OTP", "The otp must be the one of the newest message.", "otp"},
    StatusText{
        303, "otp_expired", "OTP expired", "The otp must be checked before it expires.", "otp"},
    StatusText{
        319,
        "invalid_initiator",
        "Invalid Sender/Initiator",
        "The initiator_id must be the one of the account.",
        "initiator_id"},
    StatusText{
        327,
        "verification_pending",
        "Enrollment done. Verification pending",
        "The customer must be verified first."},
    StatusText{
        342,
        "recipient_exists",
        "Recipient already registered",
        "A recipient must be registered once only."},
    StatusText{
        346,
        "agent_not_allowed",
        "Agent not allowed to this transaction",
        "The agent must be onboarded for this service."},
    StatusText{
        347,
        "insufficient_balance",
        "Insufficient balance",
        "The account must have enough balance."},
    StatusText{
        460, "invalid_channel", "Invalid channel", "The channel must be one that is allowed."},
    StatusText{
        461,
        "invalid_params",
        "Invalid parameters",
        "Each member must have a valid value; invalid_params tells which one has not.",
        "mobile"},
    StatusText{463, "user_not_found", "User not found", "The user must be one that exists."},
    StatusText{
        544,
        "bank_unavailable",
        "Bank is not available now",
        "A service behind Eko is out of order for some time."},
    StatusText{
        585,
        "already_kyc_approved",
        "Customer already KYC approved",
        "A customer must be approved once only."},
    StatusText{
        945,
        "monthly_limit",
        "Sender/Beneficiary limit has been exhausted for this month",
        "The customer must be within the month's limit."},
    StatusText{
        1237,
        "id_proof_exists",
        "ID proof number already exists in the system",
        "An ID proof must belong to one customer only."},
    StatusText{
        1297,
        "not_onboarded",
        "User or agent not onboarded",
        "The user and the agent must be onboarded."},
    StatusText{
        4242,
        "unknown_status",
        "Something new happened",
        "A client must stand a status that no document lists."},
};

Explanation explain(char const* member, char const* demands) {
    return *member == 0 ? eko_errors_document.nothing_broken(demands)
                        : eko_errors_document.member(member, demands);
}

void add_statuses(ReservedAnswers& answers, MockStep step) {
    int const kind = step == MockStep::send ? 0 : 1;
    for (auto const& [status, name, text, demands, member] : status_texts) {
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
            Refusal{json_response(200, body), explain(member, demands)},
            {name,
             "\"status\":" + std::to_string(status),
             "200, status " + std::to_string(status) + ": " + text}
        );
    }
}

void add_http_errors(ReservedAnswers& answers, MockStep step) {
    int const kind = step == MockStep::send ? 2 : 3;
    auto const& document = step == MockStep::send ? eko_send_document : eko_verify_document;
    auto const add = [&](MockResponse response, Explanation why, AnswerLabel label) {
        auto recipient = reserved(kind, response.status);
        answers.add(
            step,
            std::move(recipient),
            Refusal(std::move(response), std::move(why)),
            std::move(label)
        );
    };
    constexpr char signature[] =
        "The secret-key must be the HMAC-SHA256 of its timestamp, which must be the server's time.";
    add(json_response(400, {{"status", 1}, {"message", "Bad Request"}}),
        document.body("The request must be well formed."),
        {"bad_request", "Bad Request", "400", "400: the request is malformed"});
    add(empty_response(401),
        eko_signature_document.header("secret-key", signature),
        {"unauthorized", "", "401 without a body: the signature is refused"});
    add(json_response(403, {{"status", 1}, {"message", "Forbidden"}}),
        eko_signature_document.header("secret-key", signature),
        {"forbidden", "Forbidden", "403: secret-key or its timestamp is refused"});
    add(json_response(404, {{"status", 1}, {"message", "Not Found"}}),
        eko_errors_document.path("The URL must be the documented one, below the right base URL."),
        {"not_found", "Not Found", "404: wrong URL"});
    add(empty_response(405),
        document.method(step == MockStep::send ? "POST" : "PUT"),
        {"method_not_allowed", "", "405: wrong method"});
    add(empty_response(415),
        document.media_type("application/json"),
        {"unsupported_media_type", "", "415: wrong content type"});
    add(empty_response(500),
        eko_errors_document.nothing_broken("The server failed, or its URL is misconfigured."),
        {"internal_error", "", "500 without a body", "500 without a body: the server fails"});
}

/// The other failures of one step, by their number.
class Adder {
public:
    Adder(ReservedAnswers& answers, MockStep step) : answers_(answers), step_(step) {}

    void add_all() {
        add_messages();
        add_contradictions();
        add_other_shapes();
        if (step_ == MockStep::verify) add_codes();
    }

private:
    void add(Refusal refusal, AnswerLabel label) {
        int const kind = step_ == MockStep::send ? 6 : 7;
        answers_.add(step_, reserved(kind, ++number_), std::move(refusal), std::move(label));
    }

    void add_message(char const* name, char const* text, char const* marker, Explanation why) {
        add(eko_failure(1, 1, -1, text, std::move(why)),
            {name, marker, std::string("200, status 1: ") + text});
    }

    void add_messages() {
        add_message(
            "no_mapping_rule",
            "No mapping rule matched",
            "No mapping rule matched",
            explain("", "The account must be set up for this service.")
        );
        add_message(
            "customer_not_allowed",
            "Customer not allowed",
            "Customer not allowed",
            explain("mobile", "The customer must be allowed to use this service.")
        );
        add_message(
            "no_key_for_response",
            "No Key for Response",
            "No Key for Response",
            explain("", "No parameter must be missing or malformed.")
        );
        add_message(
            "production_key",
            "Kindly use your production key",
            "production key",
            eko_signature_document.header(
                "developer_key", "The keys must be those of the base URL's environment."
            )
        );
    }

    void add_contradictions() {
        add(eko_failure(
                0,
                -2,
                -1,
                "Another transaction is in progress",
                explain("", "One transaction must end before the next one begins.")
            ),
            {"transaction_in_progress",
             "-2",
             "200, status 0 but response_status_id -2: another transaction in progress"});
        add(eko_failure(
                0,
                1,
                -1,
                "Failed",
                explain("", "A client must read status and response_status_id, which may differ.")
            ),
            {"failed", "Failed", "200, status 0 but response_status_id 1"});
    }

    void add_other_shapes() {
        auto parameters = eko_envelope(461, 1, -1, "Invalid parameters");
        parameters["invalid_parameters"] = json::object{{"mobile", "Please provide a valid value"}};
        add({json_response(200, parameters),
             explain("mobile", "The mobile must have 10 digits, without +91 or 0.")},
            {"invalid_parameters",
             "invalid_parameters",
             "200, status 461 with invalid_parameters, the name that the prose uses"});
        auto text = eko_envelope(319, 1, -1, "Invalid Sender/Initiator");
        text["status"] = "319";
        text["data"] = nullptr;
        add({json_response(200, text),
             explain("initiator_id", "The initiator_id must be the one of the account.")},
            {"status_as_text", "\"319\"", "200, status 319 as text, data null"});
    }

    void add_codes() {
        auto const& document = eko_verify_document;
        auto const newest =
            document.member("otp", "The otp must be the one of the newest message.");
        add(eko_failure(1, 1, 1632, "OTP verification failed.", newest),
            {"verification_failed",
             "OTP verification failed.",
             "200, status 1, response_type_id 1632: the code is refused"});
        add(eko_failure(1, 302, -1, "Wrong OTP", newest),
            {"wrong_otp_in_response_status", "302", "200, response_status_id 302: wrong OTP"});
        add(eko_failure(
                1,
                303,
                -1,
                "OTP expired",
                document.member("otp", "The otp must be checked before it expires.")
            ),
            {"otp_expired_in_response_status", "303", "200, response_status_id 303: OTP expired"});
        add(eko_failure(
                1,
                1,
                -1,
                "OTP not found. Please make the OTP request again.",
                document.member("client_ref_id", "The client_ref_id must be the one of the send.")
            ),
            {"otp_not_found", "OTP not found", "200, status 1: OTP not found"});
    }

    ReservedAnswers& answers_;
    MockStep step_;
    int number_{0};
};

ReservedAnswers make_reserved() {
    ReservedAnswers answers("eko");
    for (MockStep const step : {MockStep::send, MockStep::verify}) {
        bool const is_send = step == MockStep::send;
        add_statuses(answers, step);
        add_http_errors(answers, step);
        answers.add_troubles(step, 200, [&](auto, int number) {
            return reserved(is_send ? 4 : 5, number);
        });
        Adder(answers, step).add_all();
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
