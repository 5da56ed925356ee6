// Every documented error of LoyaltyDog, and each row of its tables.
#include "contract/loyaltydog/loyaltydog_fixture.hpp"
#include "loyaltydog/loyaltydog_errors.hpp"

#include <map>

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Outcome = Verification::Outcome;

Error send_error(int status, std::string_view body, HttpHeaders headers = {}) {
    auto const receipt = make_adapter()->decode_send(
        send_to_phone(), answer(status, std::string(body), std::move(headers)), make_context()
    );
    EXPECT_TRUE(receipt.has_error());
    return receipt.error();
}

Result<Verification> check(int status, std::string_view body, HttpHeaders headers = {}) {
    return make_adapter()->decode_verify(
        verify_of("+12025550162"),
        answer(status, std::string(body), std::move(headers)),
        make_context()
    );
}

TEST(LoyaltyDogErrors, Trap15_a_SuccessFalseIn200) {
    auto const limited =
        send_error(200, R"({"success":false,"message":null,"error":"Rate limit exceeded"})");
    EXPECT_EQ(limited.category, ErrorCategory::recipient_throttled);
    EXPECT_EQ(limited.delivery, Delivery::not_sent);
    EXPECT_EQ(limited.message, "Rate limit exceeded");
    auto const unknown = send_error(200, R"({"success":false,"error":"Something new"})");
    EXPECT_EQ(unknown.category, ErrorCategory::provider_error);
    EXPECT_EQ(unknown.delivery, Delivery::not_sent);
    auto const silent = send_error(200, R"({"success":false})");
    EXPECT_EQ(silent.category, ErrorCategory::provider_error);
    EXPECT_THAT(silent.message, Not(IsEmpty()));
    auto const told =
        send_error(200, R"({"success":false,"message":"Invalid phone","error":null})");
    EXPECT_EQ(told.category, ErrorCategory::invalid_recipient);
}

TEST(LoyaltyDogErrors, ARefusalThatShowsTheCodeProvesNothing) {
    auto const error =
        send_error(200, R"({"success":false,"message":"OTP sent","mockCode":"123456"})");
    EXPECT_EQ(error.delivery, Delivery::unknown);
}

TEST(LoyaltyDogErrors, Trap15_b_DetailIsAText) {
    auto const error = send_error(400, R"({"detail":"Invalid target format"})");
    EXPECT_EQ(error.category, ErrorCategory::invalid_recipient);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.message, "Invalid target format");
    EXPECT_THAT(error.documentation_url, HasSubstr("https://docs.loyalty.dog/"));
}

TEST(LoyaltyDogErrors, Trap15_c_DetailIsAListOfValidationErrors) {
    auto const error = send_error(
        422,
        R"({"detail":[{"loc":["body","target"],"msg":"String should have at least 1 character",)"
        R"("type":"string_too_short","input":"+12025550162","ctx":{"min_length":1}}]})"
    );
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.vendor_code, "string_too_short");
    EXPECT_THAT(pointers(error), ElementsAre("/body/target"));
    EXPECT_THAT(all_text(error), Not(HasSubstr("2025550162")));
}

TEST(LoyaltyDogErrors, Trap15_d_DetailIsAnObject) {
    auto const error = send_error(403, R"({"detail":{"code":"not_owner","message":"Not yours"}})");
    EXPECT_EQ(error.category, ErrorCategory::permission_denied);
    EXPECT_EQ(error.vendor_code, "not_owner");
    EXPECT_EQ(error.message, "Not yours");
}

TEST(LoyaltyDogErrors, Trap15_e_ErrorIsAnObject) {
    auto const error = send_error(
        401, R"({"error":{"code":"invalid_token","message":"Token is invalid","details":{}}})"
    );
    EXPECT_EQ(error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.vendor_code, "invalid_token");
    EXPECT_EQ(error.message, "Token is invalid");
}

