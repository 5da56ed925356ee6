// Whether an operation begins is for the guard to say, once and before a byte of it is sent.

#include "delivery/run/send_call.hpp"
#include "delivery/run/verify_call.hpp"
#include "unit/delivery/as_if_forked.hpp"
#include "unit/delivery/guard_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using boost::asio::cancellation_type;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using GuardVerdict = GuardTest;

TEST_F(GuardVerdict, IsAskedForOnceInFrontOfAllAttempts) {
    auto& first = add_patient("first");
    auto& second = add_with_token("second");
    guard->at_question = [&] {
        EXPECT_EQ(requests_at(first), 0U);
        EXPECT_THAT(script.encoded, IsEmpty());
        EXPECT_THAT(diary->lines, IsEmpty());
    };
    make(7s);
    start();
    settle();
    ASSERT_EQ(guard->questions.size(), 1U);
    auto const& question = guard->questions[0];
    EXPECT_EQ(question.target, "route");
    EXPECT_EQ(question.deadline, clock->now() + 7s);
    ASSERT_NE(question.send, nullptr);
    EXPECT_EQ(question.send->to.phone->reveal(), "+12025550162");
    refuse_connection(first);
    second.token_endpoint->answer(200, "fake-token");
    settle();
    refuse_connection(second);
    pass(100ms);
    answer(first, 200);
    ASSERT_TRUE(succeeded());
    EXPECT_EQ(attempts().size(), 3U);
    EXPECT_EQ(guard->questions.size(), 1U);
}

TEST_F(GuardVerdict, IsAskedForAChecksSake) {
    auto& first = add("first");
    script.kind = OperationKind::verify;
    begin();
    ASSERT_EQ(guard->questions.size(), 1U);
    EXPECT_EQ(guard->questions[0].send, nullptr);
    ASSERT_NE(guard->questions[0].check, nullptr);
    EXPECT_EQ(guard->questions[0].check->handle.instance(), "first");
    answer(first, 200);
    EXPECT_TRUE(succeeded());
}

TEST_F(GuardVerdict, OfEachCallIsAboutItsRequest) {
    delivery::SendCall const send{SendOtp(PhoneNumber::parse("+12025550162").value())};
    auto const of_send = send.guard_request("route");
    EXPECT_EQ(of_send.target, "route");
    ASSERT_TRUE(std::holds_alternative<SendOtp const*>(of_send.asked));
    EXPECT_EQ(std::get<SendOtp const*>(of_send.asked)->to.phone->reveal(), "+12025550162");
    delivery::VerifyCall const check{VerifyOtp(
        VerificationHandle("sender", "vendor", Channel::sms), OtpCode::parse("123456").value()
    )};
    auto const of_check = check.guard_request("sender");
    EXPECT_EQ(of_check.target, "sender");
    ASSERT_TRUE(std::holds_alternative<VerifyOtp const*>(of_check.asked));
    EXPECT_EQ(std::get<VerifyOtp const*>(of_check.asked)->code.reveal(), "123456");
}

TEST_F(GuardVerdict, MayComeWithNothingSetAside) {
    auto& only = add("only");
    guard->says_at_once = [] { return delivery::Guard::Verdict(nullptr); };
    begin();
    answer(only, 200);
    EXPECT_TRUE(succeeded());
    EXPECT_THAT(settled(), IsEmpty());
}

TEST_F(GuardVerdict, AtOnceLosesNoTime) {
    auto& only = add("only");
    make();
    start();
    // Nothing had to run for it.
    EXPECT_EQ(requests_at(only), 1U);
    EXPECT_TRUE(environment_.waits.empty());
    answer(only, 200);
}

TEST_F(GuardVerdict, OfNoEndsItWithTheGuardsError) {
    auto& only = add_with_token("only");
    guard->says_at_once = [] { return delivery::Guard::Verdict(throttled()); };
    begin();
    EXPECT_EQ(error().category, ErrorCategory::recipient_throttled);
    EXPECT_EQ(error().message, "too many");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().retry_after, 30s);
    EXPECT_EQ(error().stop, DecisionReason::refused);
    EXPECT_EQ(error().instance, "");
    EXPECT_THAT(attempts(), IsEmpty());
    EXPECT_THAT(diary->lines, ElementsAre("over recipient_throttled not_sent refused 0"));
    EXPECT_EQ(requests_at(only), 0U);
    EXPECT_TRUE(only.token_endpoint->requests.empty());
    EXPECT_THAT(script.encoded, IsEmpty());
    EXPECT_THAT(settled(), IsEmpty());
}

TEST_F(GuardVerdict, OfNoMayNameItsRule) {
    add("only");
    guard->says_at_once = [] {
        auto error = throttled();
        error.stop = DecisionReason::resting;
        return delivery::Guard::Verdict(error);
    };
    begin();
    EXPECT_EQ(error().stop, DecisionReason::resting);
}

