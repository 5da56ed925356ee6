// What the simulator does with whom, through the whole client: as the scenario says.

#include "recordings/simulator_fixture.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/conformance/conformance.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <future>
#include <set>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using State = testing::SimulatedMessage::State;
using std::chrono::minutes;
using std::chrono::seconds;

class SimulatorOutcomes : public SimulatorTest {};

std::string const somebody = "+12025550190";
std::string const other = "+12025550191";

std::vector<ErrorCategory> categories() {
    std::vector<ErrorCategory> all;
    for (int number = 0; number <= static_cast<int>(ErrorCategory::internal); ++number) {
        all.push_back(static_cast<ErrorCategory>(number));
    }
    return all;
}

TEST_F(SimulatorOutcomes, AreOfEveryCategoryAndDelivery) {
    for (auto const category : categories()) {
        bool const never_connects =
            category == ErrorCategory::connect_failed || category == ErrorCategory::tls_failed;
        for (auto const delivery : {Delivery::not_sent, Delivery::unknown}) {
            if (never_connects && delivery == Delivery::unknown) continue;
            auto const what =
                std::string(to_string(category)) + ' ' + std::string(to_string(delivery));
            SCOPED_TRACE(what);
            use_scenario(
                R"({"version":1,"defaults":{"send":{"fail":")" + std::string(to_string(category)) +
                R"(","delivery":")" + std::string(to_string(delivery)) + R"("}}})"
            );
            make_client();
            auto const sent = send(somebody);
            ASSERT_TRUE(sent.has_error());
            auto const error = sent.error();
            EXPECT_EQ(error.category, category) << error;
            EXPECT_EQ(error.delivery, delivery);
            EXPECT_EQ(error.handle.has_value(), delivery == Delivery::unknown);
            EXPECT_THAT(simulator.messages(), IsEmpty());
        }
    }
}

TEST_F(SimulatorOutcomes, OfAChecksFailureAreOfEveryCategory) {
    for (auto const category : categories()) {
        use_scenario(
            R"({"version":1,"defaults":{"verify":{"fail":")" + std::string(to_string(category)) +
            R"("}}})"
        );
        make_client();
        auto const sent = send(somebody);
        EXPECT_EQ(
            check(sent->handle, code_for(somebody)), "error: " + std::string(to_string(category))
        );
    }
}

TEST_F(SimulatorOutcomes, AreOneAfterTheOther) {
    use_scenario(R"({"version":1,"recipients":{"+12025550190":{
        "send":[{"fail":"rate_limited","retry_after":"7s"},{"fail":"provider_error"},{}],
        "verify":[{"outcome":"rejected"},{"fail":"unavailable"},{}]}}})");
    auto const first = send(somebody);
    EXPECT_EQ(first.error().category, ErrorCategory::rate_limited);
    EXPECT_EQ(first.error().retry_after, seconds(7));
    advance(seconds(8));
    EXPECT_EQ(send(somebody).error().category, ErrorCategory::provider_error);
    EXPECT_TRUE(send(other)) << "who is at a step of his own";
    EXPECT_TRUE(send(somebody));
    auto const sent = send(somebody);
    ASSERT_TRUE(sent) << "the last step is that of all further sends";
    EXPECT_EQ(check(sent->handle, code_for(somebody)), "rejected");
    EXPECT_EQ(check(sent->handle, code_for(somebody)), "error: unavailable");
    EXPECT_EQ(check(sent->handle, code_for(somebody)), "approved");
    simulator.clear();
    EXPECT_EQ(send(somebody).error().category, ErrorCategory::rate_limited) << "from the beginning";
}

TEST_F(SimulatorOutcomes, OfASendIsAMessage) {
    SendOtp request(recipient("user@example.org"));
    request.reference = "order-7";
    request.expires_in = minutes(9);
    Sent sent;
    begin_send(sent, std::move(request));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.channel(), Channel::email);
    EXPECT_EQ((*sent)->expires_at, clock->utc_now() + minutes(9));
    EXPECT_FALSE((*sent)->test_code);

    ASSERT_THAT(simulator.messages(), SizeIs(1));
    auto const message = simulator.messages().front();
    EXPECT_EQ(message.id, (*sent)->request_id);
    EXPECT_EQ(message.instance, "main");
    EXPECT_EQ(message.to, "user@example.org");
    EXPECT_EQ(message.channel, Channel::email);
    EXPECT_EQ(message.reference, "order-7");
    EXPECT_EQ(message.sent_at, clock->utc_now());
    EXPECT_EQ(message.expires_at, clock->utc_now() + minutes(9));
    EXPECT_THAT(message.code, MatchesRegex("[0-9]{6}"));
    EXPECT_EQ(message.text, message.code + " is your code. It is valid for 9 minutes.");
    EXPECT_EQ(message.state, State::pending);
}