TEST(LoyaltyDogErrors, Trap17_LocHasTextsAndIntegersAndDetailMayBeMissing) {
    auto const error = send_error(
        422, R"({"detail":[{"loc":["body",0,"a/b"],"msg":"m","type":"t"},{"loc":null},null,"x"]})"
    );
    EXPECT_THAT(pointers(error), ElementsAre("/body/0/a~1b", ""));
    auto const bare = send_error(422, R"({"detail":null})");
    EXPECT_EQ(bare.category, ErrorCategory::invalid_request);
    EXPECT_EQ(send_error(422, "{}").delivery, Delivery::not_sent);
}

TEST(LoyaltyDogErrors, Limit429OfTheTargetIsTheRecipients) {
    auto const error = send_error(429, R"({"detail":"Rate limit exceeded"})");
    EXPECT_EQ(error.category, ErrorCategory::recipient_throttled);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_FALSE(error.retry_after.has_value());
}

TEST(LoyaltyDogErrors, Trap07_Limit429OfTheTokenHasRetryAfter) {
    auto const seconds = send_error(
        429,
        R"({"error":{"code":"rate_limited","message":"Slow down","details":{}}})",
        {{"Retry-After", "17"}}
    );
    EXPECT_EQ(seconds.category, ErrorCategory::rate_limited);
    EXPECT_EQ(seconds.retry_after, std::chrono::seconds(17));
    // An HTTP date, one minute after the context's time of 20:41:31.
    auto const date = send_error(429, "{}", {{"retry-after", "Mon, 09 Mar 2026 20:42:31 GMT"}});
    ASSERT_TRUE(date.retry_after.has_value());
    EXPECT_GT(*date.retry_after, std::chrono::seconds(59));
    EXPECT_LE(*date.retry_after, std::chrono::seconds(60));
    auto const verified = check(429, "{}", {{"Retry-After", "17"}});
    ASSERT_TRUE(verified.has_error());
    EXPECT_EQ(verified.error().category, ErrorCategory::rate_limited);
}

TEST(LoyaltyDogErrors, Trap01_5xxIsUnknownInSpiteOfRetryWithBackoff) {
    for (int const status : {500, 502, 503, 504}) {
        auto const error = send_error(
            status, R"({"error":{"code":"server_error","message":"Try again","details":{}}})"
        );
        EXPECT_EQ(error.delivery, Delivery::unknown) << status;
        EXPECT_EQ(
            error.category,
            status == 503 ? ErrorCategory::unavailable : ErrorCategory::provider_error
        );
    }
}

TEST(LoyaltyDogErrors, EachRowOfTheStatusTables) {
    std::map<int, ErrorCategory> const expected{
        {400, ErrorCategory::invalid_recipient},
        {401, ErrorCategory::unauthenticated},
        {403, ErrorCategory::permission_denied},
        {404, ErrorCategory::recipient_not_found},
        {409, ErrorCategory::recipient_conflict},
        {422, ErrorCategory::invalid_request},
        {429, ErrorCategory::recipient_throttled},
    };
    EXPECT_EQ(loyaltydog::send_status_rules().size(), expected.size());
    EXPECT_EQ(loyaltydog::verify_status_rules().size(), expected.size());
    for (auto const& [status, category] : expected) {
        auto const error = send_error(status, R"({"detail":"x"})");
        EXPECT_EQ(error.category, category) << status;
        EXPECT_EQ(error.delivery, Delivery::not_sent) << status;
        if (status == 400) continue;  // The answer to a wrong code; see below.
        auto const verification = check(status, R"({"detail":"x"})");
        ASSERT_TRUE(verification.has_error()) << status;
        EXPECT_EQ(verification.error().category, category) << status;
    }
    EXPECT_EQ(loyaltydog::verify_status_rules().front().category, ErrorCategory::invalid_request);
}

