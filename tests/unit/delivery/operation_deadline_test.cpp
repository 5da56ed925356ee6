// Whether one attempt has run out of its time, or the whole operation.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;

class OperationDeadline : public OperationTest {
protected:
    /// How an operation of 5 s fails whose request ends so, after `passed`.
    ErrorCategory ends_after(std::chrono::milliseconds passed, ErrorCategory category) {
        auto& first = add("first");
        make(5s);
        start();
        clock->manual.advance(passed);
        first.transport->fail(said(category, "ended"), ExchangePhase::waiting, 9);
        EXPECT_EQ(attempts().at(0).failure, error().category);
        EXPECT_EQ(error().message, "ended");
        return error().category;
    }
};

TEST_F(OperationDeadline, IsNotReachedByAnEarlierTimeLimit) {
    EXPECT_EQ(ends_after(4999ms, ErrorCategory::timeout), ErrorCategory::timeout);
}

TEST_F(OperationDeadline, IsExceededFromThatMomentOn) {
    EXPECT_EQ(ends_after(5s, ErrorCategory::timeout), ErrorCategory::deadline_exceeded);
}

TEST_F(OperationDeadline, IsExceededLater) {
    EXPECT_EQ(ends_after(6s, ErrorCategory::timeout), ErrorCategory::deadline_exceeded);
}

TEST_F(OperationDeadline, IsNoReasonForAnotherFailure) {
    EXPECT_EQ(ends_after(6s, ErrorCategory::connection_lost), ErrorCategory::connection_lost);
}

// An attempt of its own has no time of its own.
TEST_F(OperationDeadline, IsThatOfAllCandidates) {
    add("first");
    auto& second = add("second");
    script.refusals.emplace("first", said(ErrorCategory::unsupported, "no"));
    script.at[Seam::encode] = [this] { clock->manual.advance(2500ms); };
    make(5s);
    start();
    second.transport->fail(said(ErrorCategory::timeout, "ended"), ExchangePhase::queued, 0);
    EXPECT_EQ(error().category, ErrorCategory::deadline_exceeded);
}

TEST_F(OperationDeadline, MayLieBeyondTheEndOfTime) {
    auto& first = add("first");
    make(std::chrono::milliseconds::max());
    start();
    EXPECT_EQ(first.transport->requests.at(0).deadline, Clock::TimePoint::max());
}

}  // namespace
}  // namespace otp::test
