// What an attempt is made with, and what is kept of it.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

using OperationAttempt = OperationTest;

TEST_F(OperationAttempt, IsOneRequestToTheFirstCandidate) {
    auto& first = add("first");
    auto& second = add("second");
    begin();
    ASSERT_EQ(first.transport->requests.size(), 1U);
    EXPECT_EQ(first.transport->requests[0].request.target(), "/send");
    EXPECT_TRUE(second.transport->requests.empty());
    EXPECT_EQ(script.ends, 0);
    first.transport->answer(200);
    EXPECT_TRUE(succeeded());
    EXPECT_FALSE(first.transport->waits());
    EXPECT_TRUE(second.transport->requests.empty());
}

TEST_F(OperationAttempt, KnowsItsInstanceTheTimeAndAReference) {
    add("first");
    auto const before = clock->utc_now();
    clock->manual.advance(7ms);
    begin();
    ASSERT_EQ(script.encoded.size(), 1U);
    auto const& made = script.encoded[0];
    EXPECT_EQ(made.adapter, "first");
    EXPECT_EQ(made.instance, "first");
    EXPECT_EQ(made.now, before + 7ms);
    EXPECT_EQ(made.reference, std::string(20, 'a'));
    EXPECT_EQ(token_of(candidates[0].transport->requests.at(0)), "");
    EXPECT_TRUE(made.hints_are_fitted);
}

TEST_F(OperationAttempt, HasTheTimeThatItsCallerGives) {
    auto& first = add("first");
    auto const now = clock->now();
    make(1234ms);
    start();
    EXPECT_EQ(first.transport->requests.at(0).deadline, now + 1234ms);
}

TEST_F(OperationAttempt, IsNotRepeatableWhateverItsAdapterSays) {
    auto& first = add("first");
    script.method = HttpMethod::get;
    begin();
    EXPECT_FALSE(first.transport->requests.at(0).request.repeatable);
}

TEST_F(OperationAttempt, IsToldWhenItSucceeds) {
    auto& first = add("first");
    script.at[Seam::encode] = [this] { clock->manual.advance(2ms); };
    begin();
    clock->manual.advance(40ms);
    first.transport->answer(201);
    ASSERT_TRUE(succeeded());
    ASSERT_EQ(attempts().size(), 1U);
    auto const& attempt = attempts()[0];
    EXPECT_EQ(attempt.instance, "first");
    EXPECT_EQ(attempt.vendor, "first-vendor");
    EXPECT_EQ(attempt.failure, std::nullopt);
    EXPECT_EQ(attempt.outcome, std::nullopt);
    EXPECT_EQ(attempt.delivery, Delivery::accepted);
    EXPECT_EQ(attempt.http_status, 201);
    EXPECT_EQ(attempt.request_id, "described");
    EXPECT_EQ(attempt.latency, 42ms);
    EXPECT_EQ(attempt.decision, Decision::finish);
    EXPECT_EQ(attempt.phase, ExchangePhase::done);
    EXPECT_THAT(attempt.hints, ElementsAre(AppliedHint{"locale", "en", "first"}));
}

TEST_F(OperationAttempt, IsToldWhenTheVendorRefuses) {
    auto& first = add("first");
    auto refused = said(ErrorCategory::rate_limited, "slower");
    refused.vendor_code = "too_many";
    refused.request_id = "r-1";
    refused.retry_after = 3s;
    refused.http_status = 1;
    script.errors.emplace(429, refused);
    begin();
    clock->manual.advance(1500us);
    first.transport->answer(429);
    ASSERT_TRUE(ended());
    EXPECT_EQ(error().category, ErrorCategory::rate_limited);
    EXPECT_EQ(error().message, "slower");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().instance, "first");
    EXPECT_EQ(error().vendor, "first-vendor");
    EXPECT_EQ(error().vendor_code, "too_many");
    EXPECT_EQ(error().request_id, "r-1");
    EXPECT_EQ(error().retry_after, 3s);
    EXPECT_EQ(error().http_status, 429);
    EXPECT_EQ(error().phase, ExchangePhase::done);
    ASSERT_EQ(attempts().size(), 1U);
    auto const& attempt = attempts()[0];
    EXPECT_EQ(attempt.instance, "first");
    EXPECT_EQ(attempt.vendor, "first-vendor");
    EXPECT_EQ(attempt.failure, ErrorCategory::rate_limited);
    EXPECT_EQ(attempt.delivery, Delivery::not_sent);
    EXPECT_EQ(attempt.http_status, 429);
    EXPECT_EQ(attempt.vendor_code, "too_many");
    EXPECT_EQ(attempt.request_id, "r-1");
    EXPECT_EQ(attempt.latency, 1500us);
    EXPECT_EQ(attempt.decision, Decision::finish);
    EXPECT_EQ(attempt.phase, ExchangePhase::done);
    EXPECT_THAT(attempt.hints, ElementsAre(AppliedHint{"locale", "en", "first"}));
}

TEST_F(OperationAttempt, IsToldWhenNoAnswerComes) {
    auto& first = add("first");
    begin();
    clock->manual.advance(3ms);
    first.transport->fail(
        said(ErrorCategory::connection_lost, "broken"), ExchangePhase::handshaking, 0
    );
    ASSERT_TRUE(ended());
    EXPECT_EQ(error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(error().message, "broken");
    EXPECT_EQ(error().phase, ExchangePhase::handshaking);
    EXPECT_EQ(error().http_status, 0);
    ASSERT_EQ(attempts().size(), 1U);
    EXPECT_EQ(attempts()[0].failure, ErrorCategory::connection_lost);
    EXPECT_EQ(attempts()[0].phase, ExchangePhase::handshaking);
    EXPECT_EQ(attempts()[0].latency, 3ms);
}

TEST_F(OperationAttempt, HasNoPhaseWithoutARequest) {
    add("first");
    script.refusals.emplace("first", said(ErrorCategory::invalid_request, "no"));
    begin();
    EXPECT_EQ(error().phase, std::nullopt);
    EXPECT_EQ(attempts().at(0).phase, std::nullopt);
}

}  // namespace
}  // namespace otp::test
