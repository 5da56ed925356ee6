// Every documented error of 10nPay, and each row of its tables.
#include "10npay/ten_n_pay_errors.hpp"
#include "contract/10npay/ten_n_pay_fixture.hpp"

#include <map>

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Outcome = Verification::Outcome;

constexpr std::string_view already_registered =
    R"({"errors":{"Error":["Phone already registered"]},)"
    R"("type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","title":"Bad Request",)"
    R"("status":400,"traceId":"00-trace-span-00"})";
constexpr std::string_view invalid_code =
    R"({"errors":{"Error":["Invalid code."]},"title":"Bad Request","status":400,)"
    R"("traceId":"00-trace-span-00"})";
constexpr std::string_view code_required =
    R"({"errors":{"Code":["The Code field is required."]},)"
    R"("title":"One or more validation errors occurred.","status":400,)"
    R"("type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","traceId":"00-trace-span-00"})";
constexpr std::string_view all_null =
    R"({"type":null,"title":null,"status":null,"detail":null,"instance":null,)"
    R"("ANY_ADDITIONAL_PROPERTY":"anything"})";

std::string general_error(std::string_view text) {
    return R"({"errors":{"Error":[")" + std::string(text) + R"("]},"status":400})";
}

Error error_of(SendOtp const& send, int status, std::string_view body) {
    auto const receipt =
        make_adapter()->decode_send(send, answer(status, std::string(body)), make_context());
    EXPECT_TRUE(receipt.has_error());
    return receipt.error();
}

Error send_error(int status, std::string_view body) {
    return error_of(send_to(), status, body);
}

Result<Verification> check(int status, std::string_view body) {
    return make_adapter()->decode_verify(
        verify_of(), answer(status, std::string(body)), make_context()
    );
}

TEST(TenNPayErrors, DocumentedPhoneAlreadyRegistered) {
    auto const error = send_error(400, already_registered);
    EXPECT_EQ(error.category, ErrorCategory::recipient_conflict);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.http_status, 400);
    EXPECT_EQ(error.vendor_code, "PhoneAlreadyRegistered");
    EXPECT_EQ(error.message, "Phone already registered");
    EXPECT_EQ(error.request_id, "00-trace-span-00");
    EXPECT_THAT(error.documentation_url, HasSubstr("https://developers.10npay.com/"));
}

TEST(TenNPayErrors, DocumentedFieldValidation) {
    auto const error = send_error(400, code_required);
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_THAT(pointers(error), ElementsAre("/Code"));
    auto const verification = check(400, code_required);
    ASSERT_TRUE(verification.has_error());
    EXPECT_EQ(verification.error().category, ErrorCategory::invalid_request);
}

TEST(TenNPayErrors, DocumentedWrongCode) {
    auto const verification = check(400, invalid_code).value();
    EXPECT_EQ(verification.outcome, Outcome::wrong_code);
    EXPECT_EQ(verification.vendor_code, "InvalidCode");
    EXPECT_EQ(verification.request_id, "00-trace-span-00");
    EXPECT_EQ(verification.http_status, 400);
}

TEST(TenNPayErrors, Verify400WithoutAKnownReasonIsRejected) {
    EXPECT_EQ(check(400, "").value().outcome, Outcome::rejected);
    EXPECT_EQ(check(400, all_null).value().outcome, Outcome::rejected);
    EXPECT_EQ(check(400, general_error("Temporarily blocked")).value().outcome, Outcome::rejected);
}

TEST(TenNPayErrors, Trap20_UnknownUserIs404Or400) {
    for (auto const& [status, body] : std::initializer_list<std::pair<int, std::string>>{
             {404, std::string(all_null)},
             {404, ""},
             {400, general_error("UserNotFound")},
             {400, general_error("User not found.")},
         }) {
        EXPECT_EQ(send_error(status, body).category, ErrorCategory::recipient_not_found) << body;
        EXPECT_EQ(send_error(status, body).delivery, Delivery::not_sent);
        auto const verification = check(status, body);
        ASSERT_TRUE(verification.has_error()) << body;
        EXPECT_EQ(verification.error().category, ErrorCategory::recipient_not_found);
    }
}

