#include "adapter/error_verdict.hpp"

#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/refusal.hpp>

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <span>
#include <string_view>

namespace otp::adapter {
namespace {

constexpr std::array rules{
    ErrorRule{"Blocked", ErrorCategory::destination_blocked},
    ErrorRule{"Busy", ErrorCategory::unavailable},
};
constexpr std::array statuses{
    for_status(404, ErrorCategory::recipient_not_found, NeededBody::vendors),
    for_status(403, ErrorCategory::unauthenticated, NeededBody::any_json),
    for_status(503, ErrorCategory::rate_limited),
};

TEST(ErrorTable, RulesAreFoundByCode) {
    EXPECT_EQ(find_rule(rules, "Blocked"), &rules[0]);
    EXPECT_EQ(find_rule(rules, "blocked"), nullptr);
    EXPECT_EQ(find_rule(rules, ""), nullptr);
    EXPECT_EQ(find_rule(rules, "b u s y.", CodeMatch::loose), &rules[1]);
    EXPECT_EQ(find_rule(rules, "busier", CodeMatch::loose), nullptr);
    EXPECT_EQ(find_rule(rules, "", CodeMatch::loose), nullptr);
}

TEST(ErrorTable, RulesAreFoundByAPartOfAMessage) {
    constexpr std::array messages{
        ErrorRule{"not found", ErrorCategory::recipient_not_found},
        ErrorRule{"found", ErrorCategory::recipient_conflict},
        for_status(404, ErrorCategory::invalid_recipient),
    };
    auto const found = [&](std::string_view answered, CodeMatch match = CodeMatch::part) {
        return find_rule(messages, answered, match);
    };
    EXPECT_EQ(found("Customer NOT FOUND."), &messages[0]);
    EXPECT_EQ(found("not found"), &messages[0]);
    EXPECT_EQ(found("We have found two of them"), &messages[1]);
    EXPECT_EQ(found("lost"), nullptr);
    EXPECT_EQ(found("foun"), nullptr);
    EXPECT_EQ(found("notfound", CodeMatch::loose), &messages[0]);
    EXPECT_EQ(found("Customer not found", CodeMatch::loose), nullptr);
    EXPECT_EQ(found("Customer not found", CodeMatch::exact), nullptr);
    // A row about a status has no code that could be a part.
    EXPECT_EQ(find_rule(std::span(messages).last(1), "anything", CodeMatch::part), nullptr);
    EXPECT_EQ(found(""), nullptr);
}

TEST(ErrorTable, CategoryOfEachStatus) {
    std::map<int, ErrorCategory> const expected{
        {200, ErrorCategory::bad_response},      {302, ErrorCategory::bad_response},
        {400, ErrorCategory::invalid_request},   {401, ErrorCategory::unauthenticated},
        {403, ErrorCategory::permission_denied}, {404, ErrorCategory::bad_response},
        {405, ErrorCategory::bad_response},      {408, ErrorCategory::unavailable},
        {409, ErrorCategory::invalid_request},   {415, ErrorCategory::bad_response},
        {421, ErrorCategory::unavailable},       {422, ErrorCategory::invalid_request},
        {429, ErrorCategory::rate_limited},      {500, ErrorCategory::provider_error},
        {502, ErrorCategory::provider_error},    {503, ErrorCategory::unavailable},
        {504, ErrorCategory::provider_error},    {599, ErrorCategory::provider_error},
        {600, ErrorCategory::bad_response},      {0, ErrorCategory::bad_response},
    };
    for (auto const& [status, category] : expected) {
        EXPECT_EQ(category_of_status(status), category) << status;
    }
}

TEST(ErrorTable, CodeBeforeStatusTableBeforeStatus) {
    auto const by_code = judge(&rules[0], statuses, 404);
    EXPECT_EQ(by_code.category, ErrorCategory::destination_blocked);
    EXPECT_EQ(by_code.delivery, Delivery::not_sent);
    auto const by_row = judge(&rules[1], statuses, 404);
    EXPECT_EQ(by_row.category, ErrorCategory::unavailable);
    EXPECT_EQ(by_row.delivery, Delivery::not_sent);
    auto const by_table = judge(nullptr, statuses, 503);
    EXPECT_EQ(by_table.category, ErrorCategory::rate_limited);
    EXPECT_EQ(by_table.delivery, Delivery::unknown);
    EXPECT_EQ(judge(nullptr, statuses, 404).category, ErrorCategory::recipient_not_found);
    auto const by_status = judge(nullptr, statuses, 500);
    EXPECT_EQ(by_status.category, ErrorCategory::provider_error);
    EXPECT_EQ(by_status.delivery, Delivery::unknown);
}

TEST(ErrorTable, AFailingServersCodeCountsForNothing) {
    for (auto const& rule : rules) {
        for (int const status : {500, 502, 504}) {
            auto const verdict = judge(&rule, statuses, status);
            EXPECT_EQ(verdict.category, ErrorCategory::provider_error) << rule.code << status;
            EXPECT_EQ(verdict.delivery, Delivery::unknown) << rule.code << status;
        }
    }
    EXPECT_EQ(judge(&rules[0], statuses, 499).category, ErrorCategory::destination_blocked);
}

TEST(ErrorTable, ARowTakesTheBodiesThatItNeeds) {
    using enum BodySource;
    auto const category = [](int status, BodySource source) {
        return judge(nullptr, statuses, status, source).category;
    };
    auto const refused = ErrorCategory::bad_response;
    EXPECT_EQ(category(404, vendor), ErrorCategory::recipient_not_found);
    for (auto const source : {nobody, other_json, other_text}) {
        EXPECT_EQ(category(404, source), refused);
    }
    for (auto const source : {vendor, nobody, other_json}) {
        EXPECT_EQ(category(403, source), ErrorCategory::unauthenticated);
    }
    EXPECT_EQ(category(403, other_text), refused);
    // No row: the status may stand alone.
    for (auto const source : {vendor, nobody}) {
        EXPECT_EQ(category(401, source), ErrorCategory::unauthenticated);
    }
    for (auto const source : {other_json, other_text}) EXPECT_EQ(category(401, source), refused);
    for (auto const source : {vendor, nobody, other_json, other_text}) {
        EXPECT_EQ(category(408, source), ErrorCategory::unavailable);
        EXPECT_EQ(category(421, source), ErrorCategory::unavailable);
        EXPECT_EQ(category(429, source), ErrorCategory::rate_limited);
        EXPECT_EQ(category(500, source), ErrorCategory::provider_error);
        EXPECT_EQ(category(503, source), ErrorCategory::rate_limited);
    }
}

TEST(ErrorTable, ResponseErrorIsScrubbedAndComplete) {
    HttpResponse const response(429, {{"Retry-After", "2"}}, "");
    auto const error = response_error(
        response,
        {ErrorCategory::rate_limited, Delivery::not_sent},
        "too_many",
        "slow down, user@example.com",
        UtcTime{}
    );
    EXPECT_EQ(error.category, ErrorCategory::rate_limited);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.http_status, 429);
    EXPECT_EQ(error.vendor_code, "too_many");
    EXPECT_EQ(error.retry_after, std::chrono::seconds(2));
    EXPECT_THAT(error.message, testing::HasSubstr("slow down"));
    EXPECT_THAT(error.message, testing::Not(testing::HasSubstr("user@example.com")));
}

TEST(ErrorTable, WithoutAMessageTheCategoryIsDescribed) {
    HttpResponse const response(500, {}, "");
    auto const error = response_error(
        response, {ErrorCategory::provider_error, Delivery::unknown}, "", "", std::nullopt
    );
    EXPECT_EQ(error.message, describe(ErrorCategory::provider_error));
}

TEST(ErrorTable, RetryAfterAsADateNeedsTheTime) {
    HttpResponse const response(429, {{"Retry-After", "Mon, 09 Mar 2026 20:42:31 GMT"}}, "");
    EXPECT_FALSE(retry_after_of(response, std::nullopt).has_value());
    UtcTime const now{std::chrono::milliseconds(1773088891000)};
    EXPECT_EQ(retry_after_of(response, now), std::chrono::seconds(60));
    EXPECT_FALSE(retry_after_of(HttpResponse(429, {}, ""), now).has_value());
    for (std::string const delay : {"30s", "30.0", "\"30\"", "10, 30"}) {
        EXPECT_EQ(
            retry_after_of(HttpResponse(429, {{"Retry-After", delay}}, ""), std::nullopt),
            std::chrono::seconds(30)
        ) << delay;
    }
    EXPECT_EQ(
        retry_after_of(HttpResponse(429, {{"Retry-After", "5"}}, ""), std::nullopt),
        std::chrono::seconds(5)
    );
}

TEST(ErrorTable, SeveralLinesOfRetryAfterAreOneList) {
    using Lines = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    auto const wait = [](Lines lines, std::optional<UtcTime> now = std::nullopt) {
        return retry_after_of(HttpResponse(429, HttpHeaders(lines), ""), now);
    };
    std::chrono::seconds const minute(60);
    EXPECT_EQ(wait({{"Retry-After", "5"}, {"retry-after", "60"}}), minute);
    EXPECT_EQ(wait({{"Retry-After", "60"}, {"Date", "x"}, {"Retry-After", "5"}}), minute);
    EXPECT_EQ(wait({{"Retry-After", ""}, {"Retry-After", "60"}}), minute);
    EXPECT_EQ(wait({{"Retry-After", "60"}, {"Retry-After", ""}}), minute);
    UtcTime const now{std::chrono::milliseconds(1773088891000)};
    constexpr auto date = "Mon, 09 Mar 2026 20:42:31 GMT";
    EXPECT_EQ(wait({{"Retry-After", "5"}, {"Retry-After", date}}, now), minute);
    EXPECT_EQ(wait({{"Retry-After", date}, {"Retry-After", "5"}}, now), minute);
    // As in one line: a list with another text in it says nothing.
    EXPECT_EQ(wait({{"Retry-After", "5, junk"}}), std::nullopt);
    EXPECT_EQ(wait({{"Retry-After", "5"}, {"Retry-After", "junk"}}), std::nullopt);
    EXPECT_EQ(wait({{"Retry-After", "junk"}, {"Retry-After", "60"}}), std::nullopt);
    EXPECT_EQ(wait({{"Retry-After", ""}, {"Retry-After", " "}}), std::nullopt);
    EXPECT_EQ(wait({{"X-Retry-After", "5"}}), std::nullopt);
}

TEST(ErrorTable, NotUnderstood) {
    auto const error = not_understood(HttpResponse(200, {}, ""), "x is missing");
    EXPECT_EQ(error.category, ErrorCategory::bad_response);
    EXPECT_EQ(error.delivery, Delivery::unknown);
    EXPECT_EQ(error.http_status, 200);
    EXPECT_THAT(error.message, testing::HasSubstr("x is missing"));
}

TEST(ErrorTable, NotUnderstoodAsItIsNoJson) {
    auto const message = [](std::string body) {
        return not_understood(HttpResponse(200, {}, std::move(body)), "x is missing").message;
    };
    EXPECT_THAT(message("{}"), testing::HasSubstr("x is missing"));
    EXPECT_THAT(message(" \n"), testing::HasSubstr("x is missing"));
    EXPECT_THAT(message("<html>"), testing::StartsWith("the body is HTML, not JSON: a gateway"));
}

}  // namespace
}  // namespace otp::adapter
