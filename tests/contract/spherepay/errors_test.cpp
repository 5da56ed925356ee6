// Every documented error of SpherePay, and each row of its tables.
#include "contract/spherepay/spherepay_fixture.hpp"
#include "spherepay/spherepay_errors.hpp"

#include <map>

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Error send_error(int status, std::string_view body, HttpHeaders headers = {}) {
    auto const receipt = make_adapter()->decode_send(
        send_to(customer), answer(status, std::string(body), std::move(headers)), make_context()
    );
    EXPECT_TRUE(receipt.has_error());
    return receipt.error();
}

Result<Verification> check(int status, std::string_view body) {
    return make_adapter()->decode_verify(
        verify_of(customer, "phone"), answer(status, std::string(body)), make_context()
    );
}

TEST(SpherePayErrors, Documented400) {
    auto const error = send_error(
        400,
        R"({"status":400,"detail":"Invalid request parameters","code":"address/invalid",)"
        R"("correlationId":"28c61e885c6e5eaa78c1a2183a9b883c"})"
    );
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.http_status, 400);
    EXPECT_EQ(error.vendor_code, "address/invalid");
    EXPECT_EQ(error.message, "Invalid request parameters");
    EXPECT_EQ(error.request_id, "28c61e885c6e5eaa78c1a2183a9b883c");
    EXPECT_THAT(error.documentation_url, HasSubstr("https://docs.spherepay.co/"));
}

TEST(SpherePayErrors, Documented404) {
    auto const error = send_error(
        404,
        R"({"status":404,"detail":"Resource not found","code":"resource/not-found",)"
        R"("correlationId":"28c61e885c6e5eaa78c1a2183a9b883c"})"
    );
    EXPECT_EQ(error.category, ErrorCategory::recipient_not_found);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.vendor_code, "resource/not-found");
}

TEST(SpherePayErrors, Documented422) {
    auto const error = send_error(
        422,
        R"({"status":422,"detail":"Validation failed","code":"validation/failed",)"
        R"("correlationId":"28c61e885c6e5eaa78c1a2183a9b883c","errors":[)"
        R"({"detail":"Invalid email format","pointer":"/email"},)"
        R"({"detail":"Name is required","pointer":"/name"}]})"
    );
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_THAT(pointers(error), ElementsAre("/email", "/name"));
    EXPECT_EQ(error.violations.front().message, "Invalid email format");
}

