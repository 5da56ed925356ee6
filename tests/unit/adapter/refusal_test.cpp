#include <otp/adapter/refusal.hpp>

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace otp::adapter {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Outcome = Verification::Outcome;

constexpr std::array statuses{
    for_status(400, ErrorCategory::invalid_recipient, NeededBody::vendors),
    for_status(401, ErrorCategory::unauthenticated),
    for_status(403, ErrorCategory::unauthenticated, NeededBody::any_json),
};

RefusalBody known_refusal() {
    RefusalBody body;
    body.source = BodySource::vendor;
    body.code = "bad_number";
    body.message = "That is no number";
    body.request_id = "request-1";
    body.category = ErrorCategory::invalid_recipient;
    body.delivery = Delivery::not_sent;
    body.outcome = Outcome::wrong_code;
    body.violations.push_back({"/phone", "is none"});
    return body;
}

Refusal judged(int status, RefusalBody body) {
    return judge_refusal(HttpResponse(status, {}, "{}"), std::move(body), statuses, {});
}

Refusal judged(HttpResponse const& response) {
    RefusalBody body;
    body.source = source_of_foreign_body(response);
    return judge_refusal(response, std::move(body), statuses, {});
}

TEST(Refusal, IsWhatTheVendorSaysBelow500) {
    for (int const status : {200, 400, 404, 499}) {
        auto const refusal = judged(status, known_refusal());
        EXPECT_EQ(refusal.error.category, ErrorCategory::invalid_recipient) << status;
        EXPECT_EQ(refusal.error.delivery, Delivery::not_sent) << status;
        EXPECT_EQ(refusal.error.violations.size(), 1U) << status;
        EXPECT_EQ(refusal.outcome, Outcome::wrong_code) << status;
        EXPECT_EQ(refusal.error.vendor_code, "bad_number");
        EXPECT_EQ(refusal.error.request_id, "request-1");
    }
}

TEST(Refusal, OfAFailingServerIsItsStatusAlone) {
    for (auto const& [status, category] :
         {std::pair(500, ErrorCategory::provider_error),
          std::pair(502, ErrorCategory::provider_error),
          std::pair(503, ErrorCategory::unavailable),
          std::pair(599, ErrorCategory::provider_error)}) {
        auto const refusal = judged(status, known_refusal());
        EXPECT_EQ(refusal.error.category, category) << status;
        EXPECT_EQ(refusal.error.delivery, Delivery::unknown) << status;
        EXPECT_THAT(refusal.error.violations, IsEmpty()) << status;
        EXPECT_FALSE(refusal.outcome) << status;
        // For people.
        EXPECT_EQ(refusal.error.vendor_code, "bad_number");
        EXPECT_EQ(refusal.error.message, "That is no number");
        EXPECT_EQ(refusal.error.request_id, "request-1");
    }
}

TEST(Refusal, OfARedirectIsItsStatusAlone) {
    for (int const status : {300, 303, 307, 399}) {
        auto const refusal = judged(status, known_refusal());
        EXPECT_EQ(refusal.error.category, ErrorCategory::bad_response) << status;
        EXPECT_EQ(refusal.error.delivery, delivery_of_refusal(status)) << status;
        EXPECT_THAT(refusal.error.violations, IsEmpty()) << status;
        EXPECT_FALSE(refusal.outcome) << status;
        EXPECT_EQ(refusal.error.vendor_code, "bad_number");
        EXPECT_THAT(refusal.error.message, HasSubstr("with a redirect"));
        EXPECT_THAT(refusal.error.message, HasSubstr("the body says: That is no number"));
    }
}

TEST(Refusal, OfAnUnchangedDocumentIsNoRedirect) {
    EXPECT_THAT(judged(HttpResponse(304, {}, "")).error.message, Not(HasSubstr("redirect")));
}

TEST(Refusal, OfARedirectWithAPageSaysTheRedirect) {
    for (std::string const body : {"<html>Moved</html>", "", "Found", "[]"}) {
        HttpResponse const moved(302, {{"Location", "https://login.example.com/x"}}, body);
        EXPECT_EQ(
            judged(moved).error.message,
            "the vendor answered with a redirect to https://login.example.com, and redirects are "
            "not followed: check base_url, and whether a gateway or a proxy stands in between"
        );
    }
    HttpResponse unread(302, {{"Location", "/login"}}, "");
    unread.body_problem = "it is longer than 65536 bytes";
    EXPECT_THAT(judged(unread).error.message, HasSubstr("to another path of the same server"));
}

TEST(Refusal, OfAVerifyIsTheOutcomeOrTheError) {
    auto const outcome = judged(400, known_refusal()).verification();
    ASSERT_TRUE(outcome.has_value());
    EXPECT_EQ(outcome->outcome, Outcome::wrong_code);
    EXPECT_EQ(outcome->http_status, 400);
    EXPECT_EQ(outcome->vendor_code, "bad_number");
    EXPECT_EQ(outcome->request_id, "request-1");
    EXPECT_TRUE(judged(500, known_refusal()).verification().has_error());
}

TEST(Refusal, AnUnknownCodeBlamesNobody) {
    RefusalBody body;
    body.source = BodySource::vendor;
    body.code = "brand_new";
    body.unknown_code = true;
    EXPECT_EQ(judged(400, body).error.category, ErrorCategory::bad_response);
    EXPECT_EQ(judged(401, body).error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(judged(500, body).error.category, ErrorCategory::provider_error);
}

TEST(Refusal, HtmlIsNoWordOfTheVendors) {
    for (int const status : {400, 401, 403, 404, 409, 418, 422}) {
        for (auto const& response :
             {HttpResponse(status, {{"Content-Type", "text/html"}}, "Forbidden"),
              HttpResponse(status, {}, "<!DOCTYPE html><p>Forbidden</p>")}) {
            auto const error = judged(response).error;
            EXPECT_EQ(error.category, ErrorCategory::bad_response) << status;
            EXPECT_EQ(error.delivery, Delivery::not_sent) << status;
            EXPECT_THAT(error.message, HasSubstr("HTML and not the vendor's"));
            EXPECT_THAT(error.message, Not(HasSubstr("credentials")));
        }
    }
    auto const text =
        judged(HttpResponse(403, {{"Content-Type", "text/plain"}}, "Forbidden")).error;
    EXPECT_EQ(text.category, ErrorCategory::bad_response);
    EXPECT_THAT(text.message, HasSubstr("text and not the vendor's"));
    for (auto const& [body, name] :
         {std::pair("<?xml version=\"1.0\"?><Error/>", "XML"),
          std::pair("\x1F\x8B\x08", "compressed bytes")}) {
        auto const error = judged(HttpResponse(403, {}, body)).error;
        EXPECT_THAT(error.message, HasSubstr(std::string(name) + " and not the vendor's"));
    }
}

TEST(Refusal, WithoutABodyIsItsStatus) {
    EXPECT_EQ(judged(HttpResponse(401, {}, "")).error.category, ErrorCategory::unauthenticated);
    EXPECT_EQ(judged(HttpResponse(403, {}, "")).error.category, ErrorCategory::unauthenticated);
    // This row needs the vendor's own words.
    EXPECT_EQ(judged(HttpResponse(400, {}, "")).error.category, ErrorCategory::bad_response);
}

TEST(Refusal, WithAnUnreadableBodyIsNobodysVerdictAndSaysSoOnce) {
    for (std::string_view const type : {"text/html", "application/json", ""}) {
        for (int const status : {400, 401, 403, 404}) {
            HttpResponse response(status, {{"Content-Type", type}}, "");
            response.body_problem = "it is longer than 65536 bytes";
            auto const refusal = judged(response);
            EXPECT_EQ(refusal.error.category, ErrorCategory::bad_response) << status << type;
            EXPECT_FALSE(refusal.outcome) << status << type;
            auto const& message = refusal.error.message;
            auto const first = message.find("it is longer than 65536 bytes");
            ASSERT_NE(first, message.npos);
            EXPECT_EQ(message.find("it is longer", first + 1), message.npos) << message;
        }
    }
    HttpResponse throttled(429, {{"Retry-After", "30"}}, "");
    throttled.body_problem = "its body is encoded (gzip)";
    EXPECT_EQ(judged(throttled).error.category, ErrorCategory::rate_limited);
    EXPECT_EQ(judged(throttled).error.delivery, Delivery::not_sent);
    EXPECT_EQ(judged(throttled).error.retry_after, std::chrono::seconds(30));
}

TEST(Refusal, AnEmptyPageIsNobodysVerdict) {
    HttpResponse const page(401, {{"Content-Type", "text/html; charset=utf-8"}}, "");
    EXPECT_EQ(judged(page).error.category, ErrorCategory::bad_response);
}

TEST(Refusal, ForeignJsonCountsWhereTheVendorDocumentsNoBody) {
    std::string const gateway = R"({"message":"Forbidden"})";
    EXPECT_EQ(
        judged(HttpResponse(403, {}, gateway)).error.category, ErrorCategory::unauthenticated
    );
    auto const refused = judged(HttpResponse(401, {}, gateway)).error;
    EXPECT_EQ(refused.category, ErrorCategory::bad_response);
    EXPECT_THAT(refused.message, HasSubstr("JSON, but in no format of the vendor's"));
    EXPECT_EQ(judged(HttpResponse(409, {}, "[1]")).error.category, ErrorCategory::bad_response);
}

TEST(Refusal, WhatMeansTheSameFromAnybodyKeepsItsMeaning) {
    std::string const page = "<html>Slow down</html>";
    HttpResponse const throttled(429, {{"Retry-After", "30"}}, page);
    EXPECT_EQ(judged(throttled).error.category, ErrorCategory::rate_limited);
    EXPECT_EQ(judged(throttled).error.retry_after, std::chrono::seconds(30));
    for (int const status : {408, 421, 503}) {
        HttpResponse const response(status, {{"Retry-After", "30"}}, page);
        EXPECT_EQ(judged(response).error.category, ErrorCategory::unavailable) << status;
        EXPECT_EQ(judged(response).error.retry_after, std::chrono::seconds(30)) << status;
    }
}

TEST(Refusal, KnowsWhoseABodyIs) {
    EXPECT_EQ(source_of_foreign_body(HttpResponse(400, {}, "")), BodySource::nobody);
    EXPECT_EQ(source_of_foreign_body(HttpResponse(400, {}, " \r\n")), BodySource::nobody);
    EXPECT_EQ(source_of_foreign_body(HttpResponse(400, {}, "{}")), BodySource::other_json);
    EXPECT_EQ(source_of_foreign_body(HttpResponse(400, {}, "[1]")), BodySource::other_json);
    EXPECT_EQ(source_of_foreign_body(HttpResponse(400, {}, "{\"a\"")), BodySource::other_text);
}

}  // namespace
}  // namespace otp::adapter
