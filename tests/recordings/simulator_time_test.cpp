// When the simulator answers and when its codes arrive, and how its exchanges end.

#include "recordings/simulator_fixture.hpp"

#include <otp/route_config.hpp>

namespace otp::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string const somebody = "+12025550190";

class SimulatorTime : public SimulatorTest {
protected:
    /// What is said of everybody's sends.
    void use_step(std::string const& step) {
        use_scenario(R"({"version":1,"defaults":{"send":)" + step + "}}");
    }
    /// Of one instance, beside `others` without a scenario.
    void make_client_with(std::vector<std::string> const& others) {
        auto names = others;
        names.insert(names.begin(), "main");
        auto made = config(names);
        for (auto& instance : made.instances) {
            if (instance.name != "main") instance.options.clear();
        }
        client.emplace(context.get_executor(), std::move(made), client_options());
    }
};

TEST_F(SimulatorTime, AnAnswerTakesAsLongAsTheScenarioSays) {
    use_step(R"({"delay":"2500ms"})");
    Sent sent;
    begin_send(sent, somebody);
    EXPECT_THAT(simulator.messages(), SizeIs(1)) << "the code is faster";
    advance(milliseconds(2499));
    EXPECT_FALSE(sent);
    advance(milliseconds(1));
    ASSERT_TRUE(sent);
    EXPECT_TRUE(*sent);
}

TEST_F(SimulatorTime, ARefusalTakesAsLongAsTheScenarioSays) {
    use_step(R"({"fail":"destination_blocked","delay":"2s"})");
    Sent sent;
    begin_send(sent, somebody);
    advance(milliseconds(1999));
    EXPECT_FALSE(sent);
    advance(milliseconds(1));
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->error().category, ErrorCategory::destination_blocked);
}

TEST_F(SimulatorTime, ALateAnswerIsAsLostAsOneOverANetwork) {
    use_step(R"({"delay":"12s"})");
    Sent sent;
    begin_send(sent, somebody);
    // `first_byte_timeout`.
    advance(milliseconds(9999));
    EXPECT_FALSE(sent);
    advance(milliseconds(1));
    ASSERT_TRUE(sent && sent->has_error());
    EXPECT_EQ(sent->error().category, ErrorCategory::timeout);
    EXPECT_EQ(sent->error().delivery, Delivery::unknown);
    EXPECT_EQ(sent->error().phase, ExchangePhase::waiting);
    EXPECT_EQ(check(*sent->error().handle, code_for(somebody)), "approved");
}

TEST_F(SimulatorTime, ADeadlineEndsIt) {
    use_step(R"({"delay":"9s"})");
    SendOtp request(recipient(somebody));
    request.deadline = seconds(3);
    Sent sent;
    begin_send(sent, std::move(request));
    advance(milliseconds(2999));
    EXPECT_FALSE(sent);
    advance(milliseconds(1));
    ASSERT_TRUE(sent && sent->has_error());
    EXPECT_EQ(sent->error().delivery, Delivery::unknown);
}

TEST_F(SimulatorTime, ALateCodeArrivesLater) {
    use_step(R"({"arrives_after":"20s"})");
    auto const sent = send(somebody);
    ASSERT_TRUE(sent);
    advance(milliseconds(19999));
    EXPECT_THAT(simulator.messages(), IsEmpty());
    EXPECT_FALSE(simulator.latest(somebody));
    EXPECT_FALSE(simulator.wait(somebody, milliseconds(1)));
    advance(milliseconds(1));
    EXPECT_THAT(simulator.messages(), SizeIs(1));
    EXPECT_EQ(check(sent->handle, code_for(somebody)), "approved");
}

TEST_F(SimulatorTime, ACodeThatNeverArrivesIsAcceptedAllTheSame) {
    use_step(R"({"code_arrives":false})");
    auto const sent = send(somebody);
    ASSERT_TRUE(sent);
    advance(minutes(1));
    EXPECT_THAT(simulator.messages(), IsEmpty());
    EXPECT_EQ(check(sent->handle, "000000"), "wrong_code");
}

TEST_F(SimulatorTime, ACodeExpires) {
    use_scenario(R"({"version":1,"defaults":{"expires_in":"30s"}})");
    auto const first = send(somebody);
    EXPECT_EQ(first->expires_at, clock->utc_now() + seconds(30));
    auto const code = code_for(somebody);
    advance(milliseconds(29999));
    EXPECT_EQ(check(first->handle, another(code)), "wrong_code");
    advance(milliseconds(1));
    EXPECT_EQ(check(first->handle, code), "expired");
    EXPECT_EQ(simulator.latest(somebody)->state, testing::SimulatedMessage::State::expired);
}

TEST_F(SimulatorTime, WhatNobodyTakesIsGivenUpForTheNextInstance) {
    use_step(R"({"fail":"timeout","delivery":"not_sent"})");
    make_client_with({"second"});
    Sent sent;
    begin_send(sent, somebody);
    // `commit_timeout`.
    advance(milliseconds(999));
    EXPECT_FALSE(sent);
    advance(milliseconds(1));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "second");
    ASSERT_THAT((*sent)->attempts, SizeIs(2));
    EXPECT_EQ((*sent)->attempts[0].delivery, Delivery::not_sent);
    EXPECT_EQ(simulator.latest(somebody)->instance, "second");
    EXPECT_EQ(check((*sent)->handle, code_for(somebody)), "approved");
}

