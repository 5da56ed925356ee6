// An approval whose answer says nothing by itself is asked about before it counts.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Outcome = Verification::Outcome;

class Confirmation : public ClientOfPlainVendor {
protected:
    Confirmation() { conduct->confirms = true; }

    /// The error of a check that was taken and could not be confirmed.
    static void expect_unconfirmed(Verified const& verified, ErrorCategory category) {
        ASSERT_TRUE(verified);
        ASSERT_TRUE(verified->has_error());
        auto const error = verified->error();
        EXPECT_EQ(error.category, category);
        EXPECT_EQ(error.delivery, Delivery::unknown);
        EXPECT_THAT(error.message, HasSubstr("could not be confirmed: "));
        EXPECT_FALSE(error.handle);
        ASSERT_EQ(error.attempts.size(), 2U);
        EXPECT_EQ(error.attempts[0].decision, Decision::confirm);
        EXPECT_EQ(error.attempts[0].delivery, Delivery::accepted);
        EXPECT_FALSE(error.attempts[0].failure);
        EXPECT_EQ(error.attempts[1].decision, Decision::finish);
        EXPECT_EQ(error.attempts[1].failure, category);
        EXPECT_EQ(error.attempts[1].delivery, Delivery::unknown);
    }
};

TEST_F(Confirmation, MakesTheApprovalWhatTheAnswerSays) {
    answer(200, "");
    answer(200, "verified");
    auto const approved = verify();
    ASSERT_TRUE(approved && *approved);
    EXPECT_TRUE((*approved)->approved());
    EXPECT_EQ((*approved)->request_id, "state");
    EXPECT_EQ((*approved)->http_status, 200);
    EXPECT_THAT(targets(), ElementsAre("/check", "/state"));
    ASSERT_EQ((*approved)->attempts.size(), 2U);
    EXPECT_EQ((*approved)->attempts[0].decision, Decision::confirm);
    EXPECT_EQ((*approved)->attempts[0].request_id, "check");
    EXPECT_EQ((*approved)->attempts[0].phase, ExchangePhase::done);
    EXPECT_EQ((*approved)->attempts[1].decision, Decision::finish);
    EXPECT_EQ((*approved)->attempts[1].delivery, Delivery::accepted);

    answer(200, "");
    answer(200, "pending");
    auto const denied = verify();
    ASSERT_TRUE(denied && *denied);
    EXPECT_EQ((*denied)->outcome, Outcome::rejected);
}

