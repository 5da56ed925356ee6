// The token that a request is made with.

#include "unit/delivery/operation_fixture.hpp"

#include <new>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

using OperationToken = OperationTest;

TEST_F(OperationToken, IsTakenFromTheCacheAtOnce) {
    auto& first = add_with_token("first");
    keep_token(first, "fake-token");
    make();
    start();
    // Nothing had to run for it.
    ASSERT_EQ(first.transport->requests.size(), 1U);
    EXPECT_EQ(first.token_endpoint->requests.size(), 1U);
    // Encoded once: what cannot be sent needs no token, and what can is only added to.
    EXPECT_EQ(script.encoded.size(), 1U);
    EXPECT_EQ(token_of(first.transport->requests[0]), "fake-token");
    first.transport->answer(200);
    ASSERT_TRUE(succeeded());
    EXPECT_EQ(attempts().size(), 1U);
}

TEST_F(OperationToken, IsWaitedFor) {
    auto& first = add_with_token("first");
    begin();
    EXPECT_TRUE(first.transport->requests.empty());
    ASSERT_EQ(first.token_endpoint->requests.size(), 1U);
    clock->manual.advance(20ms);
    first.token_endpoint->answer(200, "fake-token");
    settle();
    ASSERT_EQ(first.transport->requests.size(), 1U);
    EXPECT_EQ(script.encoded.size(), 1U);
    EXPECT_EQ(token_of(first.transport->requests[0]), "fake-token");
    first.transport->answer(200);
    ASSERT_TRUE(succeeded());
    ASSERT_EQ(attempts().size(), 1U);
    EXPECT_EQ(attempts()[0].latency, 20ms);
}

TEST_F(OperationToken, IsNotAskedForWhatCannotBeSent) {
    auto& first = add_with_token("first");
    script.refusals.emplace("first", said(ErrorCategory::invalid_request, "no"));
    begin();
    EXPECT_EQ(error().category, ErrorCategory::invalid_request);
    EXPECT_TRUE(first.token_endpoint->requests.empty());
}

TEST_F(OperationToken, MayBeRefused) {
    auto& first = add_with_token("first");
    begin();
    first.token_endpoint->answer(401, "who is 2025550162?");
    settle();
    EXPECT_EQ(error().category, ErrorCategory::unauthenticated);
    // What the request took along is masked there, too.
    EXPECT_EQ(error().message, "no access token: who is ***?");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().phase, ExchangePhase::done);
    EXPECT_EQ(error().instance, "first");
    EXPECT_THAT(decisions(), ElementsAre(Decision::finish));
    EXPECT_EQ(attempts()[0].phase, ExchangePhase::done);
    EXPECT_EQ(attempts()[0].delivery, Delivery::not_sent);
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationToken, MayNotCome) {
    auto& first = add_with_token("first");
    begin();
    first.token_endpoint->fail(
        said(ErrorCategory::connection_lost, "broken"), ExchangePhase::waiting, 10
    );
    settle();
    EXPECT_EQ(error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().phase, ExchangePhase::waiting);
    EXPECT_TRUE(first.transport->requests.empty());
}

TEST_F(OperationToken, MayNotComeInTime) {
    auto& first = add_with_token("first");
    make(5s);
    start();
    settle();
    clock->manual.advance(4999ms);
    settle();
    EXPECT_EQ(script.ends, 0);
    clock->manual.advance(1ms);
    settle();
    EXPECT_EQ(error().category, ErrorCategory::deadline_exceeded);
    EXPECT_EQ(error().message, "no access token came in time");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().phase, std::nullopt);
    // Others may wait for it.
    EXPECT_TRUE(first.token_endpoint->waits());
    first.token_endpoint->answer(200, "fake-token");
    settle();
    EXPECT_TRUE(first.transport->requests.empty());
    EXPECT_EQ(script.ends, 1);
}

TEST_F(OperationToken, CannotBeWaitedForWithoutATimer) {
    auto& first = add_with_token("first");
    clock->at_timer = [] { throw std::bad_alloc(); };
    begin();
    EXPECT_EQ(error().category, ErrorCategory::connect_failed);
    EXPECT_EQ(error().message, "waiting for a token failed: out of memory");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().phase, std::nullopt);
    EXPECT_TRUE(first.transport->requests.empty());
}

}  // namespace
}  // namespace otp::test
