// When and where a handler is called, however the operation ends.

#include "unit/client/client_fixture.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include <stdexcept>
#include <tuple>

namespace otp::test {
namespace {

namespace asio = boost::asio;

/// How an operation ends.
enum class End {
    send_accepted,
    send_refused,
    send_to_nowhere,
    send_after_shutdown,
    check_answered,
    check_for_nobody,
    check_after_shutdown,
    shutdown,
    connections_tried,
    connections_after_shutdown
};

class Completion : public ClientOfPlainVendor,
                   public ::testing::WithParamInterface<std::tuple<Threading, End>> {
protected:
    Completion() {
        threading = std::get<Threading>(GetParam());
        if (end() == End::send_refused) conduct->only_channels = {{"main", Channel::email}};
        if (end() == End::send_accepted) answer(200, "accepted");
        if (end() == End::check_answered) answer(200, "approved");
    }

    [[nodiscard]] static End end() { return std::get<End>(GetParam()); }

    /// What the client has been through before.
    void prepare() {
        bool const is_shut_down = end() == End::send_after_shutdown ||
                                  end() == End::check_after_shutdown ||
                                  end() == End::connections_after_shutdown;
        if (is_shut_down) client().async_shutdown(std::chrono::seconds(0), [](auto) {});
        settle();
    }

    /// Begins the operation that ends so.
    template <class Handler>
    void begin(Handler handler) {
        switch (end()) {
            case End::send_accepted:
            case End::send_refused:
            case End::send_after_shutdown:
                return client().async_send("login", send_request(), std::move(handler));
            case End::send_to_nowhere:
                return client().async_send("nowhere", send_request(), std::move(handler));
            case End::check_answered:
            case End::check_after_shutdown:
                return client().async_verify(check_for("main"), std::move(handler));
            case End::check_for_nobody:
                return client().async_verify(check_for("nobody"), std::move(handler));
            case End::shutdown:
                return client().async_shutdown(std::chrono::seconds(5), std::move(handler));
            case End::connections_tried:
            case End::connections_after_shutdown:
                return client().async_check_connections(std::move(handler));
        }
    }

    /// The client is not even told, since it may be gone by then.
    void expect_nothing_to_cancel() {
        cancellation.emit(asio::cancellation_type::terminal);
        context.restart();
        EXPECT_EQ(context.poll(), 0U);
    }

    static VerifyOtp check_for(std::string instance) {
        VerificationHandle handle(std::move(instance), "plain", Channel::sms);
        return VerifyOtp(std::move(handle), OtpCode::parse("481592").value());
    }
};

std::string name_of(End end) {
    switch (end) {
        case End::send_accepted:
            return "SendAccepted";
        case End::send_refused:
            return "SendRefused";
        case End::send_to_nowhere:
            return "SendToNowhere";
        case End::send_after_shutdown:
            return "SendAfterShutdown";
        case End::check_answered:
            return "CheckAnswered";
        case End::check_for_nobody:
            return "CheckForNobody";
        case End::check_after_shutdown:
            return "CheckAfterShutdown";
        case End::shutdown:
            return "Shutdown";
        case End::connections_tried:
            return "ConnectionsTried";
        case End::connections_after_shutdown:
            return "ConnectionsAfterShutdown";
    }
    return {};
}

INSTANTIATE_TEST_SUITE_P(
    OfAll,
    Completion,
    ::testing::Combine(
        ::testing::Values(Threading::single, Threading::multiple),
        ::testing::Values(
            End::send_accepted,
            End::send_refused,
            End::send_to_nowhere,
            End::send_after_shutdown,
            End::check_answered,
            End::check_for_nobody,
            End::check_after_shutdown,
            End::shutdown,
            End::connections_tried,
            End::connections_after_shutdown
        )
    ),
    [](auto const& tested) {
        bool const is_single = std::get<Threading>(tested.param) == Threading::single;
        return name_of(std::get<End>(tested.param)).append(is_single ? "Single" : "Multiple");
    }
);

TEST_P(Completion, ComesOnceAndNotFromInsideTheCall) {
    prepare();
    int completions = 0;
    begin([&completions](auto const&) { ++completions; });
    EXPECT_EQ(completions, 0);
    settle();
    EXPECT_EQ(completions, 1);
    clock->advance(std::chrono::hours(24));
    settle();
    EXPECT_EQ(completions, 1);
}

TEST_P(Completion, ComesNotFromInsideACallOnTheClientsExecutorEither) {
    prepare();
    int completions = 0;
    asio::post(context, [&] {
        begin([&completions](auto const&) { ++completions; });
        EXPECT_EQ(completions, 0);
    });
    settle();
    EXPECT_EQ(completions, 1);
}

TEST_P(Completion, ComesNotFromInsideACallThatAnotherCompletionMakes) {
    prepare();
    int completions = 0;
    // Called where the client does its work.
    client().async_check_connections([&](auto const&) {
        begin([&completions](auto const&) { ++completions; });
        EXPECT_EQ(completions, 0);
    });
    settle();
    EXPECT_EQ(completions, 1);
}

TEST_P(Completion, ComesOnTheHandlersExecutor) {
    prepare();
    asio::io_context other(1);
    int completions = 0;
    begin(asio::bind_executor(other.get_executor(), [&](auto const&) {
        EXPECT_TRUE(other.get_executor().running_in_this_thread());
        ++completions;
    }));
    settle();
    EXPECT_EQ(completions, 0);
    other.poll();
    EXPECT_EQ(completions, 1);
}

TEST_P(Completion, ComesOnTheClientsExecutorIfTheHandlerHasNone) {
    prepare();
    int completions = 0;
    begin([&](auto const&) {
        EXPECT_TRUE(context.get_executor().running_in_this_thread());
        ++completions;
    });
    settle();
    EXPECT_EQ(completions, 1);
}

TEST_P(Completion, LeavesNothingToDoForALateCancellation) {
    prepare();
    int completions = 0;
    begin(asio::bind_cancellation_slot(cancellation.slot(), [&completions](auto const&) {
        ++completions;
    }));
    settle();
    EXPECT_EQ(completions, 1);
    expect_nothing_to_cancel();
}

TEST_P(Completion, OnAnotherExecutorLeavesNothingToDoForALateCancellation) {
    prepare();
    asio::io_context other(1);
    int completions = 0;
    auto handler =
        asio::bind_executor(other.get_executor(), [&completions](auto const&) { ++completions; });
    begin(asio::bind_cancellation_slot(cancellation.slot(), std::move(handler)));
    settle();
    other.poll();
    EXPECT_EQ(completions, 1);
    expect_nothing_to_cancel();
}

TEST_P(Completion, ThatThrowsThrowsOutOfTheContextAndIsNotRepeated) {
    prepare();
    int completions = 0;
    begin([&completions](auto const&) {
        ++completions;
        throw std::runtime_error("thrown by the test");
    });
    EXPECT_THROW(settle(), std::runtime_error);
    settle();
    EXPECT_EQ(completions, 1);
}

}  // namespace
}  // namespace otp::test
