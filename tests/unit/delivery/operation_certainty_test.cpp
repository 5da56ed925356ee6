// What is certain of the code when an operation fails, and with what it can be checked then.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

class OperationCertainty : public OperationTest {
protected:
    OperationCertainty() { script.has_handle = true; }

    Delivery after_failure(std::uint64_t bytes, int http_status = 0) {
        auto& first = add("first");
        begin();
        auto failure = said(ErrorCategory::connection_lost, "broken");
        failure.http_status = http_status;
        first.transport->fail(failure, ExchangePhase::waiting, bytes);
        EXPECT_EQ(attempts().at(0).delivery, error().delivery);
        EXPECT_EQ(attempts().at(0).http_status, http_status);
        return error().delivery;
    }
    Delivery after_answer(Delivery said_by_adapter) {
        script.errors.emplace(400, said(ErrorCategory::bad_response, "what?", said_by_adapter));
        auto& first = add("first");
        begin();
        first.transport->answer(400);
        EXPECT_EQ(attempts().at(0).delivery, error().delivery);
        return error().delivery;
    }
};

TEST_F(OperationCertainty, IsThatNothingLeft) {
    EXPECT_EQ(after_failure(0), Delivery::not_sent);
    EXPECT_EQ(error().handle, std::nullopt);
}

TEST_F(OperationCertainty, IsNoneOnceAByteHasLeft) {
    EXPECT_EQ(after_failure(1), Delivery::unknown);
    ASSERT_TRUE(error().handle);
    EXPECT_EQ(error().handle->instance(), "first");
    // That of the attempt which was lost.
    EXPECT_EQ(error().handle->reference("reference"), script.encoded.at(0).reference);
}

TEST_F(OperationCertainty, IsThatOfTheHeaderWhichWasRead) {
    EXPECT_EQ(after_failure(1, 429), Delivery::not_sent);
    EXPECT_EQ(error().handle, std::nullopt);
}

TEST_F(OperationCertainty, IsWhatTheAdapterKnowsOfTheAnswer) {
    EXPECT_EQ(after_answer(Delivery::not_sent), Delivery::not_sent);
    EXPECT_EQ(error().handle, std::nullopt);
}

TEST_F(OperationCertainty, IsNoneOfAnAnswerThatNobodyUnderstands) {
    EXPECT_EQ(after_answer(Delivery::unknown), Delivery::unknown);
    EXPECT_TRUE(error().handle);
}

TEST_F(OperationCertainty, IsNeverSuccessInAnError) {
    EXPECT_EQ(after_answer(Delivery::accepted), Delivery::unknown);
    EXPECT_TRUE(error().handle);
}

TEST_F(OperationCertainty, NeedsNoHandle) {
    script.has_handle = false;
    EXPECT_EQ(after_failure(1), Delivery::unknown);
    EXPECT_EQ(error().handle, std::nullopt);
}

// An adapter's own would be there after `not_sent`, too.
TEST_F(OperationCertainty, TakesNoHandleFromADecodedError) {
    auto refused = said(ErrorCategory::rate_limited, "slower");
    refused.handle.emplace("other", "vendor", Channel::sms);
    script.errors.emplace(429, refused);
    auto& first = add("first");
    begin();
    first.transport->answer(429);
    EXPECT_EQ(error().handle, std::nullopt);
}

TEST_F(OperationCertainty, IsThatOfTheSecondAttempt) {
    add("first");
    auto& served = add("second");
    script.refusals.emplace("first", said(ErrorCategory::unsupported, "no"));
    begin();
    served.transport->fail(said(ErrorCategory::timeout, "late"), ExchangePhase::waiting, 1);
    ASSERT_TRUE(error().handle);
    EXPECT_EQ(error().handle->instance(), "second");
    EXPECT_EQ(error().handle->reference("reference"), script.encoded.at(1).reference);
}

}  // namespace
}  // namespace otp::test
