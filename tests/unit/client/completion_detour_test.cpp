// How often a completion goes through the client's executor: with one thread it need not.

#include "unit/client/posting_executor.hpp"
#include "unit/client/watched_client.hpp"

#include <boost/asio/bind_executor.hpp>

namespace otp::test {
namespace {

namespace asio = boost::asio;

class CompletionDetour : public WatchedClient {
protected:
    CompletionDetour() { executor = PostingExecutor(context, given); }

    /// How often the client's executor is given something between the vendor's answer and the
    /// handler's call.
    template <class Token>
    int detours(Token const& bind) {
        std::optional<int> given_after;
        client().async_send("login", request(), bind([&](Result<SendReceipt> const& sent) {
                                EXPECT_TRUE(sent);
                                given_after = *given;
                            }));
        settle();
        // The transport's own way is one.
        auto const given_before = *given + 1;
        transport().answer(0, 200, "accepted");
        settle();
        return given_after.value() - given_before;
    }
    static auto as_it_is() {
        return [](auto handler) { return handler; };
    }

    std::shared_ptr<int> given{std::make_shared<int>(0)};
};

TEST_F(CompletionDetour, IsNoneOnTheOneThread) {
    threading = Threading::single;
    EXPECT_EQ(detours(as_it_is()), 0);
}

TEST_F(CompletionDetour, IsNoneForAHandlerOfTheSameExecutor) {
    threading = Threading::single;
    EXPECT_EQ(
        detours([this](auto handler) { return asio::bind_executor(*executor, std::move(handler)); }
        ),
        0
    );
}

TEST_F(CompletionDetour, IsMadeWithSeveralThreads) {
    threading = Threading::multiple;
    EXPECT_GT(detours(as_it_is()), 0);
}

TEST_F(CompletionDetour, IsMadeToAnotherExecutor) {
    threading = Threading::single;
    asio::io_context other(1);
    bool called = false;
    client().async_send(
        "login",
        request(),
        asio::bind_executor(other.get_executor(), [&called](auto const&) { called = true; })
    );
    transport().answer(0, 200, "accepted");
    settle();
    EXPECT_FALSE(called);
    other.poll();
    EXPECT_TRUE(called);
}

}  // namespace
}  // namespace otp::test
