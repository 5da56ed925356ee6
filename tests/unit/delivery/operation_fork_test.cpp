// An operation in a forked child is its parent's: nothing of it is sent there any more, and nothing
// is said of it that only the parent can know.

#include "unit/delivery/as_if_forked.hpp"
#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OperationFork : public OperationTest {
protected:
    void expect_left_to_the_parent() {
        ASSERT_TRUE(ended());
        EXPECT_EQ(error().category, ErrorCategory::cancelled);
        EXPECT_EQ(
            error().message, "the process was forked, and its parent goes on with this request"
        );
        EXPECT_EQ(error().delivery, Delivery::unknown);
        EXPECT_EQ(attempts().back().delivery, Delivery::unknown);
        EXPECT_EQ(attempts().back().failure, ErrorCategory::cancelled);
    }
};

TEST_F(OperationFork, BeforeTheRequestSendsNothingInTheChild) {
    auto& first = add("first");
    script.has_handle = true;
    make();
    AsIfForked const child;
    start();
    expect_left_to_the_parent();
    EXPECT_TRUE(first.transport->requests.empty());
    EXPECT_TRUE(error().handle);
}

TEST_F(OperationFork, DoesNotSendWithATokenThatTheParentGets) {
    auto& first = add_with_token("first");
    begin();
    {
        AsIfForked const child;
        first.token_endpoint->answer(200, "fake-token");
        settle();
        expect_left_to_the_parent();
    }
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationFork, DoesNotSayNotSentOfWhatTheParentMaySend) {
    auto& first = add("first");
    begin();
    AsIfForked const child;
    first.transport->fail(said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0);
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(attempts().at(0).delivery, Delivery::unknown);
}

TEST_F(OperationFork, DoesNotSayNotSentWithoutAttemptsEither) {
    auto& first = add("first");
    begin();
    AsIfForked const child;
    script.at[Seam::hints] = throw_it;
    first.transport->fail(said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0);
    EXPECT_EQ(error().category, ErrorCategory::internal);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_THAT(attempts(), IsEmpty());
}

TEST_F(OperationFork, AsksNoQuestionInTheChild) {
    script.question = HttpMethod::get;
    auto& first = add("first");
    begin();
    AsIfForked const child;
    first.transport->answer(200);
    EXPECT_EQ(first.transport->requests.size(), 1U);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_THAT(decisions(), ElementsAre(Decision::confirm, Decision::finish));
}

TEST_F(OperationFork, LeavesTheParentsOperationAlone) {
    auto& first = add("first");
    make();
    { AsIfForked const child; }
    start();
    first.transport->answer(200);
    EXPECT_TRUE(succeeded());
}

}  // namespace
}  // namespace otp::test