TEST_F(SimulatorOutcomes, OfChecksAreWhatTheCodeDeserves) {
    auto const sent = send(somebody);
    auto const code = code_for(somebody);
    EXPECT_EQ(check(sent->handle, another(code)), "wrong_code");
    EXPECT_EQ(simulator.latest(somebody)->wrong_codes, 1);
    EXPECT_EQ(check(sent->handle, code), "approved");
    EXPECT_EQ(simulator.latest(somebody)->state, State::verified);
    EXPECT_EQ(check(sent->handle, code), "expired") << "a code is good for once";
}

TEST_F(SimulatorOutcomes, AreTooManyAttemptsBehindTheLimit) {
    use_scenario(R"({"version":1,"recipients":{"+12025550190":{"wrong_codes":2}}})");
    auto const sent = send(somebody);
    auto const code = code_for(somebody);
    EXPECT_EQ(check(sent->handle, another(code)), "wrong_code");
    EXPECT_EQ(simulator.latest(somebody)->state, State::pending);
    EXPECT_EQ(check(sent->handle, another(code)), "wrong_code");
    EXPECT_EQ(simulator.latest(somebody)->state, State::locked);
    EXPECT_EQ(check(sent->handle, code), "too_many_attempts");
    auto const again = send(somebody);
    EXPECT_EQ(check(again->handle, code_for(somebody)), "approved") << "with a fresh code";
}

TEST_F(SimulatorOutcomes, OfAnEarlierCodeIsExpired) {
    auto const first = send(somebody);
    auto const code = code_for(somebody);
    auto const elsewhere = send(other);
    auto const second = send(somebody);
    EXPECT_NE(code, code_for(somebody));
    EXPECT_EQ(check(first->handle, code), "expired");
    EXPECT_EQ(check(second->handle, code_for(somebody)), "approved");
    EXPECT_EQ(check(elsewhere->handle, code_for(other)), "approved");
    std::vector<State> states;
    for (auto const& message : simulator.messages()) states.push_back(message.state);
    EXPECT_THAT(states, ElementsAre(State::superseded, State::verified, State::verified));
}

TEST_F(SimulatorOutcomes, OfAnotherRecipientsHandleIsRejected) {
    auto const sent = send(somebody);
    auto handle = sent->handle;
    handle.set_reference("to", other);
    EXPECT_EQ(check(handle, code_for(somebody)), "rejected");
}

TEST_F(SimulatorOutcomes, LeaveTheCodeThereWhereTheAnswerIsLost) {
    use_scenario(R"({"version":1,"defaults":{
        "send":{"fail":"connection_lost","code_arrives":true}}})");
    auto const sent = send(somebody);
    ASSERT_TRUE(sent.has_error());
    EXPECT_EQ(sent.error().delivery, Delivery::unknown);
    auto const code = code_for(somebody);
    EXPECT_EQ(check(*sent.error().handle, another(code)), "wrong_code");
    EXPECT_EQ(check(*sent.error().handle, code), "approved");
}

TEST_F(SimulatorOutcomes, LeaveNoCodeWhereNothingWasSent) {
    use_scenario(R"({"version":1,"recipients":{"+12025550190":{
        "code":"135790","valid_until":"2027-01-01T00:00:00Z","send":{"fail":"timeout"}}}})");
    auto const sent = send(somebody);
    EXPECT_THAT(simulator.messages(), IsEmpty());
    EXPECT_EQ(check(*sent.error().handle, "135790"), "rejected");
}

TEST_F(SimulatorOutcomes, OfFixedCodesEndWithThem) {
    use_scenario(R"({"version":1,"recipients":{"+12025550190":{
        "code":"135790","valid_until":"2026-01-01T00:02:00Z"}}})");
    auto const first = send(somebody);
    EXPECT_EQ(code_for(somebody), "135790");
    EXPECT_EQ(first->expires_at, clock->utc_now() + minutes(2)) << "no longer than the code";
    EXPECT_EQ(check(first->handle, "135790"), "approved");
    auto const second = send(somebody);
    advance(minutes(2));
    EXPECT_EQ(check(second->handle, "135790"), "expired");
    auto const third = send(somebody);
    EXPECT_NE(code_for(somebody), "135790");
    EXPECT_EQ(check(third->handle, "135790"), "wrong_code");
    EXPECT_EQ(check(third->handle, code_for(somebody)), "approved");
}

