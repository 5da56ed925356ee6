// What `otp explain` makes of what the client says.

#include "explain_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otp::cli {
namespace {

using testing::HasSubstr;

[[nodiscard]] ExplainReport report_of(std::vector<CandidateReport> candidates) {
    ExplainReport report;
    report.found.target = "login";
    report.found.candidates = std::move(candidates);
    report.route.emplace();
    return report;
}

TEST(ExplainReport, HasNobodyBehindARefusal) {
    auto const report = report_of(
        {{"a", "spherepay", DecisionReason::isolated, "was taken out of service by hand"},
         {"b", "eko", DecisionReason::refused, "/to/phone is no number"},
         {"c", "stytch", {}, ""}}
    );
    EXPECT_EQ(report.asked_first(), nullptr);
    EXPECT_EQ(
        explain_text(report),
        "route login\n"
        "  not asked     a (spherepay): isolated, was taken out of service by hand\n"
        "  refuses       b (eko): refused, /to/phone is no number\n"
        "  asked 1       c (stytch)\n"
        "b refuses the request, and a send would end there; nothing was sent.\n"
    );
}

TEST(ExplainReport, HasTheFirstThatHasNoReason) {
    auto const report = report_of(
        {{"a", "eko", DecisionReason::resting, "asked to be left alone for another 9 s"},
         {"b", "stytch", {}, ""},
         {"c", "spherepay", DecisionReason::refused, "/to is missing"}}
    );
    ASSERT_NE(report.asked_first(), nullptr);
    EXPECT_EQ(report.asked_first()->instance, "b");
    auto const object = explain_json(report);
    EXPECT_EQ(object.at("route"), "login");
    EXPECT_EQ(object.at("candidates").at(0).at("reason"), "resting");
    EXPECT_EQ(object.at("candidates").at(1).at("usable"), true);
}

TEST(ExplainReport, SaysThatOthersOfARotationBeginElsewhere) {
    auto report = report_of({{"a", "eko", {}, ""}});
    report.route->strategy = RouteStrategy::round_robin;
    EXPECT_THAT(explain_text(report), HasSubstr("  strategy      round_robin: this is the order"));
}

}  // namespace
}  // namespace otp::cli
