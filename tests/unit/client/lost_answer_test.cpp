// An unknown outcome of a send can be used: the error holds the handle of the code that may arrive.

#include "unit/client/client_fixture.hpp"

#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <sstream>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class LostAnswer : public ClientOfPlainVendor {};

TEST_F(LostAnswer, LeavesTheHandleOfTheReferenceThatWasSent) {
    fail(ErrorCategory::connection_lost, ExchangePhase::waiting, 100);
    auto const sent = send();
    ASSERT_TRUE(sent);
    ASSERT_TRUE(sent->has_error());
    auto const error = sent->error();
    ASSERT_EQ(error.delivery, Delivery::unknown);
    ASSERT_TRUE(error.handle);
    EXPECT_EQ(error.handle->instance(), "main");
    EXPECT_FALSE(error.handle->reference("reference").empty());
    EXPECT_EQ(error.handle->reference("reference"), script->requests().at(0).request.body);
}

TEST_F(LostAnswer, IsOneThatNobodyUnderstandsToo) {
    answer(200, "something else");
    auto const error = send()->error();
    ASSERT_EQ(error.delivery, Delivery::unknown);
    EXPECT_TRUE(error.handle);
}

TEST_F(LostAnswer, IsAFailureOfTheVendorToo) {
    answer(500, "");
    EXPECT_TRUE(send()->error().handle);
}

TEST_F(LostAnswer, IsACancelledSendThatHadBegunToo) {
    script->add(testing::ScriptedStep::silence());
    Sent outcome;
    client().async_send(
        "login",
        send_request(),
        boost::asio::bind_cancellation_slot(
            cancellation.slot(),
            [&outcome](Result<SendReceipt> sent) { outcome.emplace(std::move(sent)); }
        )
    );
    settle();
    ASSERT_FALSE(outcome);
    cancellation.emit(boost::asio::cancellation_type::terminal);
    settle();
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->error().category, ErrorCategory::cancelled);
    EXPECT_TRUE(outcome->error().handle);
}

TEST_F(LostAnswer, LeavesNothingWhereNothingWasSent) {
    fail(ErrorCategory::connect_failed, ExchangePhase::connecting, 0);
    auto const unsent = send()->error();
    EXPECT_EQ(unsent.delivery, Delivery::not_sent);
    EXPECT_FALSE(unsent.handle);

    answer(422, "");
    auto const refused = send()->error();
    EXPECT_EQ(refused.delivery, Delivery::not_sent);
    EXPECT_FALSE(refused.handle);
}

TEST_F(LostAnswer, LeavesNothingWhereACheckNeedsWhatOnlyTheAnswerTells) {
    conduct->handle_before_answer = false;
    fail(ErrorCategory::connection_lost, ExchangePhase::waiting, 100);
    auto const error = send()->error();
    EXPECT_EQ(error.delivery, Delivery::unknown);
    EXPECT_FALSE(error.handle);
}

TEST_F(LostAnswer, OfACheckLeavesNothing) {
    fail(ErrorCategory::connection_lost, ExchangePhase::waiting, 100);
    auto const error = verify()->error();
    EXPECT_EQ(error.delivery, Delivery::unknown);
    EXPECT_FALSE(error.handle);
}

TEST_F(LostAnswer, AfterAnotherInstanceWasAskedBelongsToTheLastOne) {
    instances = {"mail_only", "main"};
    conduct->only_channels = {{"mail_only", Channel::email}};
    fail(ErrorCategory::connection_lost, ExchangePhase::waiting, 100);
    auto const error = send()->error();
    ASSERT_TRUE(error.handle);
    EXPECT_EQ(error.attempts.size(), 2U);
    EXPECT_EQ(error.handle->instance(), "main");
    EXPECT_EQ(error.handle->reference("reference"), script->requests().at(0).request.body);
}

TEST_F(LostAnswer, AfterATokenWasRenewedBelongsToTheSecondRequest) {
    conduct->needs_token = true;
    answer(200, "token-1");
    answer(200, "accepted");
    ASSERT_TRUE(*send());

    answer(401, "");
    answer(200, "token-2");
    fail(ErrorCategory::connection_lost, ExchangePhase::reading, 100);
    auto const error = send()->error();
    EXPECT_THAT(targets(), ElementsAre("/token", "/send", "/send", "/token", "/send"));
    ASSERT_EQ(error.delivery, Delivery::unknown);
    ASSERT_TRUE(error.handle);
    EXPECT_EQ(error.handle->reference("reference"), script->requests().at(4).request.body);
}

TEST_F(LostAnswer, WithoutATokenIsNone) {
    conduct->needs_token = true;
    fail(ErrorCategory::connection_lost, ExchangePhase::waiting, 100);
    auto const error = send()->error();
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_FALSE(error.handle);
}

TEST_F(LostAnswer, KeepsItsHandleOutOfWhatIsLogged) {
    fail(ErrorCategory::connection_lost, ExchangePhase::waiting, 100);
    auto const error = send()->error();
    ASSERT_TRUE(error.handle);
    std::ostringstream printed;
    printed << error;
    auto const json = boost::json::serialize(to_json(error));
    for (auto const& text : {printed.str(), json}) {
        EXPECT_THAT(text, Not(HasSubstr(std::string(error.handle->reference("reference")))));
        EXPECT_THAT(text, Not(HasSubstr("handle")));
    }
}

}  // namespace
}  // namespace otp::test
