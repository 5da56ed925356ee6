// The question behind a success that its answer does not settle.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class OperationConfirmation : public OperationTest {
protected:
    OperationConfirmation() { script.question = HttpMethod::get; }

    /// An operation whose question waits for its answer.
    Candidate& begin_question() {
        auto& first = add("first");
        begin();
        first.transport->answer(200);
        return first;
    }
};

TEST_F(OperationConfirmation, IsAskedBehindTheSuccess) {
    auto& first = add("first");
    begin();
    auto const deadline = first.transport->requests.at(0).deadline;
    clock->manual.advance(4ms);
    first.transport->answer(202);
    EXPECT_EQ(script.ends, 0);
    ASSERT_EQ(first.transport->requests.size(), 2U);
    EXPECT_EQ(first.transport->requests[1].request.target(), "/state");
    EXPECT_EQ(first.transport->requests[1].deadline, deadline);
    clock->manual.advance(9ms);
    first.transport->answer(200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(decisions(), ElementsAre(Decision::confirm, Decision::finish));
    auto const& check = attempts()[0];
    EXPECT_EQ(check.delivery, Delivery::accepted);
    EXPECT_EQ(check.failure, std::nullopt);
    EXPECT_EQ(check.http_status, 202);
    EXPECT_EQ(check.request_id, "described");
    EXPECT_EQ(check.latency, 4ms);
    auto const& question = attempts()[1];
    EXPECT_EQ(question.delivery, Delivery::accepted);
    EXPECT_EQ(question.http_status, 200);
    EXPECT_EQ(question.latency, 9ms);
    EXPECT_EQ(question.phase, ExchangePhase::done);
}

TEST_F(OperationConfirmation, IsAskedOnce) {
    auto& first = begin_question();
    EXPECT_EQ(script.questions, 1);
    first.transport->answer(200);
    EXPECT_TRUE(succeeded());
    EXPECT_EQ(script.questions, 1);
    EXPECT_EQ(first.transport->requests.size(), 2U);
}

TEST_F(OperationConfirmation, IsNotAskedBehindAFailure) {
    script.errors.emplace(500, said(ErrorCategory::provider_error, "no", Delivery::unknown));
    auto& first = add("first");
    begin();
    first.transport->answer(500);
    EXPECT_EQ(error().category, ErrorCategory::provider_error);
    EXPECT_EQ(error().message, "no");
    EXPECT_EQ(script.questions, 0);
}

TEST_F(OperationConfirmation, MayBeRepeatedIfItOnlyAsks) {
    script.method = HttpMethod::get;
    auto& first = begin_question();
    EXPECT_FALSE(first.transport->requests[0].request.repeatable);
    EXPECT_TRUE(first.transport->requests.at(1).request.repeatable);
}

TEST_F(OperationConfirmation, IsNotRepeatedIfItDoesMore) {
    script.question = HttpMethod::post;
    auto& first = begin_question();
    EXPECT_FALSE(first.transport->requests.at(1).request.repeatable);
}

// The vendor has counted the check, whatever the second answer proves by itself.
TEST_F(OperationConfirmation, LeavesUnknownWhatIsRefused) {
    script.errors.emplace(404, said(ErrorCategory::recipient_not_found, "whom?"));
    auto& first = begin_question();
    first.transport->answer(404);
    EXPECT_EQ(error().category, ErrorCategory::recipient_not_found);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(
        error().message, "the vendor took the code, but the approval could not be confirmed: whom?"
    );
    EXPECT_EQ(error().http_status, 404);
    EXPECT_THAT(decisions(), ElementsAre(Decision::confirm, Decision::finish));
    EXPECT_EQ(attempts()[1].delivery, Delivery::unknown);
    EXPECT_EQ(attempts()[1].failure, ErrorCategory::recipient_not_found);
}

TEST_F(OperationConfirmation, SaysWhatFailedWithoutAMessageToo) {
    script.errors.emplace(429, Error(ErrorCategory::rate_limited));
    auto& first = begin_question();
    first.transport->answer(429);
    std::string expected = "the vendor took the code, but the approval could not be confirmed: ";
    expected.append(describe(ErrorCategory::rate_limited));
    EXPECT_EQ(error().message, expected);
}

TEST_F(OperationConfirmation, LeavesUnknownWhatNeverLeft) {
    auto& first = begin_question();
    first.transport->fail(said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0);
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(error().phase, ExchangePhase::connecting);
    EXPECT_EQ(attempts().at(1).delivery, Delivery::unknown);
}

// A renewal begins anew, which would have the code checked twice.
TEST_F(OperationConfirmation, DoesNotRenewAToken) {
    script.errors.emplace(401, said(ErrorCategory::unauthenticated, "who?"));
    auto& first = add_with_token("first");
    keep_token(first, "fake-token");
    begin();
    first.transport->answer(200);
    first.transport->answer(401);
    settle();
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(first.transport->requests.size(), 2U);
    EXPECT_EQ(first.token_endpoint->requests.size(), 1U);
    EXPECT_THAT(decisions(), ElementsAre(Decision::confirm, Decision::finish));
}

TEST_F(OperationConfirmation, IsNotBegunWhenCancelledBefore) {
    script.at[Seam::question] = [this] { cancel(); };
    auto& first = begin_question();
    EXPECT_EQ(first.transport->requests.size(), 1U);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_EQ(
        error().message,
        "the vendor took the code, but the approval could not be confirmed: "
        "cancelled by the caller"
    );
    // No request of it was begun.
    EXPECT_EQ(error().phase, std::nullopt);
    EXPECT_EQ(attempts().at(1).phase, std::nullopt);
}

}  // namespace
}  // namespace otp::test
