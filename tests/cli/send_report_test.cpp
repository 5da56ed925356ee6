// What the program says of a failed send of which it has no handle.

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

}  // namespace
}  // namespace otp::cli