TEST_F(GuardVerdict, IsWaitedFor) {
    auto& only = add_patient("only");
    begin_waiting();
    auto const begun = clock->utc_now();
    pass(40ms);
    EXPECT_EQ(requests_at(only), 0U);
    EXPECT_THAT(script.encoded, IsEmpty());
    EXPECT_FALSE(ended());
    EXPECT_FALSE(environment_.waits.empty());
    say(guard->reservation());
    ASSERT_EQ(requests_at(only), 1U);
    EXPECT_TRUE(environment_.waits.empty());
    EXPECT_EQ(script.encoded.at(0).now, begun + 40ms);
    pass(5ms);
    answer(only, 200);
    ASSERT_TRUE(succeeded());
    // The attempt began behind the verdict; the operation did not.
    EXPECT_EQ(attempts().at(0).latency, 5ms);
    EXPECT_EQ(attempts()[0].waited_before, 0ms);
    EXPECT_EQ(guard->questions.size(), 1U);
    expect_settled(Delivery::accepted);
}

TEST_F(GuardVerdict, OfNoMayComeLater) {
    auto& only = add("only");
    begin_waiting();
    say(throttled());
    EXPECT_EQ(error().category, ErrorCategory::recipient_throttled);
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().stop, DecisionReason::refused);
    EXPECT_THAT(attempts(), IsEmpty());
    EXPECT_EQ(requests_at(only), 0U);
    EXPECT_TRUE(environment_.waits.empty());
}

TEST_F(GuardVerdict, IsNotWaitedForByWhoIsCancelled) {
    auto& only = add("only");
    begin_waiting();
    EXPECT_EQ(guard->cancelled, cancellation_type::none);
    cancel();
    EXPECT_EQ(guard->cancelled, cancellation_type::terminal);
    EXPECT_FALSE(ended()) << "the guard has not said anything yet";
    // It had reserved already.
    say(guard->reservation());
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().message, "cancelled by the caller");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(error().stop, DecisionReason::cancelled);
    EXPECT_THAT(attempts(), IsEmpty());
    EXPECT_EQ(requests_at(only), 0U);
    EXPECT_TRUE(environment_.waits.empty());
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardVerdict, OfNoIsNoneForWhoIsCancelled) {
    add("only");
    begin_waiting();
    cancel();
    say(said(ErrorCategory::cancelled, "the store's words"));
    EXPECT_EQ(error().message, "cancelled by the caller");
    EXPECT_EQ(error().stop, DecisionReason::cancelled);
    EXPECT_THAT(settled(), IsEmpty());
}

TEST_F(GuardVerdict, IsNotAskedForByWhoWasCancelledBefore) {
    auto& only = add("only");
    make();
    cancel();
    start();
    settle();
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_THAT(guard->questions, IsEmpty());
    EXPECT_EQ(requests_at(only), 0U);
}

TEST_F(GuardVerdict, MayComeToWhoIsCancelledMeanwhile) {
    auto& only = add("only");
    guard->at_question = [this] { cancel(); };
    begin();
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(requests_at(only), 0U);
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardVerdict, IsNotWaitedForByAClosedClient) {
    auto& only = add("only");
    begin_waiting();
    environment_.closed = true;
    for (auto& operation : environment_.waits) operation.end_wait();
    EXPECT_EQ(guard->cancelled, cancellation_type::terminal);
    EXPECT_FALSE(ended()) << "inside of the call";
    say(guard->reservation());
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    EXPECT_EQ(error().message, "the client was closed");
    EXPECT_EQ(error().delivery, Delivery::not_sent);
    EXPECT_EQ(requests_at(only), 0U);
    EXPECT_TRUE(environment_.waits.empty());
    expect_settled(Delivery::not_sent);
}

// A wait behind the verdict is the clock's, which is what ends it then.
TEST_F(GuardVerdict, LeavesLaterWaitsAlone) {
    auto& only = add_patient("only");
    begin_waiting();
    say(guard->reservation());
    refuse_connection(only);
    ASSERT_FALSE(environment_.waits.empty());
    environment_.closed = true;
    for (auto& operation : environment_.waits) operation.end_wait();
    settle();
    EXPECT_EQ(error().message, "the client was closed");
    EXPECT_EQ(clock->manual.waiting(), 0U);
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardVerdict, IsNotAskedForInAForkedChild) {
    auto& only = add("only");
    make();
    AsIfForked const child;
    start();
    EXPECT_EQ(error().delivery, Delivery::unknown);
    EXPECT_THAT(guard->questions, IsEmpty());
    EXPECT_EQ(requests_at(only), 0U);
}

TEST_F(GuardVerdict, SendsNothingInAForkedChild) {
    for (bool const allows : {true, false}) {
        script = {};
        candidates.clear();
        auto& only = add("only");
        script.has_handle = true;
        begin_waiting();
        AsIfForked const child;
        say(allows ? guard->reservation() : throttled());
        EXPECT_EQ(error().category, ErrorCategory::cancelled);
        EXPECT_EQ(
            error().message, "the process was forked, and its parent goes on with this request"
        );
        EXPECT_EQ(error().delivery, Delivery::unknown);
        ASSERT_TRUE(error().handle.has_value());
        EXPECT_EQ(error().handle->instance(), "only");
        EXPECT_EQ(requests_at(only), 0U);
        // What was reserved for the parent's operation is settled there.
        EXPECT_THAT(settled(), IsEmpty());
    }
}

}  // namespace
}  // namespace otp::test