TEST_F(SimulatorOutcomes, FollowTheMostExactRecipient) {
    use_scenario(R"({"version":1,
        "defaults":{"send":{"fail":"unavailable"},"code_length":4},
        "recipients":{
            "*@example.org":{"send":{"fail":"invalid_recipient"}},
            "+1202*":{"send":{"fail":"rate_limited"}},
            "+1202555019*":{"send":{}},
            "+12025550191":{"send":{"fail":"quota_exhausted"}}}})");
    EXPECT_EQ(send("a@example.org").error().category, ErrorCategory::invalid_recipient);
    EXPECT_EQ(send("+12025550189").error().category, ErrorCategory::rate_limited);
    advance(minutes(1));
    EXPECT_EQ(send(other).error().category, ErrorCategory::quota_exhausted);
    EXPECT_EQ(send("a@example.net").error().category, ErrorCategory::unavailable);
    advance(minutes(1));
    ASSERT_TRUE(send(somebody));
    EXPECT_THAT(code_for(somebody), SizeIs(4)) << "what is not said is that of all";
    EXPECT_EQ(send("+12025550101").error().category, ErrorCategory::rate_limited)
        << "the scenario's own recipients come before the reserved ones";
}

TEST_F(SimulatorOutcomes, OfReservedRecipientsNeedNoScenario) {
    EXPECT_EQ(send("+12025550101").error().category, ErrorCategory::invalid_recipient);
    EXPECT_EQ(send("throttled@example.com").error().category, ErrorCategory::recipient_throttled);
    auto const sent = send("+12025550100");
    EXPECT_EQ(check(sent->handle, "123456"), "approved");
    auto const wrong = send("wrong@example.com");
    EXPECT_EQ(check(wrong->handle, "123456"), "wrong_code");

    use_scenario(R"({"version":1,"reserved_recipients":false})");
    make_client();
    EXPECT_TRUE(send("+12025550101"));
}

TEST_F(SimulatorOutcomes, CanBeKnownInAdvanceWithASeed) {
    auto const codes = [this](std::string const& seed) {
        simulator = testing::Simulator();
        use_scenario(R"({"version":1,"seed":)" + seed + "}");
        make_client();
        std::vector<std::string> all;
        for (auto const& to : {somebody, other, somebody}) {
            static_cast<void>(send(to));
            all.push_back(code_for(to));
        }
        return all;
    };
    auto const first = codes("7");
    EXPECT_THAT(std::set<std::string>(first.begin(), first.end()), SizeIs(3));
    EXPECT_EQ(codes("7"), first);
    EXPECT_NE(codes("8"), first);
}

TEST_F(SimulatorOutcomes, OfMessagesOfAnotherProcess) {
    auto const sent = send(somebody);
    auto const fixed = send("+12025550100");
    auto const lost = send("+12025550112");
    auto const code = code_for(somebody);
    // Nothing is left of them but the handles.
    auto const elsewhere = std::exchange(simulator, testing::Simulator());
    make_client();
    auto const resent = send(somebody);
    EXPECT_EQ(check(sent->handle, another(code)), "wrong_code");
    EXPECT_EQ(check(sent->handle, code), "approved");
    EXPECT_EQ(check(sent->handle, code), "expired") << "from here on it is known";
    EXPECT_EQ(check(resent->handle, code_for(somebody)), "approved");
    EXPECT_EQ(check(fixed->handle, "123457"), "wrong_code");
    EXPECT_EQ(check(fixed->handle, "123456"), "approved");
    EXPECT_EQ(check(*lost.error().handle, "123456"), "approved");
    EXPECT_THAT(simulator.messages(), SizeIs(1)) << "which was sent here";
    auto forged = sent->handle;
    forged.set_reference("request", "another");
    forged.set_reference("id", "sim-0-x");
    EXPECT_EQ(check(forged, code), "rejected");

    simulator = testing::Simulator();
    make_client();
    advance(minutes(5));
    EXPECT_EQ(check(sent->handle, code), "expired");
}

