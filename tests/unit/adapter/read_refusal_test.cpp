// A refusal whose meaning is a table: the rows of the rules through `judge_refusal` and
// `read_refusal`.

#include <otp/adapter/refusal.hpp>
#include <otp/json_body.hpp>

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace otp::adapter {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Outcome = Verification::Outcome;

constexpr std::array rules{
    ErrorRule{"bad_number", ErrorCategory::invalid_recipient, "/to/phone"},
    ErrorRule{"wrong_code", ErrorCategory::provider_error, {}, Outcome::wrong_code},
    ErrorRule{"maybe", ErrorCategory::unavailable, {}, {}, Delivery::unknown},
    ErrorRule{"never", ErrorCategory::unavailable, {}, {}, Delivery::not_sent},
    ErrorRule{"17", ErrorCategory::destination_blocked},
    for_status(402, ErrorCategory::permission_denied),
    for_status(404, ErrorCategory::recipient_not_found, NeededBody::vendors),
};

Refusal read(int status, std::string body, AttemptContext const& context = {}) {
    return read_refusal(
        HttpResponse(status, {}, std::move(body)), {"error", "text", "id"}, rules, context
    );
}

ErrorCategory category(int status, std::string body) {
    return read(status, std::move(body)).error.category;
}

std::vector<std::pair<std::string, std::string>> violations(Refusal const& refusal) {
    std::vector<std::pair<std::string, std::string>> shown;
    for (auto const& violation : refusal.error.violations) {
        shown.emplace_back(violation.pointer, violation.message);
    }
    return shown;
}

TEST(ReadRefusal, TakesCodeMessageAndRequestId) {
    auto const refusal = read(404, R"({"error":"bad_number","text":"That is none","id":"r-1"})");
    EXPECT_EQ(refusal.error.category, ErrorCategory::invalid_recipient);
    EXPECT_EQ(refusal.error.delivery, Delivery::not_sent);
    EXPECT_EQ(refusal.error.http_status, 404);
    EXPECT_EQ(refusal.error.vendor_code, "bad_number");
    EXPECT_EQ(refusal.error.message, "That is none");
    EXPECT_EQ(refusal.error.request_id, "r-1");
    EXPECT_FALSE(refusal.outcome);
}

TEST(ReadRefusal, ReadsAnyShapeOfTheBody) {
    for (std::string const body :
         {R"({"error":"bad_number"})",
          R"({"error":"bad\u005fnumber"})",
          R"({"more":{"error":"17"},"list":[1],"error":"bad_number"})"}) {
        EXPECT_EQ(category(400, body), ErrorCategory::invalid_recipient) << body;
    }
}

TEST(ReadRefusal, TakesANumberForACode) {
    auto const refusal = read(400, R"({"error":17})");
    EXPECT_EQ(refusal.error.category, ErrorCategory::destination_blocked);
    EXPECT_EQ(refusal.error.vendor_code, "17");
    EXPECT_EQ(category(400, R"({"error":18})"), ErrorCategory::bad_response);
}

TEST(ReadRefusal, NamesTheFieldOfTheRow) {
    auto const told = read(400, R"({"error":"bad_number","text":"That is none"})");
    EXPECT_THAT(violations(told), ElementsAre(testing::Pair("/to/phone", "That is none")));
    auto const silent = read(400, R"({"error":"bad_number"})");
    EXPECT_THAT(
        violations(silent),
        ElementsAre(
            testing::Pair("/to/phone", std::string(describe(ErrorCategory::invalid_recipient)))
        )
    );
    EXPECT_THAT(violations(read(400, R"({"error":"maybe"})")), IsEmpty());
    EXPECT_THAT(violations(read(500, R"({"error":"bad_number"})")), IsEmpty());
}

TEST(ReadRefusal, IsTheOutcomeOfTheRow) {
    auto outcome = read(409, R"({"error":"wrong_code","id":"r-2"})").verification();
    ASSERT_TRUE(outcome) << outcome.error();
    EXPECT_EQ(outcome->outcome, Outcome::wrong_code);
    EXPECT_EQ(outcome->http_status, 409);
    EXPECT_EQ(outcome->vendor_code, "wrong_code");
    EXPECT_EQ(outcome->request_id, "r-2");
    // A success, a redirect and a failing server tell nothing about the code.
    for (int const status : {200, 302, 500, 503}) {
        auto const refusal = read(status, R"({"error":"wrong_code"})");
        EXPECT_FALSE(refusal.outcome) << status;
    }
    EXPECT_TRUE(read(400, R"({"error":"bad_number"})").verification().has_error());
}

TEST(ReadRefusal, HasTheDeliveryOfTheRow) {
    auto const delivery = [](int status, std::string const& code) {
        return read(status, R"({"error":")" + code + "\"}").error.delivery;
    };
    EXPECT_EQ(delivery(409, "maybe"), Delivery::unknown);
    EXPECT_EQ(delivery(409, "never"), Delivery::not_sent);
    EXPECT_EQ(delivery(409, "17"), Delivery::not_sent);
    EXPECT_EQ(delivery(200, "never"), Delivery::not_sent);
    EXPECT_EQ(delivery(200, "17"), Delivery::unknown);
    EXPECT_EQ(delivery(503, "never"), Delivery::unknown);
    EXPECT_EQ(delivery(307, "maybe"), Delivery::not_sent);
}

