// Whatever throws, an operation ends once, and says what was certain at that moment.

#include "unit/delivery/operation_fixture.hpp"

#include <new>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OperationException : public OperationTest {
protected:
    void throw_at(Seam seam) { script.at[seam] = throw_it; }

    void expect_defect(Delivery delivery) {
        ASSERT_TRUE(ended());
        EXPECT_EQ(error().category, ErrorCategory::internal);
        EXPECT_EQ(error().message, "the operation failed unexpectedly");
        EXPECT_EQ(error().delivery, delivery);
    }
    void expect_defect_of_one_attempt(Delivery delivery) {
        expect_defect(delivery);
        EXPECT_EQ(error().instance, "first");
        ASSERT_THAT(decisions(), ElementsAre(Decision::finish));
        EXPECT_EQ(attempts()[0].failure, ErrorCategory::internal);
        EXPECT_EQ(attempts()[0].delivery, delivery);
    }
};

TEST_F(OperationException, BeforeTheRequestSendsNothing) {
    auto& first = add("first");
    for (auto const seam : {Seam::random, Seam::sent_texts, Seam::encode}) {
        script = {};
        throw_at(seam);
        begin();
        expect_defect_of_one_attempt(Delivery::not_sent);
        EXPECT_TRUE(first.transport->requests.empty());
    }
}

TEST_F(OperationException, SaysThatMemoryWasShort) {
    add("first");
    script.at[Seam::encode] = [] { throw std::bad_alloc(); };
    begin();
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().message, "the operation failed: out of memory");
}

TEST_F(OperationException, OfTheTransportLeavesUnknownWhatItDid) {
    auto& first = add("first");
    script.has_handle = true;
    first.transport->at_request = throw_it;
    begin();
    expect_defect_of_one_attempt(Delivery::unknown);
    EXPECT_EQ(error().phase, std::nullopt);
    EXPECT_TRUE(error().handle);
}

TEST_F(OperationException, BehindTheAnswerLeavesUnknownWhatItSaid) {
    for (auto const seam : {Seam::decode, Seam::question}) {
        script = {};
        candidates.clear();
        throw_at(seam);
        auto& first = add("first");
        begin();
        first.transport->answer(200);
        expect_defect_of_one_attempt(Delivery::unknown);
        EXPECT_EQ(error().phase, ExchangePhase::done);
    }
}

// The attempt that it was thrown for is there already.
TEST_F(OperationException, OfADescriptionLeavesUnknownWhatSucceeded) {
    auto& first = add("first");
    throw_at(Seam::describe);
    begin();
    first.transport->answer(200);
    expect_defect(Delivery::unknown);
    EXPECT_EQ(attempts().size(), 2U);
}

TEST_F(OperationException, WithAKeptTokenSendsNothing) {
    auto& first = add_with_token("first");
    keep_token(first, "fake-token");
    throw_at(Seam::encode);
    begin();
    expect_defect_of_one_attempt(Delivery::not_sent);
    EXPECT_TRUE(first.transport->requests.empty());
}

// The request before was refused for its token, so nothing of it is left to be unsure of.
TEST_F(OperationException, BeforeARepeatedRequestSendsNothing) {
    script.errors.emplace(401, said(ErrorCategory::unauthenticated, "who?"));
    auto& first = add_with_token("first");
    keep_token(first, "fake-token");
    begin();
    throw_at(Seam::encode);
    first.transport->answer(401);
    settle();
    expect_defect(Delivery::not_sent);
    EXPECT_THAT(decisions(), ElementsAre(Decision::renew_token, Decision::finish));
    EXPECT_EQ(error().phase, std::nullopt);
}

TEST_F(OperationException, OfTheQuestionsTransportLeavesTheApprovalUnconfirmed) {
    script.question = HttpMethod::get;
    auto& first = add("first");
    begin();
    first.transport->at_request = throw_it;
    first.transport->answer(200);
    ASSERT_TRUE(ended());
    EXPECT_EQ(error().category, ErrorCategory::internal);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(
        error().message,
        "the vendor took the code, but the approval could not be confirmed: "
        "the operation failed unexpectedly"
    );
    EXPECT_THAT(decisions(), ElementsAre(Decision::confirm, Decision::finish));
}

