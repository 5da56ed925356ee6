// What the program says of a send: where its handle is, and what else is certain.

#include "send_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace otp::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

[[nodiscard]] std::string report_of(Error const& error) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(report_failed_send(error, {}), 3);
    return testing::internal::GetCapturedStderr();
}

TEST(SendReport, OfALostAnswerSaysWhyThereIsNoHandle) {
    Error error(ErrorCategory::connection_lost, "broken", Delivery::unknown);
    error.attempts.emplace_back();
    EXPECT_THAT(report_of(error), HasSubstr("none: a check needs what only the vendor's answer"));
}

// Such an error is made by the program itself, whatever the vendor.
TEST(SendReport, OfASendThatWasNotFollowedToItsEndBlamesNoVendor) {
    Error const error(ErrorCategory::internal, "the operation did not complete", Delivery::unknown);
    auto const report = report_of(error);
    EXPECT_THAT(report, HasSubstr("none is known"));
    EXPECT_THAT(report, Not(HasSubstr("only the vendor's answer")));
}

TEST(SendReport, OfAFailedSendSaysWhyNothingFurtherWasTried) {
    Error error(ErrorCategory::connection_lost, "broken", Delivery::unknown);
    error.stop = DecisionReason::may_have_been_sent;
    error.attempts.emplace_back();
    EXPECT_THAT(
        report_of(error), HasSubstr("  stopped       a further attempt might send a second code\n")
    );
    // The category says it.
    error.stop = DecisionReason::cancelled;
    EXPECT_THAT(report_of(error), Not(HasSubstr("stopped")));
}

TEST(SendReport, OfAttemptsThatWereToldOfDoesNotTellAgain) {
    Error error(ErrorCategory::connection_lost, "broken", Delivery::unknown);
    error.attempts.emplace_back();
    SendReport report;
    report.attempts = AttemptLines::told_already;
    testing::internal::CaptureStderr();
    EXPECT_EQ(report_failed_send(error, report), 3);
    auto const text = testing::internal::GetCapturedStderr();
    EXPECT_THAT(text, Not(HasSubstr("  attempt")));
    EXPECT_THAT(text, HasSubstr("none: a check needs what only the vendor's answer"));
}

}  // namespace
}  // namespace otp::cli