TEST_F(SimulatorOutcomes, ShowTheCodeWhereItIsAskedFor) {
    options["show_codes"] = "receipt";
    auto const sent = send(somebody);
    ASSERT_TRUE(sent->test_code);
    EXPECT_EQ(sent->test_code->reveal(), code_for(somebody));

    options["show_codes"] = "stderr";
    make_client();
    ::testing::internal::CaptureStderr();
    auto const shown = send(somebody);
    EXPECT_EQ(
        ::testing::internal::GetCapturedStderr(),
        "simulator main: code " + code_for(somebody) + " for " + somebody +
            " (sms), valid until 2026-01-01T00:05:00.000Z\n"
    );
    EXPECT_FALSE(shown->test_code);
    ::testing::internal::CaptureStderr();
    EXPECT_TRUE(send("+12025550101").has_error());
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << "there is none";
}

TEST_F(SimulatorOutcomes, OfConcurrentSendsAreEachTheirOwn) {
    boost::asio::thread_pool pool(4);
    auto made = client_options();
    made.clock = nullptr;
    OtpClient shared(pool.get_executor(), config(), std::move(made));
    constexpr int count = 200;
    std::vector<std::future<Result<SendReceipt>>> sends;
    for (int number = 0; number < count; ++number) {
        auto const to = "user" + std::to_string(number) + "@example.org";
        sends.push_back(shared.async_send("login", SendOtp(recipient(to)), boost::asio::use_future)
        );
    }
    for (int number = 0; number < count; ++number) {
        auto const sent = sends[static_cast<std::size_t>(number)].get();
        ASSERT_TRUE(sent) << sent.error();
        auto const message =
            simulator.wait("user" + std::to_string(number) + "@example.org", seconds(10));
        ASSERT_TRUE(message);
        VerifyOtp check(sent->handle, OtpCode::parse(message->code).value());
        auto const verified = shared.async_verify(std::move(check), boost::asio::use_future).get();
        ASSERT_TRUE(verified);
        EXPECT_TRUE(verified->approved());
    }
    EXPECT_THAT(simulator.messages(), SizeIs(count));
    EXPECT_FALSE(simulator.wait("user0@example.org", std::chrono::milliseconds(1)))
        << "it has been used";
}

TEST_F(SimulatorOutcomes, KeepTheNewestMessages) {
    make_client();
    auto const first = send(somebody);
    auto const code = code_for(somebody);
    for (int number = 0; number < 10000; ++number) {
        static_cast<void>(send("u" + std::to_string(number) + "@example.org"));
    }
    EXPECT_THAT(simulator.messages(), SizeIs(10000));
    EXPECT_EQ(code_for(somebody), "");
    EXPECT_EQ(check(first->handle, code), "approved") << "as one of another process";
}

TEST(SimulatorAdapter, Conforms) {
    auto const vendors = testing::registry_with_simulator();
    InstanceConfig instance;
    instance.name = "main";
    instance.vendor = "simulator";
    SendOtp send(PhoneNumber::parse("+12025550162").value());
    send.to.email = EmailAddress::parse("user@example.com").value();
    VerificationHandle handle("main", "simulator", Channel::sms);
    handle.set_reference("request", "abcdefghij0123456789");
    handle.set_reference("to", "+12025550162");
    handle.set_reference("id", "sim-0-abc-def");
    VerifyOtp verify(handle, OtpCode::parse("481592").value());
    conformance::AdapterUnderTest subject(
        vendors, std::move(instance), std::move(send), std::move(verify)
    );
    subject.context.unique_reference = "abcdefghij0123456789";
    HttpResponse const refused(
        409, {}, R"({"error":"quota_exhausted","message":"simulated","delivery":"unknown"})"
    );
    HttpResponse const wrong(422, {}, R"({"error":"wrong_code","message":"simulated"})");
    subject.send_answers.successes = {
        {200,
         {},
         R"({"id":"sim-0-abc-def","request":"abcdefghij0123456789","to":"+12025550162",)"
         R"("channel":"sms","accepted":true,"expires_at":"2026-01-01T00:05:00Z"})"}};
    subject.send_answers.refusals = {refused};
    subject.send_answers.decisive = {
        "/id", "/request", "/to", "/channel", "/accepted", "/expires_at"};
    subject.verify_answers.successes = {
        {200, {}, R"({"request":"abcdefghij0123456789","to":"+12025550162","approved":true})"}};
    subject.verify_answers.refusals = {refused, wrong};
    subject.verify_answers.decisive = {"/request", "/to", "/approved"};
    for (auto const& failure : conformance::check_conformance(subject)) ADD_FAILURE() << failure;
}

}  // namespace
}  // namespace otp::test
