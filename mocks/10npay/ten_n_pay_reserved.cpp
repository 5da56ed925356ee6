#include "10npay/ten_n_pay_reserved.hpp"

#include "10npay/ten_n_pay_problem.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr VendorDocument older_send_document{
    "https://developers.10npay.com/bg/docs/send-verification-code/"};

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

/// Recipients of one step, by their number.
class Adder {
public:
    Adder(ReservedAnswers& reserved, MockStep step, int base)
        : reserved_(reserved),
          step_(step),
          base_(base),
          document_(step == MockStep::send ? ten_n_pay_send_document : ten_n_pay_verify_document) {}

    /// `answer`: a refusal, or a response that says no such thing.
    template <typename Answer>
    void add(int number, Answer answer, AnswerLabel label) {
        reserved_.add(step_, std::to_string(base_ + number), std::move(answer), std::move(label));
    }

    void add_common() {
        add(10,
            Refusal{
                empty_response(401),
                document_.header(
                    "authorization", "The bearer token must be there, and not expired."
                )},
            {"unauthorized", "", "401 without a body: the token is refused"});
        add(11,
            Refusal{
                empty_response(403),
                document_.header("authorization", "The token must be good for this call.")},
            {"forbidden",
             "",
             "403 without a body",
             "403 without a body: the token is not good for this"});
        auto const user_exists =
            document_.member("id", "The id must be one of a user that exists.");
        add(12,
            Refusal{all_null(), user_exists},
            {"not_found_null",
             "null",
             "404, every member null",
             "404: the user does not exist; every member is null"});
        add(13,
            ten_n_pay_problem(404, "Not Found", {}, user_exists),
            {"not_found", "Not Found", "404 Not Found", "404: the user does not exist"});
        add(14,
            ten_n_pay_refusal("UserNotFound", user_exists),
            {"user_not_found",
             "UserNotFound",
             "400 UserNotFound, as older documents say",
             "400: the user does not exist, as older documents say it"});
        add_server_errors();
        add(17,
            ten_n_pay_refusal("Something new happened.", unknown_text()),
            {"unknown_text", "Something new", "400 with a text that no document knows"});
        auto error_in_200 = ten_n_pay_refusal("Something new happened.", unknown_text());
        error_in_200.response.status = 200;
        add(18,
            std::move(error_in_200),
            {"error_in_200", "Something new", "200 with an error inside"});
        reserved_.add_troubles(step_, step_ == MockStep::send ? 204 : 200, [&](auto, int number) {
            return std::to_string(base_ + 100 + number);
        });
    }

private:
    void add_server_errors() {
        auto const retry_later = document_.nothing_broken(
            "The server failed for a moment; the call is to be repeated with backoff."
        );
        add(15,
            Refusal{empty_response(500), retry_later},
            {"internal_error", "", "500 without a body", "500 without a body: the server fails"});
        add(16,
            Refusal{empty_response(503), retry_later},
            {"service_unavailable",
             "",
             "503 without a body",
             "503 without a body: the server cannot answer now"});
    }

    [[nodiscard]] Explanation unknown_text() const {
        return document_.nothing_broken("A client must stand texts that no document lists.");
    }

    ReservedAnswers& reserved_;
    MockStep step_;
    int base_;
    VendorDocument document_;
};

void add_send(ReservedAnswers& reserved) {
    Adder send(reserved, MockStep::send, 40000);
    constexpr char unique[] = "A phone number must belong to one user only.";
    send.add(
        1,
        ten_n_pay_refusal(
            "Phone already registered", ten_n_pay_send_document.member("phoneNumber", unique)
        ),
        {"phone_already_registered",
         "Phone already registered",
         "400 Phone already registered",
         "400: the phone number belongs to another user"}
    );
    send.add(
        2,
        ten_n_pay_refusal(
            "PhoneAlreadyRegistered", older_send_document.member("phoneNumber", unique)
        ),
        {"phone_already_registered_old",
         "PhoneAlreadyRegistered",
         "400 PhoneAlreadyRegistered, as older documents say",
         "400: the phone number belongs to another user, as older documents say it"}
    );
    send.add(
        3,
        ten_n_pay_invalid(
            json::object{
                {"PhoneNumber", json::array{"The PhoneNumber field is not a valid phone number."}}},
            ten_n_pay_send_document.member(
                "phoneNumber", "The phoneNumber must be in E.164 format."
            )
        ),
        {"invalid_phone_number", "PhoneNumber", "400, the phone number's format is refused"}
    );
    send.add(
        4,
        ten_n_pay_refusal(
            "Too many requests, try again later.",
            ten_n_pay_resend_document.nothing_broken(
                "A code may be sent again only so often in a time; the number is not documented."
            )
        ),
        {"too_many_requests", "Too many requests", "400 by throttling"}
    );
    send.add(
        5,
        empty_response(204),
        {"already_verified", "", "204: the user is already verified, no message is sent"}
    );
    send.add(
        6,
        json_response(200, json::object()),
        {"accepted_200", "{}", "200 {} as older documents say; no message is sent"}
    );
    send.add_common();
}

void add_verify(ReservedAnswers& reserved) {
    Adder verify(reserved, MockStep::verify, 50000);
    auto const& document = ten_n_pay_verify_document;
    verify.add(
        1,
        ten_n_pay_refusal(
            "Invalid code.",
            document.member("code", "The code must be the latest one, and not expired.")
        ),
        {"invalid_code", "Invalid code.", "400 Invalid code.", "400: the code is refused"}
    );
    verify.add(
        2,
        ten_n_pay_invalid(
            json::object{{"Code", json::array{"The Code field is required."}}},
            document.member("code", "The code must not be empty.")
        ),
        {"code_required",
         "Code field is required",
         "400, a field error",
         "400: the code is missing"}
    );
    verify.add(
        3,
        ten_n_pay_refusal(
            "Temporarily blocked.",
            document.member("id", "A user is blocked for a time after repeated failures.")
        ),
        {"blocked", "Temporarily blocked", "400: blocked after repeated failures"}
    );
    verify.add(
        4, json_response(200, json::object()), {"approved_empty_object", "{}", "200 {}, approved"}
    );
    verify.add(
        5,
        json_response(200, {{"isPhoneNumberVerified", true}}),
        {"approved_with_confirmation", "isPhoneNumberVerified", "200 with a confirmation, approved"}
    );
    verify.add(
        6, empty_response(204), {"approved_204", "", "204, which no document knows for a check"}
    );
    verify.add(
        7,
        empty_response(200),
        {"approved_without_effect", "", "200 without a body, though the status stays not verified"}
    );
    verify.add_common();
}

ReservedAnswers make_reserved() {
    ReservedAnswers reserved("10npay");
    add_send(reserved);
    add_verify(reserved);
    return reserved;
}

}  // namespace

ReservedAnswers const& ten_n_pay_reserved() {
    static ReservedAnswers const reserved = make_reserved();
    return reserved;
}

}  // namespace otp::mocks