TEST(TenNPayErrors, Trap20_SpellingsCompareWithoutCaseAndSpaces) {
    for (std::string_view const text :
         {"Phone already registered", "PhoneAlreadyRegistered", "PHONE ALREADY REGISTERED."}) {
        auto const error = send_error(400, general_error(text));
        EXPECT_EQ(error.category, ErrorCategory::recipient_conflict) << text;
    }
    for (std::string_view const text : {"Invalid code.", "invalidcode", "Invalid Code"}) {
        EXPECT_EQ(check(400, general_error(text)).value().outcome, Outcome::wrong_code) << text;
    }
    EXPECT_EQ(
        send_error(400, general_error("Phone already registered twice")).category,
        ErrorCategory::invalid_request
    );
}

TEST(TenNPayErrors, Trap21_ThrottlingOfAResendIs400) {
    for (std::string const& body :
         {std::string(), general_error("Something"), std::string(all_null)}) {
        auto const error = error_of(resend_to(), 400, body);
        EXPECT_EQ(error.category, ErrorCategory::recipient_throttled) << body;
        EXPECT_EQ(error.delivery, Delivery::not_sent);
    }
    EXPECT_EQ(
        error_of(resend_to(), 400, general_error("UserNotFound")).category,
        ErrorCategory::recipient_not_found
    );
}

TEST(TenNPayErrors, Trap22_EveryMemberMayBeNull) {
    auto const error = send_error(404, all_null);
    EXPECT_EQ(error.category, ErrorCategory::recipient_not_found);
    EXPECT_THAT(error.message, Not(IsEmpty()));
    EXPECT_THAT(error.request_id, IsEmpty());
    auto const odd = send_error(400, R"({"errors":{"Error":null,"A":[null,1],"B":"b"},"title":1})");
    EXPECT_EQ(odd.category, ErrorCategory::invalid_request);
    EXPECT_THAT(pointers(odd), ElementsAre("/B"));
    EXPECT_EQ(send_error(400, R"({"errors":null})").category, ErrorCategory::invalid_request);
}

TEST(TenNPayErrors, Trap19_EmptyBodyOf500IsNoJsonError) {
    auto const error = send_error(500, "");
    EXPECT_EQ(error.category, ErrorCategory::provider_error);
    EXPECT_EQ(error.delivery, Delivery::unknown);
    EXPECT_THAT(error.message, Not(IsEmpty()));
}

TEST(TenNPayErrors, Trap01_5xxIsUnknownInSpiteOfRetryWithBackoff) {
    for (int const status : {500, 502, 503, 504}) {
        for (std::string_view const body : {std::string_view(), already_registered}) {
            auto const error = send_error(status, body);
            EXPECT_EQ(error.delivery, Delivery::unknown) << status;
            EXPECT_EQ(
                error.category,
                status == 503 ? ErrorCategory::unavailable : ErrorCategory::provider_error
            );
            auto const verification = check(status, invalid_code);
            ASSERT_TRUE(verification.has_error());
            EXPECT_EQ(verification.error().delivery, Delivery::unknown);
        }
    }
}

TEST(TenNPayErrors, Trap25_UserIdInATextIsTheSameId) {
    auto const error = send_error(
        404, R"({"title":"Not Found","status":404,"detail":"unknown userId","traceId":"t"})"
    );
    EXPECT_EQ(error.category, ErrorCategory::recipient_not_found);
    EXPECT_EQ(error.message, "unknown userId");
}