TEST(LoyaltyDogErrors, AnswersThatAreNotLoyaltyDogs) {
    for (int const status : {302, 303, 307, 400, 404, 422}) {
        for (std::string_view const body :
             {"",
              "<html>Not Found</html>",
              "[1]",
              R"({"x":1})",
              R"({"timestamp":"2026-03-09T20:46:31Z","status":400,"error":"Bad Request"})"}) {
            auto const error = send_error(status, body);
            EXPECT_EQ(error.category, ErrorCategory::bad_response) << status << body;
            EXPECT_EQ(error.delivery, delivery_of_refusal(status)) << status;
            EXPECT_TRUE(check(status, body).has_error());
        }
    }
}

TEST(LoyaltyDogErrors, EachRowOfTheMessageTable) {
    std::map<std::string_view, ErrorCategory> const expected{
        {"rate limit", ErrorCategory::recipient_throttled},
        {"too many", ErrorCategory::recipient_throttled},
        {"invalid target", ErrorCategory::invalid_recipient},
        {"invalid email", ErrorCategory::invalid_recipient},
        {"invalid phone", ErrorCategory::invalid_recipient},
    };
    EXPECT_EQ(loyaltydog::message_rules().size(), expected.size());
    for (auto const& [part, category] : expected) {
        auto const error = send_error(
            200, R"({"success":false,"error":"Sorry, )" + std::string(part) + " here\"}"
        );
        EXPECT_EQ(error.category, category) << part;
    }
}

TEST(LoyaltyDogErrors, EachRowOfTheOutcomeTable) {
    std::map<std::string_view, Outcome> const expected{
        {"invalid code", Outcome::wrong_code},
        {"invalid otp", Outcome::wrong_code},
        {"incorrect", Outcome::wrong_code},
        {"wrong code", Outcome::wrong_code},
        {"expired", Outcome::expired},
        {"too many", Outcome::too_many_attempts},
        {"maximum", Outcome::too_many_attempts},
    };
    EXPECT_EQ(loyaltydog::outcome_rules().size(), expected.size());
    for (auto const& [part, outcome] : expected) {
        std::string const text = "Sorry: " + std::string(part);
        EXPECT_EQ(check(400, R"({"detail":")" + text + "\"}").value().outcome, outcome) << part;
        EXPECT_EQ(
            check(200, R"({"success":false,"error":")" + text + "\"}").value().outcome, outcome
        ) << part;
    }
}

TEST(LoyaltyDogErrors, DocumentedVerify400IsRejectedIfItDoesNotSayWhich) {
    auto const verification =
        check(400, R"({"detail":"Invalid code, expired, or too many attempts"})").value();
    EXPECT_EQ(verification.outcome, Outcome::rejected);
    EXPECT_EQ(verification.http_status, 400);
    EXPECT_EQ(check(400, R"({"detail":"No"})").value().outcome, Outcome::rejected);
    EXPECT_EQ(check(200, R"({"success":false})").value().outcome, Outcome::rejected);
    EXPECT_EQ(
        check(400, R"({"error":{"code":"otp_expired","message":"Code has expired","details":{}}})")
            .value()
            .vendor_code,
        "otp_expired"
    );
}

TEST(LoyaltyDogErrors, Trap02_NothingPersonalIsKept) {
    auto const error = send_error(
        400,
        R"({"detail":"user@example.com and +12025550162 got 123456 from eyJhbGciOiJIUzI1NiIsInR5cCI6"})"
    );
    for (std::string_view const secret :
         {"user@example.com", "2025550162", "123456", "eyJhbGciOiJIUzI1NiIsInR5cCI6"}) {
        EXPECT_THAT(all_text(error), Not(HasSubstr(std::string(secret))));
    }
}

TEST(LoyaltyDogErrors, Trap03_UnknownCodesAreKeptAndTheStatusDecides) {
    auto const error =
        send_error(409, R"({"error":{"code":"brand_new","message":null,"details":null}})");
    EXPECT_EQ(error.category, ErrorCategory::recipient_conflict);
    EXPECT_EQ(error.vendor_code, "brand_new");
}

}  // namespace
}  // namespace otp::contract
