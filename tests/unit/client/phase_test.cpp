// Attempts and errors say how far the request had come.

#include "unit/client/client_fixture.hpp"

namespace otp::test {
namespace {

class Phase : public ClientOfPlainVendor {};

TEST_F(Phase, OfAFailureIsTheExchanges) {
    for (auto const phase :
         {ExchangePhase::queued,
          ExchangePhase::resolving,
          ExchangePhase::connecting,
          ExchangePhase::tunnelling,
          ExchangePhase::handshaking,
          ExchangePhase::writing,
          ExchangePhase::waiting,
          ExchangePhase::reading}) {
        fail(ErrorCategory::timeout, phase, phase > ExchangePhase::handshaking ? 1 : 0);
        auto const error = send()->error();
        EXPECT_EQ(error.phase, phase);
        ASSERT_EQ(error.attempts.size(), 1U);
        EXPECT_EQ(error.attempts[0].phase, phase);
    }
}

TEST_F(Phase, OfAnAnswerIsDone) {
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(*sent);
    EXPECT_EQ((*sent)->attempts.at(0).phase, ExchangePhase::done);

    answer(429, "");
    auto const error = send()->error();
    EXPECT_EQ(error.phase, ExchangePhase::done);
    EXPECT_EQ(error.attempts.at(0).phase, ExchangePhase::done);
}

TEST_F(Phase, IsNoneWhereNoRequestWasBegun) {
    conduct->only_channels = {{"main", Channel::email}};
    auto const error = send()->error();
    EXPECT_FALSE(error.phase);
    ASSERT_EQ(error.attempts.size(), 1U);
    EXPECT_FALSE(error.attempts[0].phase);
}

TEST_F(Phase, OfAnInstanceIsNotThatOfTheOneBefore) {
    instances = {"mail_only", "main", "mail_too"};
    conduct->only_channels = {{"mail_only", Channel::email}, {"mail_too", Channel::email}};
    fail(ErrorCategory::connect_failed, ExchangePhase::resolving, 0);
    auto const error = send()->error();
    ASSERT_EQ(error.attempts.size(), 3U);
    EXPECT_FALSE(error.attempts[0].phase);
    EXPECT_EQ(error.attempts[1].phase, ExchangePhase::resolving);
    EXPECT_FALSE(error.attempts[2].phase);
    // What was tried says more than what could not be.
    EXPECT_EQ(error.category, ErrorCategory::connect_failed);
    EXPECT_EQ(error.instance, "main");
    EXPECT_EQ(error.phase, ExchangePhase::resolving);
    EXPECT_EQ(error.stop, DecisionReason::attempts_used_up);
}

TEST_F(Phase, OfATokenThatDidNotComeIsTheTokenRequests) {
    conduct->needs_token = true;
    fail(ErrorCategory::tls_failed, ExchangePhase::handshaking, 0);
    auto const broken = send()->error();
    EXPECT_EQ(broken.delivery, Delivery::not_sent);
    EXPECT_EQ(broken.phase, ExchangePhase::handshaking);
    EXPECT_EQ(broken.attempts.at(0).phase, ExchangePhase::handshaking);

    answer(403, "");
    auto const refused = send()->error();
    EXPECT_EQ(refused.phase, ExchangePhase::done);
    EXPECT_EQ(refused.delivery, Delivery::not_sent);
}

TEST_F(Phase, AfterARenewedTokenIsThatOfTheSecondRequest) {
    conduct->needs_token = true;
    answer(200, "token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());

    answer(401, "");
    fail(ErrorCategory::connect_failed, ExchangePhase::connecting, 0);
    auto const error = send()->error();
    ASSERT_EQ(error.attempts.size(), 2U);
    EXPECT_EQ(error.attempts[0].phase, ExchangePhase::done);
    EXPECT_EQ(error.attempts[1].phase, ExchangePhase::connecting);
}

}  // namespace
}  // namespace otp::test
