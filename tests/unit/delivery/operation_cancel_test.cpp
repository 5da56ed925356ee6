// Cancelling ends an operation once, with what is certain at that moment.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using boost::asio::cancellation_type;
using ::testing::ElementsAre;

class OperationCancel : public OperationTest {
protected:
    void expect_cancelled_by_the_caller() {
        ASSERT_TRUE(ended());
        EXPECT_EQ(error().category, ErrorCategory::cancelled);
        EXPECT_EQ(error().message, "cancelled by the caller");
        EXPECT_EQ(error().delivery, Delivery::not_sent);
        EXPECT_EQ(error().phase, std::nullopt);
        EXPECT_EQ(error().instance, "first");
        EXPECT_EQ(error().handle, std::nullopt);
        EXPECT_THAT(decisions(), ElementsAre(Decision::finish));
        EXPECT_EQ(attempts().at(0).failure, ErrorCategory::cancelled);
    }
};

TEST_F(OperationCancel, BeforeItBeginsSendsNothing) {
    auto& first = add("first");
    script.has_handle = true;
    make();
    cancel();
    EXPECT_EQ(script.ends, 0);
    start();
    expect_cancelled_by_the_caller();
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationCancel, BeforeItBeginsAsksForNoToken) {
    auto& first = add_with_token("first");
    make();
    cancel();
    start();
    settle();
    expect_cancelled_by_the_caller();
    EXPECT_TRUE(first.token_endpoint->requests.empty());
}

TEST_F(OperationCancel, LetsARefusalSpeakFirst) {
    add("first");
    script.refusals.emplace("first", said(ErrorCategory::invalid_request, "no"));
    make();
    cancel();
    start();
    EXPECT_EQ(error().category, ErrorCategory::invalid_request);
}

TEST_F(OperationCancel, EndsTheWaitForAToken) {
    auto& first = add_with_token("first");
    begin();
    cancel();
    settle();
    expect_cancelled_by_the_caller();
    EXPECT_EQ(first.instance.condition->health(clock->now()).in_flight, 0U);
    // The token is not for this operation alone.
    EXPECT_TRUE(first.token_endpoint->waits());
    EXPECT_EQ(first.token_endpoint->requests[0].cancelled, cancellation_type::none);
    first.token_endpoint->answer(200, "fake-token");
    settle();
    EXPECT_TRUE(first.instance.tokens->cached());
    EXPECT_TRUE(first.transport->requests.empty());
    EXPECT_EQ(script.ends, 1);
}

TEST_F(OperationCancel, EndsAWaitForATokenThatHasNotBegun) {
    auto& first = add_with_token("first");
    make();
    start();
    cancel();
    settle();
    expect_cancelled_by_the_caller();
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationCancel, MakesNothingOfATokenThatComesAtThatMoment) {
    auto& first = add_with_token("first");
    begin();
    first.token_endpoint->answer(200, "fake-token");
    cancel();
    settle();
    expect_cancelled_by_the_caller();
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationCancel, WhileTheRequestIsEncodedSendsNothing) {
    auto& first = add_with_token("first");
    keep_token(first, "fake-token");
    script.at[Seam::encode] = [this] { cancel(); };
    begin();
    expect_cancelled_by_the_caller();
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationCancel, IsTheTransportsToDoWhileARequestIsUnderWay) {
    auto& first = add("first");
    begin();
    EXPECT_EQ(first.transport->requests.at(0).cancelled, cancellation_type::none);
    cancel();
    EXPECT_EQ(first.transport->requests[0].cancelled, cancellation_type::terminal);
    EXPECT_EQ(script.ends, 0);
    first.transport->fail(said(ErrorCategory::cancelled, "ended"), ExchangePhase::writing, 17);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().message, "ended");
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(error().phase, ExchangePhase::writing);
}

TEST_F(OperationCancel, IsTooLateForAnAnswerThatCame) {
    auto& first = add("first");
    begin();
    cancel();
    first.transport->answer(200);
    EXPECT_TRUE(succeeded());
}

TEST_F(OperationCancel, ReachesTheQuestionToo) {
    script.question = HttpMethod::get;
    auto& first = add("first");
    begin();
    first.transport->answer(200);
    cancel();
    EXPECT_EQ(first.transport->requests.at(1).cancelled, cancellation_type::terminal);
    first.transport->fail(said(ErrorCategory::cancelled, "ended"), ExchangePhase::queued, 0);
    EXPECT_EQ(error().delivery, Delivery::unknown);
}

TEST_F(OperationCancel, ReachesTheNextCandidate) {
    add("first");
    auto& second = add("second");
    script.refusals.emplace("first", said(ErrorCategory::unsupported, "no"));
    script.at[Seam::encode] = [this] { cancel(); };
    begin();
    EXPECT_TRUE(second.transport->requests.empty());
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_THAT(decisions(), ElementsAre(Decision::skip, Decision::finish));
}

TEST_F(OperationCancel, DoesNothingBehindTheEnd) {
    auto& first = add("first");
    begin();
    first.transport->answer(200);
    ASSERT_TRUE(succeeded());
    cancel();
    settle();
    EXPECT_EQ(script.ends, 1);
    EXPECT_FALSE(script.error);
}

}  // namespace
}  // namespace otp::test