// Where an attempt cannot be told of, the outcome is.
TEST_F(OperationException, OfAnAttemptsRecordLeavesItOut) {
    auto& first = add("first");
    throw_at(Seam::hints);
    begin();
    first.transport->fail(said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0);
    expect_defect(Delivery::not_sent);
    EXPECT_THAT(attempts(), IsEmpty());
}

TEST_F(OperationException, OfAnAttemptsRecordBehindAByteLeavesUnknownWhatItDid) {
    auto& first = add("first");
    throw_at(Seam::hints);
    begin();
    first.transport->fail(said(ErrorCategory::connection_lost, "no"), ExchangePhase::waiting, 1);
    expect_defect(Delivery::unknown);
    EXPECT_THAT(attempts(), IsEmpty());
}

TEST_F(OperationException, OfAnAttemptsRecordLeavesUnknownWhatWasLostBefore) {
    auto& first = add("first");
    auto& second = add("second");
    on_unknown = OnUnknown::failover;
    begin();
    first.transport->fail(said(ErrorCategory::connection_lost, "no"), ExchangePhase::waiting, 1);
    throw_at(Seam::hints);
    second.transport->fail(said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0);
    expect_defect(Delivery::unknown);
    EXPECT_THAT(attempts(), IsEmpty());
}

TEST_F(OperationException, OfAQuestionsRecordLeavesUnknownWhatNeverLeft) {
    script.question = HttpMethod::get;
    auto& first = add("first");
    begin();
    first.transport->answer(200);
    throw_at(Seam::hints);
    first.transport->fail(said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0);
    expect_defect(Delivery::unknown);
}

TEST_F(OperationException, OfAHandleLeavesItOut) {
    auto& first = add("first");
    throw_at(Seam::handle);
    begin();
    first.transport->fail(said(ErrorCategory::timeout, "late"), ExchangePhase::waiting, 1);
    expect_defect(Delivery::unknown);
    EXPECT_EQ(error().handle, std::nullopt);
}

// It is the application's, and no second call of the same handler.
TEST_F(OperationException, OfWhoHearsOfASuccessGoesOn) {
    auto& first = add("first");
    throw_at(Seam::completion);
    begin();
    EXPECT_THROW(first.transport->answer(200), Thrown);
    EXPECT_TRUE(succeeded());
    EXPECT_FALSE(script.error);
}

TEST_F(OperationException, OfWhoHearsOfAFailureGoesOn) {
    auto& first = add("first");
    throw_at(Seam::completion);
    begin();
    EXPECT_THROW(
        first.transport->fail(said(ErrorCategory::timeout, "late"), ExchangePhase::waiting, 1),
        Thrown
    );
    EXPECT_EQ(error().category, ErrorCategory::timeout);
    EXPECT_EQ(script.ends, 1);
}

TEST_F(OperationException, OfWhoHearsOfAnotherExceptionGoesOn) {
    add("first");
    throw_at(Seam::encode);
    throw_at(Seam::completion);
    EXPECT_THROW(begin(), Thrown);
    expect_defect_of_one_attempt(Delivery::not_sent);
}

TEST_F(OperationException, OfWhoHearsOfAnEndWithoutAttemptsGoesOn) {
    add("first");
    throw_at(Seam::encode);
    throw_at(Seam::hints);
    throw_at(Seam::completion);
    EXPECT_THROW(begin(), Thrown);
    expect_defect(Delivery::not_sent);
}

TEST_F(OperationException, OfWhoHearsOfACancelledStartGoesOn) {
    add("first");
    throw_at(Seam::completion);
    make();
    cancel();
    EXPECT_THROW(start(), Thrown);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
}

}  // namespace
}  // namespace otp::test