TEST(TenNPayErrors, Documented401) {
    auto const error = send_error(401, "");
    EXPECT_EQ(error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    auto const verification = check(401, "");
    ASSERT_TRUE(verification.has_error());
    EXPECT_EQ(verification.error().category, ErrorCategory::unauthenticated);
}

TEST(TenNPayErrors, EachRowOfTheErrorTable) {
    std::map<std::string_view, ErrorCategory> const expected{
        {"UserNotFound", ErrorCategory::recipient_not_found},
        {"PhoneAlreadyRegistered", ErrorCategory::recipient_conflict},
        {"InvalidCode", ErrorCategory::invalid_request},
    };
    EXPECT_EQ(ten_n_pay::error_rules().size(), expected.size());
    for (auto const& [text, category] : expected) {
        auto const error = send_error(418, general_error(text));
        EXPECT_EQ(error.category, category) << text;
        EXPECT_EQ(error.vendor_code, text);
        EXPECT_EQ(error.delivery, Delivery::not_sent);
    }
}

TEST(TenNPayErrors, EachRowOfTheFieldTable) {
    ASSERT_EQ(ten_n_pay::field_rules().size(), 1u);
    auto const error = send_error(
        400, R"({"errors":{"PhoneNumber":["The PhoneNumber field is not a valid phone number."]}})"
    );
    EXPECT_EQ(error.category, ErrorCategory::invalid_recipient);
    EXPECT_THAT(pointers(error), ElementsAre("/PhoneNumber"));
}

TEST(TenNPayErrors, EachRowOfTheStatusTables) {
    std::map<int, ErrorCategory> expected{
        {400, ErrorCategory::invalid_request},
        {401, ErrorCategory::unauthenticated},
        {404, ErrorCategory::recipient_not_found},
    };
    EXPECT_EQ(ten_n_pay::send_status_rules().size(), expected.size());
    for (auto const& [status, category] : expected) {
        EXPECT_EQ(send_error(status, R"({"title":"x"})").category, category) << status;
    }
    expected[400] = ErrorCategory::recipient_throttled;
    EXPECT_EQ(ten_n_pay::resend_status_rules().size(), expected.size());
    for (auto const& [status, category] : expected) {
        EXPECT_EQ(error_of(resend_to(), status, R"({"title":"x"})").category, category) << status;
    }
}

TEST(TenNPayErrors, AnswersThatAreNotTenNPays) {
    for (int const status : {302, 303, 307, 400, 404}) {
        for (std::string_view const body :
             {"<html>Not Found</html>", "[1]", "{\"x\":1}", "{\"er"}) {
            auto const error = send_error(status, body);
            EXPECT_EQ(error.category, ErrorCategory::bad_response) << status << body;
            EXPECT_EQ(error.delivery, delivery_of_refusal(status)) << status;
            EXPECT_TRUE(check(status, body).has_error()) << status << body;
        }
    }
    for (int const status : {401, 403}) {
        for (std::string_view const body : {"<html>Forbidden</html>", "Forbidden"}) {
            EXPECT_EQ(send_error(status, body).category, ErrorCategory::bad_response) << status;
            EXPECT_EQ(check(status, body).error().category, ErrorCategory::bad_response) << status;
        }
    }
    // As frameworks report: 10nPay's reports have a title or errors.
    for (std::string_view const body :
         {R"({"timestamp":"2026-03-09T20:46:31Z","status":400,"error":"Bad Request","path":"/"})",
          R"({"status":400})"}) {
        EXPECT_EQ(send_error(400, body).category, ErrorCategory::bad_response) << body;
        EXPECT_EQ(check(400, body).error().category, ErrorCategory::bad_response) << body;
    }
    EXPECT_EQ(check(400, " \r\n").value().outcome, Verification::Outcome::rejected);
    // No document shows the body of a 401, and none knows a 403.
    std::string_view const gateway = R"({"message":"Forbidden"})";
    EXPECT_EQ(send_error(401, gateway).category, ErrorCategory::unauthenticated);
    EXPECT_EQ(send_error(403, gateway).category, ErrorCategory::bad_response);
    EXPECT_EQ(send_error(403, "").category, ErrorCategory::permission_denied);
    EXPECT_EQ(send_error(429, "").category, ErrorCategory::rate_limited);
}

TEST(TenNPayErrors, Trap02_NothingPersonalIsKept) {
    auto const error = send_error(400, general_error("+359881234567 of user@example.com: 714982"));
    for (std::string_view const secret : {"359881234567", "user@example.com", "714982"}) {
        EXPECT_THAT(all_text(error), Not(HasSubstr(std::string(secret))));
    }
}

}  // namespace
}  // namespace otp::contract