TEST_F(Confirmation, IsTheOnlyRequestThatMayBeRepeated) {
    conduct->needs_token = true;
    answer(200, "token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());
    answer(200, "");
    answer(200, "verified");
    ASSERT_TRUE(*verify());
    EXPECT_THAT(targets(), ElementsAre("/token", "/send", "/check", "/state"));
    auto const seen = script->requests();
    EXPECT_FALSE(seen[0].request.repeatable);
    // Whatever the adapter says.
    EXPECT_FALSE(seen[1].request.repeatable);
    EXPECT_FALSE(seen[2].request.repeatable);
    EXPECT_TRUE(seen[3].request.repeatable);
}

TEST_F(Confirmation, ThatIsNoGetIsNotRepeated) {
    conduct->asks_by_post = true;
    answer(200, "");
    answer(200, "verified");
    ASSERT_TRUE(*verify());
    EXPECT_FALSE(script->requests().back().request.repeatable);
}

TEST_F(Confirmation, IsNotAskedForWhereTheAnswerSaysEnough) {
    answer(200, "approved");
    EXPECT_TRUE((*verify())->approved());
    EXPECT_THAT(targets(), ElementsAre("/check"));
}

TEST_F(Confirmation, IsNotAskedForWhereTheCodeWasWrong) {
    answer(200, "wrong");
    EXPECT_EQ((*verify())->outcome, Outcome::wrong_code);
    EXPECT_THAT(targets(), ElementsAre("/check"));
}

TEST_F(Confirmation, IsNotAskedForAfterARefusal) {
    answer(422, "");
    EXPECT_EQ(verify()->error().delivery, Delivery::unknown);
    EXPECT_THAT(targets(), ElementsAre("/check"));
}

TEST_F(Confirmation, ThatIsRefusedLeavesTheApprovalOpen) {
    answer(200, "");
    answer(404, "");
    expect_unconfirmed(verify(), ErrorCategory::bad_response);
}

TEST_F(Confirmation, ThatNeverLeftLeavesTheApprovalOpenToo) {
    answer(200, "");
    fail(ErrorCategory::connect_failed, ExchangePhase::connecting, 0);
    auto const verified = verify();
    expect_unconfirmed(verified, ErrorCategory::connect_failed);
    EXPECT_EQ(verified->error().phase, ExchangePhase::connecting);
    EXPECT_EQ(verified->error().http_status, 0);
}

TEST_F(Confirmation, EndsWithTheDeadlineOfTheWholeCheck) {
    script->add(testing::ScriptedStep(HttpResponse(200, {}, "")).after(10s));
    script->add(testing::ScriptedStep::silence());
    Verified outcome;
    begin_verify(outcome);
    clock->advance(10s);
    settle();
    ASSERT_FALSE(outcome);
    ASSERT_THAT(targets(), ElementsAre("/check", "/state"));
    clock->advance(5s - 1ms);
    settle();
    ASSERT_FALSE(outcome);
    clock->advance(1ms);
    settle();
    expect_unconfirmed(outcome, ErrorCategory::deadline_exceeded);
    EXPECT_EQ(outcome->error().attempts[0].latency, 10s);
    EXPECT_EQ(outcome->error().attempts[1].latency, 5s);
}

TEST_F(Confirmation, CanBeCancelled) {
    answer(200, "");
    script->add(testing::ScriptedStep::silence());
    Verified outcome;
    begin_verify(outcome);
    ASSERT_FALSE(outcome);
    ASSERT_THAT(targets(), ElementsAre("/check", "/state"));
    cancellation.emit(boost::asio::cancellation_type::terminal);
    settle();
    expect_unconfirmed(outcome, ErrorCategory::cancelled);
}

TEST_F(Confirmation, IsAskedForWithTheToken) {
    conduct->needs_token = true;
    answer(200, "token-1");
    answer(200, "");
    answer(200, "verified");
    ASSERT_TRUE(*verify());
    auto const seen = script->requests();
    ASSERT_EQ(seen.size(), 3U);
    ASSERT_EQ(seen[2].request.target(), "/state");
    ASSERT_EQ(seen[2].request.headers.size(), 1U);
    EXPECT_EQ(seen[2].request.headers[0].value, "Bearer token-1");
}

TEST_F(Confirmation, WhoseTokenIsRefusedDoesNotCheckTheCodeTwice) {
    conduct->needs_token = true;
    answer(200, "token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());

    answer(200, "");
    answer(401, "");
    expect_unconfirmed(verify(), ErrorCategory::unauthenticated);
    EXPECT_THAT(targets(), ElementsAre("/token", "/send", "/check", "/state"));
}

TEST_F(Confirmation, ComesAfterARenewedToken) {
    conduct->needs_token = true;
    answer(200, "token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());

    answer(401, "");
    answer(200, "token-2");
    answer(200, "");
    answer(200, "verified");
    auto const verified = verify();
    ASSERT_TRUE(verified && *verified);
    ASSERT_EQ((*verified)->attempts.size(), 3U);
    EXPECT_EQ((*verified)->attempts[0].decision, Decision::renew_token);
    EXPECT_EQ((*verified)->attempts[1].decision, Decision::confirm);
    EXPECT_EQ((*verified)->attempts[2].decision, Decision::finish);
    EXPECT_EQ(script->requests().back().request.headers.at(0).value, "Bearer token-2");
}

}  // namespace
}  // namespace otp::test
