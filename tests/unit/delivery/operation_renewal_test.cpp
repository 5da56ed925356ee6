// A kept token that the vendor refuses is renewed, once.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class OperationRenewal : public OperationTest {
protected:
    OperationRenewal() {
        auto refused = said(ErrorCategory::unauthenticated, "who are you?");
        refused.vendor_code = "stale";
        script.errors.emplace(401, refused);
    }
    /// An operation whose request, with a kept token, waits for its answer.
    Candidate& begin_with_kept_token() {
        auto& first = add_with_token("first");
        keep_token(first, "stale-token");
        begin();
        return first;
    }
};

TEST_F(OperationRenewal, MakesTheRequestOnceMoreWithANewToken) {
    auto& first = begin_with_kept_token();
    clock->manual.advance(5ms);
    first.transport->answer(401);
    settle();
    EXPECT_EQ(script.ends, 0);
    EXPECT_EQ(first.transport->requests.size(), 1U);
    ASSERT_EQ(first.token_endpoint->requests.size(), 2U);
    first.token_endpoint->answer(200, "fresh-token");
    settle();
    ASSERT_EQ(first.transport->requests.size(), 2U);
    clock->manual.advance(7ms);
    first.transport->answer(200);
    ASSERT_TRUE(succeeded());
    EXPECT_THAT(decisions(), ElementsAre(Decision::renew_token, Decision::finish));
    auto const& refused = attempts()[0];
    EXPECT_EQ(refused.instance, "first");
    EXPECT_EQ(refused.failure, ErrorCategory::unauthenticated);
    EXPECT_EQ(refused.delivery, Delivery::not_sent);
    EXPECT_EQ(refused.http_status, 401);
    EXPECT_EQ(refused.vendor_code, "stale");
    EXPECT_EQ(refused.phase, ExchangePhase::done);
    EXPECT_EQ(refused.latency, 5ms);
    EXPECT_EQ(attempts()[1].failure, std::nullopt);
    EXPECT_EQ(attempts()[1].latency, 7ms);
}

TEST_F(OperationRenewal, IsNotBegunWhenTheTimeIsOver) {
    // As on a machine that slept while the answer was on its way.
    auto& first = begin_with_kept_token();
    clock->manual.advance(10s);
    first.transport->answer(401);
    settle();
    EXPECT_EQ(script.ends, 1);
    EXPECT_EQ(first.token_endpoint->requests.size(), 1U);
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_THAT(decisions(), ElementsAre(Decision::finish));
}

TEST_F(OperationRenewal, BeginsAnewWithoutTheOldToken) {
    auto& first = begin_with_kept_token();
    clock->manual.advance(5ms);
    first.transport->answer(401);
    settle();
    first.token_endpoint->answer(200, "fresh-token");
    settle();
    ASSERT_EQ(script.encoded.size(), 2U);
    EXPECT_EQ(token_of(first.transport->requests.at(0)), "stale-token");
    EXPECT_EQ(token_of(first.transport->requests.at(1)), "fresh-token");
    EXPECT_EQ(script.encoded[1].now, script.encoded[0].now + 5ms);
    EXPECT_NE(script.encoded[1].reference, script.encoded[0].reference);
}

TEST_F(OperationRenewal, BeginsWhenTheAttemptBeforeIsOver) {
    auto& first = begin_with_kept_token();
    auto const in_flight = [&] { return first.instance.condition->health(clock->now()).in_flight; };
    EXPECT_EQ(in_flight(), 1U);
    script.at[Seam::encode] = [&] { EXPECT_EQ(in_flight(), 0U); };
    first.transport->answer(401);
    EXPECT_EQ(script.encoded.size(), 2U);
    EXPECT_EQ(in_flight(), 1U);
    settle();
    first.token_endpoint->answer(200, "fresh-token");
    settle();
    first.transport->answer(200);
    EXPECT_TRUE(succeeded());
}

TEST_F(OperationRenewal, IsNotMadeOfATokenThatCameForThisRequest) {
    auto& first = add_with_token("first");
    begin();
    first.token_endpoint->answer(200, "fresh-token");
    settle();
    first.transport->answer(401);
    settle();
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    EXPECT_THAT(decisions(), ElementsAre(Decision::finish));
    EXPECT_EQ(first.transport->requests.size(), 1U);
}

// Another operation has renewed it meanwhile, and that one is refused as well.
TEST_F(OperationRenewal, IsMadeOnceOnly) {
    auto& first = begin_with_kept_token();
    keep_token(first, "second-token");
    first.transport->answer(401);
    settle();
    ASSERT_EQ(first.transport->requests.size(), 2U);
    EXPECT_EQ(token_of(first.transport->requests[1]), "second-token");
    first.transport->answer(401);
    settle();
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    EXPECT_THAT(decisions(), ElementsAre(Decision::renew_token, Decision::finish));
    EXPECT_EQ(first.transport->requests.size(), 2U);
}

TEST_F(OperationRenewal, LeavesATokenThatAnotherHasRenewedAlready) {
    auto& first = begin_with_kept_token();
    keep_token(first, "second-token");
    first.transport->answer(401);
    settle();
    // Fetched by `keep_token` twice, and not for this operation.
    EXPECT_EQ(first.token_endpoint->requests.size(), 2U);
    ASSERT_TRUE(first.instance.tokens->cached());
    EXPECT_EQ(first.instance.tokens->cached()->token->reveal(), "second-token");
    first.transport->answer(200);
    EXPECT_TRUE(succeeded());
}

TEST_F(OperationRenewal, IsNotMadeWithoutATokenSource) {
    auto& first = add("first");
    begin();
    first.transport->answer(401);
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    EXPECT_EQ(first.transport->requests.size(), 1U);
}

TEST_F(OperationRenewal, IsNotMadeForOtherRefusals) {
    script.errors.emplace(403, said(ErrorCategory::unauthenticated, "who are you?"));
    auto& first = begin_with_kept_token();
    first.transport->answer(403);
    settle();
    EXPECT_EQ(error().http_status, 403);
    EXPECT_EQ(first.transport->requests.size(), 1U);
    // The token is as good as it was.
    EXPECT_TRUE(first.instance.tokens->cached());
}

TEST_F(OperationRenewal, MayFail) {
    auto& first = begin_with_kept_token();
    first.transport->answer(401);
    settle();
    first.token_endpoint->fail(
        said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0
    );
    settle();
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().phase, ExchangePhase::connecting);
    EXPECT_THAT(decisions(), ElementsAre(Decision::renew_token, Decision::finish));
}

// Nothing of the refused request is said of the one that was never made.
TEST_F(OperationRenewal, MayBeCancelled) {
    auto& first = begin_with_kept_token();
    first.transport->answer(401);
    settle();
    cancel();
    settle();
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().phase, std::nullopt);
    EXPECT_EQ(error().http_status, 0);
    EXPECT_EQ(attempts().at(1).phase, std::nullopt);
}

TEST_F(OperationRenewal, IsNotForTheTokenOfACandidateBefore) {
    auto& first = add_with_token("first");
    keep_token(first, "fake-token");
    auto& second = add("second");
    script.refusals.emplace("first", said(ErrorCategory::unsupported, "not so"));
    begin();
    second.transport->answer(401);
    settle();
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    EXPECT_THAT(decisions(), ElementsAre(Decision::skip, Decision::finish));
}

}  // namespace
}  // namespace otp::test