TEST(SpherePayErrors, Trap08_InvalidKeyIs403WithoutCode) {
    auto const error = send_error(
        403,
        R"({"status":403,"detail":"Forbidden resource",)"
        R"("correlationId":"e633f28100526862cadc4c592435eddd"})"
    );
    EXPECT_EQ(error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_THAT(error.vendor_code, IsEmpty());
    EXPECT_EQ(error.message, "Forbidden resource");
}

TEST(SpherePayErrors, Trap08_InvalidKeyIs401InTheOlderPage) {
    auto const error = send_error(
        401, R"({"status":401,"detail":"Invalid or missing API key.","code":"unauthorized"})"
    );
    EXPECT_EQ(error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(error.vendor_code, "unauthorized");
    auto const verification = check(403, R"({"status":403,"detail":"Forbidden resource"})");
    ASSERT_TRUE(verification.has_error());
    EXPECT_EQ(verification.error().category, ErrorCategory::unauthenticated);
}

TEST(SpherePayErrors, Trap09_SecondGenerationWithFields) {
    auto const error =
        send_error(400, R"({"ts":"2025-05-01T00:00:00.000Z","error":{"type":["Required"]}})");
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_THAT(pointers(error), ElementsAre("/type"));
    EXPECT_EQ(error.message, "Required");
}

TEST(SpherePayErrors, Trap09_SecondGenerationGeneral) {
    auto const error = send_error(
        404, R"({"ts":"2025-05-01T00:00:00.000Z","error":{"general":"Customer Not Found"}})"
    );
    EXPECT_EQ(error.category, ErrorCategory::recipient_not_found);
    EXPECT_EQ(error.message, "Customer Not Found");
    EXPECT_THAT(pointers(error), ElementsAre(""));
}

TEST(SpherePayErrors, Trap09_FirstGeneration) {
    auto const error =
        send_error(404, R"({"error":"customer/not-found","message":"No such customer"})");
    EXPECT_EQ(error.category, ErrorCategory::recipient_not_found);
    EXPECT_EQ(error.vendor_code, "customer/not-found");
    EXPECT_EQ(error.message, "No such customer");
}

TEST(SpherePayErrors, Trap09_ProblemDetailsComeFirst) {
    auto const error = send_error(
        400, R"({"status":400,"detail":"new","error":"customer/duplicate","message":"old"})"
    );
    EXPECT_EQ(error.message, "new");
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
}

TEST(SpherePayErrors, Trap10_AddressInvalidIsNotAboutTheRecipient) {
    auto const error = send_error(
        400, R"({"status":400,"detail":"Invalid request parameters","code":"address/invalid"})"
    );
    EXPECT_NE(error.category, ErrorCategory::invalid_recipient);
}

TEST(SpherePayErrors, Trap10_WrongOrExpiredCodeIsRejectedWithoutAReason) {
    for (int const status : {400, 422}) {
        auto const verification = check(
            status,
            R"({"status":400,"detail":"Invalid request parameters","code":"address/invalid",)"
            R"("correlationId":"28c61e885c6e5eaa78c1a2183a9b883c"})"
        );
        ASSERT_TRUE(verification.has_value()) << status;
        EXPECT_EQ(verification->outcome, Verification::Outcome::rejected);
        EXPECT_EQ(verification->vendor_code, "address/invalid");
        EXPECT_EQ(verification->request_id, "28c61e885c6e5eaa78c1a2183a9b883c");
        EXPECT_EQ(verification->http_status, status);
    }
}

TEST(SpherePayErrors, Trap10_AViolationOfAnotherMemberIsNotAWrongCode) {
    auto const other = check(
        422,
        R"({"status":422,"detail":"Validation failed","code":"validation/failed",)"
        R"("errors":[{"detail":"must be phone or email","pointer":"/type"}]})"
    );
    ASSERT_TRUE(other.has_error());
    EXPECT_EQ(other.error().category, ErrorCategory::invalid_request);
    auto const code_itself = check(
        422,
        R"({"status":422,"detail":"Validation failed","code":"validation/failed",)"
        R"("errors":[{"detail":"wrong","pointer":"/code"}]})"
    );
    ASSERT_TRUE(code_itself.has_value());
    EXPECT_EQ(code_itself->outcome, Verification::Outcome::rejected);
}

TEST(SpherePayErrors, Trap10_AnotherStatusIsNoWordAboutTheCode) {
    for (int const status : {401, 403, 404, 408, 429}) {
        auto const answered = check(
            status,
            R"({"status":422,"detail":"Validation failed","code":"validation/failed",)"
            R"("errors":[{"detail":"wrong","pointer":"/code"}]})"
        );
        EXPECT_TRUE(answered.has_error()) << status;
    }
}

TEST(SpherePayErrors, Trap11_TheHttpStatusIsTrustedAndNotTheMember) {
    auto const error =
        send_error(500, R"({"status":404,"detail":"odd","code":"resource/not-found"})");
    EXPECT_EQ(error.category, ErrorCategory::provider_error);
    EXPECT_EQ(error.delivery, Delivery::unknown);
    EXPECT_EQ(error.http_status, 500);
}

TEST(SpherePayErrors, DocumentedVerify404IsAnErrorAndNoOutcome) {
    auto const verification =
        check(404, R"({"status":404,"detail":"Resource not found","code":"resource/not-found"})");
    ASSERT_TRUE(verification.has_error());
    EXPECT_EQ(verification.error().category, ErrorCategory::recipient_not_found);
}

TEST(SpherePayErrors, EachRowOfTheErrorTable) {
    std::map<std::string_view, ErrorCategory> const expected{
        {"address/invalid", ErrorCategory::invalid_request},
        {"resource/not-found", ErrorCategory::recipient_not_found},
        {"validation/failed", ErrorCategory::invalid_request},
        {"unauthorized", ErrorCategory::unauthenticated},
        {"customer/not-found", ErrorCategory::recipient_not_found},
        {"customer/duplicate", ErrorCategory::recipient_conflict},
        {"customer/kyc-not-approved", ErrorCategory::permission_denied},
        {"customer/tos-not-approved", ErrorCategory::permission_denied},
    };
    EXPECT_EQ(spherepay::error_rules().size(), expected.size());
    for (auto const& [vendor_code, category] : expected) {
        // 418 means nothing by itself, so that the row alone decides.
        auto const error = send_error(
            418, R"({"status":418,"detail":"d","code":")" + std::string(vendor_code) + "\"}"
        );
        EXPECT_EQ(error.category, category) << vendor_code;
        EXPECT_EQ(error.delivery, Delivery::not_sent) << vendor_code;
        EXPECT_EQ(error.vendor_code, vendor_code);
    }
}

TEST(SpherePayErrors, EachRowOfTheStatusTable) {
    std::map<int, ErrorCategory> const expected{
        {400, ErrorCategory::invalid_request},
        {401, ErrorCategory::unauthenticated},
        {403, ErrorCategory::unauthenticated},
        {404, ErrorCategory::recipient_not_found},
        {422, ErrorCategory::invalid_request},
        {429, ErrorCategory::rate_limited},
    };
    EXPECT_EQ(spherepay::status_rules().size(), expected.size());
    for (auto const& [status, category] : expected) {
        auto const error = send_error(status, R"({"status":0,"detail":"d"})");
        EXPECT_EQ(error.category, category) << status;
        EXPECT_EQ(error.delivery, Delivery::not_sent) << status;
    }
}

TEST(SpherePayErrors, Trap03_AnUnknownCodeIsKeptAndNeverTheCallersFault) {
    for (int const status : {400, 404, 422}) {
        auto const error = send_error(status, R"({"status":0,"detail":"d","code":"new/unknown"})");
        EXPECT_EQ(error.category, ErrorCategory::bad_response) << status;
        EXPECT_EQ(error.delivery, Delivery::not_sent) << status;
        EXPECT_EQ(error.vendor_code, "new/unknown");
    }
    auto const throttled = send_error(429, R"({"status":0,"detail":"d","code":"new/unknown"})");
    EXPECT_EQ(throttled.category, ErrorCategory::rate_limited);
}

TEST(SpherePayErrors, StatusesWithoutABodyOfSpherePay) {
    struct Case {
        int status;
        ErrorCategory category;
        Delivery delivery;
    };
    for (auto const& expected : std::initializer_list<Case>{
             {302, ErrorCategory::bad_response, Delivery::unknown},
             {303, ErrorCategory::bad_response, Delivery::unknown},
             {307, ErrorCategory::bad_response, Delivery::not_sent},
             {400, ErrorCategory::bad_response, Delivery::not_sent},
             {404, ErrorCategory::bad_response, Delivery::not_sent},
             {408, ErrorCategory::unavailable, Delivery::not_sent},
             {421, ErrorCategory::unavailable, Delivery::not_sent},
             {429, ErrorCategory::rate_limited, Delivery::not_sent},
             {500, ErrorCategory::provider_error, Delivery::unknown},
             {502, ErrorCategory::provider_error, Delivery::unknown},
             {503, ErrorCategory::unavailable, Delivery::unknown},
             {504, ErrorCategory::provider_error, Delivery::unknown},
         }) {
        SCOPED_TRACE(expected.status);
        for (std::string_view const body : {"", "<html>Bad Gateway</html>", "[1]", "{\"x\":"}) {
            auto const error = send_error(expected.status, body);
            EXPECT_EQ(error.category, expected.category);
            EXPECT_EQ(error.delivery, expected.delivery);
            EXPECT_THAT(error.message, Not(IsEmpty()));
        }
        EXPECT_TRUE(check(expected.status, "<html>").has_error());
    }
}

TEST(SpherePayErrors, RefusedCredentialsAreSpherePaysOwnWordOrNobodys) {
    for (int const status : {401, 403}) {
        EXPECT_EQ(send_error(status, "").category, ErrorCategory::unauthenticated) << status;
        for (std::string_view const body :
             {"<html>Forbidden</html>", "Forbidden", R"({"message":"Forbidden"})"}) {
            auto const error = send_error(status, body);
            EXPECT_EQ(error.category, ErrorCategory::bad_response) << status << body;
            EXPECT_EQ(error.delivery, Delivery::not_sent);
            EXPECT_THAT(error.message, HasSubstr("gateway"));
        }
    }
}

TEST(SpherePayErrors, Trap07_RetryAfterIsHonouredIfItIsThere) {
    auto const error = send_error(429, "{}", {{"Retry-After", "30"}});
    ASSERT_TRUE(error.retry_after.has_value());
    EXPECT_EQ(*error.retry_after, std::chrono::seconds(30));
    EXPECT_FALSE(send_error(429, "{}").retry_after.has_value());
}

TEST(SpherePayErrors, Trap02_NothingPersonalIsKept) {
    auto const error = send_error(
        422,
        R"({"status":422,"detail":"+12025550162 and user@example.com","code":"validation/failed",)"
        R"("errors":[{"detail":"code 123456 was sent to user@example.com","pointer":"/email"}]})"
    );
    for (std::string_view const secret : {"2025550162", "user@example.com", "123456"}) {
        EXPECT_THAT(all_text(error), Not(HasSubstr(std::string(secret))));
    }
}

TEST(SpherePayErrors, Trap03_MembersMayBeNullOrOfAnotherType) {
    auto const error = send_error(
        400,
        R"({"title":null,"status":"400","detail":"d","code":null,"errors":[null,7,{"detail":1}],)"
        R"("correlationId":12})"
    );
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_THAT(error.vendor_code, IsEmpty());
    EXPECT_THAT(error.violations, IsEmpty());
}

}  // namespace
}  // namespace otp::contract