TEST(ReadRefusal, BlamesNobodyForACodeThatNoRowKnows) {
    EXPECT_EQ(category(400, R"({"error":"brand_new"})"), ErrorCategory::bad_response);
    EXPECT_EQ(category(404, R"({"error":"brand_new"})"), ErrorCategory::bad_response);
    EXPECT_EQ(category(402, R"({"error":"brand_new"})"), ErrorCategory::permission_denied);
    EXPECT_EQ(category(500, R"({"error":"brand_new"})"), ErrorCategory::provider_error);
    EXPECT_EQ(read(400, R"({"error":"brand_new"})").error.vendor_code, "brand_new");
}

TEST(ReadRefusal, GoesByTheStatusWhereNoRowIsAboutACode) {
    constexpr std::array statuses{for_status(400, ErrorCategory::recipient_conflict)};
    HttpResponse const response(400, {}, R"({"error":"brand_new"})");
    EXPECT_EQ(
        read_refusal(response, {.code = "error"}, statuses, {}).error.category,
        ErrorCategory::recipient_conflict
    );
}

TEST(ReadRefusal, ABodyWithoutTheCodeIsNotTheVendors) {
    for (std::string const body :
         {R"({"message":"Forbidden"})",
          R"({"error":""})",
          R"({"error":null})",
          R"({"error":true})",
          R"({"error":{"error":"bad_number"}})",
          R"({"Error":"bad_number"})",
          R"([{"error":"bad_number"}])",
          R"("bad_number")"}) {
        auto const error = read(402, body).error;
        EXPECT_EQ(error.category, ErrorCategory::bad_response) << body;
        EXPECT_THAT(error.message, HasSubstr("JSON, but in no format of the vendor's")) << body;
        EXPECT_EQ(error.vendor_code, "") << body;
    }
    auto const page = read(402, "<html>Payment Required</html>").error;
    EXPECT_EQ(page.category, ErrorCategory::bad_response);
    EXPECT_THAT(page.message, HasSubstr("HTML and not the vendor's"));
    EXPECT_EQ(category(402, R"({"error":"17")"), ErrorCategory::bad_response);
}

TEST(ReadRefusal, WithoutABodyIsTheRowOfTheStatus) {
    EXPECT_EQ(category(402, ""), ErrorCategory::permission_denied);
    EXPECT_EQ(category(404, ""), ErrorCategory::bad_response);
    EXPECT_EQ(category(429, ""), ErrorCategory::rate_limited);
}

TEST(ReadRefusal, MembersWithoutANameAreNotLookedFor) {
    HttpResponse const response(400, {}, R"({"error":"17","text":"Blocked","id":"r-3"})");
    auto const error = read_refusal(response, {.code = "error"}, rules, {}).error;
    EXPECT_EQ(error.message, describe(ErrorCategory::destination_blocked));
    EXPECT_EQ(error.request_id, "");
}

TEST(ReadRefusal, MasksWhatTheRequestSaid) {
    SendOtp const send(PhoneNumber::parse("+12025550162").value());
    AttemptContext context;
    context.sent = SentTexts(send);
    auto const refusal = read(
        400,
        R"({"error":"bad_number","text":"no such number: 1 202 555 0162","id":"to-12025550162"})",
        context
    );
    EXPECT_THAT(refusal.error.message, HasSubstr("no such number"));
    EXPECT_THAT(refusal.error.message, Not(HasSubstr("0162")));
    EXPECT_THAT(refusal.error.request_id, Not(HasSubstr("0162")));
    ASSERT_EQ(refusal.error.violations.size(), 1U);
    EXPECT_THAT(refusal.error.violations[0].message, HasSubstr("no such number"));
    EXPECT_THAT(refusal.error.violations[0].message, Not(HasSubstr("0162")));
    // The code of a vendor's choice is masked as well.
    EXPECT_THAT(
        read(400, R"({"error":"no-12025550162"})", context).error.vendor_code,
        Not(HasSubstr("0162"))
    );
}

TEST(JudgeRefusal, WhatTheAdapterSaysGoesBeforeTheRow) {
    RefusalBody body;
    body.source = BodySource::vendor;
    body.code = "wrong_code";
    body.category = ErrorCategory::recipient_throttled;
    body.outcome = Outcome::expired;
    body.delivery = Delivery::unknown;
    auto const refusal = judge_refusal(HttpResponse(400, {}, "{}"), body, rules, {});
    EXPECT_EQ(refusal.error.category, ErrorCategory::recipient_throttled);
    EXPECT_EQ(refusal.error.delivery, Delivery::unknown);
    EXPECT_EQ(refusal.outcome, Outcome::expired);
    EXPECT_EQ(refusal.error.vendor_code, "wrong_code");
}

TEST(JudgeRefusal, AddsTheRowsFieldToTheAdaptersOwn) {
    RefusalBody body;
    body.source = BodySource::vendor;
    body.code = "bad_number";
    body.violations.push_back({"/language", "is none"});
    auto const refusal = judge_refusal(HttpResponse(400, {}, "{}"), body, rules, {});
    ASSERT_EQ(refusal.error.violations.size(), 2U);
    EXPECT_EQ(refusal.error.violations[0].pointer, "/language");
    EXPECT_EQ(refusal.error.violations[1].pointer, "/to/phone");
}

}  // namespace
}  // namespace otp::adapter
