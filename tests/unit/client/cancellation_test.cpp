// What becomes of an operation that its caller cancels, before it begins, on the way, and after.

#include "unit/client/watched_client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <thread>

namespace otp::test {
namespace {

namespace asio = boost::asio;
using asio::cancellation_type;

class Cancellation : public WatchedClient {
protected:
    using Verified = std::optional<Result<Verification>>;

    void begin_cancellable(Sent& outcome) {
        client().async_send(
            "login", request(), asio::bind_cancellation_slot(signal.slot(), keep_in(outcome))
        );
    }

    /// Runs `call` in another thread while the client is at work, and asks for the cancellation
    /// before the client can turn to that call.
    template <class Call>
    void cancel_before_it_begins(Call call) {
        // Runs where the client does its work.
        client().async_send("nowhere", request(), [&](auto const&) {
            std::thread(call).join();
            signal.emit(cancellation_type::terminal);
        });
        settle();
    }

    asio::cancellation_signal signal;
};

TEST_F(Cancellation, BeforeTheBeginningSendsNothing) {
    Sent outcome;
    cancel_before_it_begins([&] { begin_cancellable(outcome); });
    EXPECT_EQ(say(outcome), "cancelled not_sent");
    EXPECT_TRUE(transport().targets.empty());
}

TEST_F(Cancellation, BeforeTheBeginningOfACheckSendsNothing) {
    Verified outcome;
    cancel_before_it_begins([&] {
        VerificationHandle handle("main", "plain", Channel::sms);
        VerifyOtp check(std::move(handle), OtpCode::parse("481592").value());
        client().async_verify(
            std::move(check), asio::bind_cancellation_slot(signal.slot(), keep_in(outcome))
        );
    });
    EXPECT_EQ(say(outcome), "cancelled not_sent");
    EXPECT_TRUE(transport().targets.empty());
}

TEST_F(Cancellation, BeforeTheBeginningOfAnImpossibleSendLeavesItsError) {
    Sent outcome;
    cancel_before_it_begins([&] {
        client().async_send(
            "somewhere", request(), asio::bind_cancellation_slot(signal.slot(), keep_in(outcome))
        );
    });
    EXPECT_EQ(say(outcome), "config_invalid not_sent");
}

TEST_F(Cancellation, OnTheWayLeavesWhatIsTrueAtThatMoment) {
    for (auto const mode : {Threading::single, Threading::multiple}) {
        threading = mode;
        transports.clear();
        auto client = make_client();
        config = plain_config({"main"});
        Sent outcome;
        client.async_send(
            "login", request(), asio::bind_cancellation_slot(signal.slot(), keep_in(outcome))
        );
        settle();
        ASSERT_FALSE(outcome);
        signal.emit(cancellation_type::terminal);
        // Only the client's executor may touch the operation.
        EXPECT_EQ(transport().cancellations, 0);
        settle();
        EXPECT_EQ(transport().cancellations, 1);
        EXPECT_EQ(say(outcome), "cancelled unknown");
    }
}

TEST_F(Cancellation, MayBeOfAnyType) {
    std::size_t asked = 0;
    for (auto const type :
         {cancellation_type::terminal, cancellation_type::partial, cancellation_type::total}) {
        Sent outcome;
        begin_cancellable(outcome);
        settle();
        ASSERT_EQ(transport().targets.size(), ++asked);
        signal.emit(type);
        settle();
        EXPECT_EQ(say(outcome), "cancelled unknown");
    }
}

TEST_F(Cancellation, IsOfOneOperation) {
    Sent cancelled;
    Sent other;
    begin_cancellable(cancelled);
    begin_send(other);
    signal.emit(cancellation_type::terminal);
    settle();
    EXPECT_EQ(say(cancelled), "cancelled unknown");
    EXPECT_EQ(say(other), "none");
    transport().answer(1, 200, "accepted");
    settle();
    EXPECT_EQ(say(other), "success");
}

TEST_F(Cancellation, ThatIsNotAskedForDoesNotHappen) {
    Sent outcome;
    begin_cancellable(outcome);
    settle();
    transport().answer(0, 200, "accepted");
    settle();
    EXPECT_EQ(say(outcome), "success");
    // Afterwards it changes nothing.
    signal.emit(cancellation_type::terminal);
    settle();
    EXPECT_EQ(say(outcome), "success");
}

TEST_F(Cancellation, BehindTheAnswerAndBeforeTheCompletionChangesNothing) {
    asio::io_context other(1);
    Sent outcome;
    auto handler = asio::bind_executor(other.get_executor(), keep_in(outcome));
    client().async_send(
        "login", request(), asio::bind_cancellation_slot(signal.slot(), std::move(handler))
    );
    settle();
    transport().answer(0, 200, "accepted");
    settle();
    signal.emit(cancellation_type::terminal);
    settle();
    other.poll();
    EXPECT_EQ(say(outcome), "success");
}

TEST_F(Cancellation, WhileATokenIsAwaitedLeavesTheTokenToTheOthers) {
    conduct->needs_token = true;
    Sent cancelled;
    Sent other;
    begin_cancellable(cancelled);
    begin_send(other);
    signal.emit(cancellation_type::terminal);
    settle();
    EXPECT_EQ(say(cancelled), "cancelled not_sent");
    EXPECT_EQ(say(other), "none");
    transport(1).answer(0, 200, "fake-token");
    settle();
    transport(0).answer(0, 200, "accepted");
    settle();
    EXPECT_EQ(say(other), "success");
    EXPECT_EQ(transport(0).targets.size(), 1U);
}

TEST_F(Cancellation, OfAShutDownClientsSendIsHarmless) {
    static_cast<void>(client());
    client().async_shutdown(std::chrono::seconds(0), [](auto) {});
    settle();
    Sent outcome;
    begin_cancellable(outcome);
    signal.emit(cancellation_type::terminal);
    settle();
    EXPECT_EQ(say(outcome), "cancelled not_sent");
}

}  // namespace
}  // namespace otp::test