TEST_F(SimulatorTime, WhatNobodyTakesWaitsForTheLastInstance) {
    use_step(R"({"fail":"timeout","delivery":"not_sent"})");
    make_client_with({});
    Sent sent;
    begin_send(sent, somebody);
    // `attempt_timeout`: `commit_timeout` is for whoever has somebody else to ask.
    advance(milliseconds(9999));
    EXPECT_FALSE(sent);
    advance(milliseconds(1));
    ASSERT_TRUE(sent && sent->has_error());
    EXPECT_EQ(sent->error().delivery, Delivery::not_sent);
}

TEST_F(SimulatorTime, FailuresLeadToTheNextInstanceAndOpenAnswersDoNot) {
    for (auto const* const failure : {"unavailable", "connect_failed", "quota_exhausted"}) {
        use_step(R"({"fail":")" + std::string(failure) + R"(","delivery":"not_sent"})");
        make_client_with({"second"});
        auto const sent = send(somebody);
        ASSERT_TRUE(sent) << failure;
        EXPECT_EQ(sent->handle.instance(), "second");
    }
    use_step(R"({"fail":"provider_error"})");
    make_client_with({"second"});
    EXPECT_EQ(send(somebody).error().stop, DecisionReason::may_have_been_sent);
    use_step(R"({"fail":"blocked_by_fraud_guard"})");
    make_client_with({"second"});
    EXPECT_EQ(send(somebody).error().stop, DecisionReason::refused);
}

TEST_F(SimulatorTime, AnExchangeCanBeCancelled) {
    use_step(R"({"delay":"5s"})");
    Sent sent;
    begin_send(sent, somebody);
    cancellation.emit(boost::asio::cancellation_type::terminal);
    settle();
    ASSERT_TRUE(sent && sent->has_error());
    EXPECT_EQ(sent->error().category, ErrorCategory::cancelled);
    EXPECT_EQ(sent->error().delivery, Delivery::unknown);
    EXPECT_EQ(clock->waiting(), 0U);
    EXPECT_EQ(check(*sent->error().handle, code_for(somebody)), "approved");
}

TEST_F(SimulatorTime, AStalledExchangeThatIsCancelledSentNothing) {
    use_step(R"({"fail":"timeout","delivery":"not_sent"})");
    Sent sent;
    begin_send(sent, somebody);
    cancellation.emit(boost::asio::cancellation_type::terminal);
    settle();
    ASSERT_TRUE(sent && sent->has_error());
    EXPECT_EQ(sent->error().delivery, Delivery::not_sent);
}

TEST_F(SimulatorTime, AClientThatGoesCompletesWhatIsUnderWay) {
    use_step(R"({"delay":"5s"})");
    Sent sent;
    begin_send(sent, somebody);
    client.reset();
    settle();
    ASSERT_TRUE(sent && sent->has_error());
    EXPECT_EQ(sent->error().category, ErrorCategory::cancelled);
    EXPECT_EQ(sent->error().delivery, Delivery::unknown);
    EXPECT_THAT(simulator.messages(), SizeIs(1)) << "which outlive it";
}

TEST_F(SimulatorTime, AContextThatGoesTakesWhatIsUnderWayWithIt) {
    use_step(R"({"delay":"5s"})");
    bool called = false;
    {
        boost::asio::io_context short_lived(1);
        auto with_own_time = client_options();
        // The machine's, whose timers go with the context: the fixture's outlives it.
        with_own_time.clock = nullptr;
        OtpClient made(short_lived.get_executor(), config(), std::move(with_own_time));
        made.async_send("login", SendOtp(recipient(somebody)), [&](auto const&) { called = true; });
        short_lived.poll();
        EXPECT_THAT(simulator.messages(), SizeIs(1));
    }
    EXPECT_FALSE(called);
}

TEST_F(SimulatorTime, AReloadKeepsMessagesAndSteps) {
    use_scenario(R"({"version":1,"defaults":{
        "send":[{},{"fail":"quota_exhausted"},{"fail":"unsupported"}]}})");
    auto const sent = send(somebody);
    auto const reload = [this] {
        std::optional<Result<ReloadReport>> outcome;
        client->async_reload(config(), [&](Result<ReloadReport> reloaded) {
            outcome.emplace(std::move(reloaded));
        });
        settle();
        return std::move(outcome.value()).value();
    };
    EXPECT_THAT(reload().kept, SizeIs(1)) << "nothing has changed";
    EXPECT_EQ(send(somebody).error().category, ErrorCategory::quota_exhausted);

    use_scenario(R"({"version":1,"defaults":{
        "send":[{},{},{"fail":"recipient_conflict"}]}})");
    EXPECT_THAT(reload().replaced, SizeIs(1)) << "the file has";
    EXPECT_EQ(send(somebody).error().category, ErrorCategory::recipient_conflict);
    EXPECT_EQ(check(sent->handle, code_for(somebody)), "approved");
}

TEST_F(SimulatorTime, TheWayIsAlwaysOpen) {
    make_client();
    std::optional<Result<std::vector<ConnectionReport>>> checked;
    client->async_check_connections([&](auto reports) { checked.emplace(std::move(reports)); });
    settle();
    ASSERT_TRUE(checked && *checked);
    ASSERT_THAT(**checked, SizeIs(1));
    EXPECT_FALSE((**checked)[0].failure);
    EXPECT_EQ((**checked)[0].instance, "main");
}

}  // namespace
}  // namespace otp::test
