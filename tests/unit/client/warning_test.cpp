// What an operator should know about an answer is told before the send completes.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using ::testing::ElementsAre;

class Listener final : public Observer {
public:
    void on_warning(Warning const& warning) noexcept override {
        heard.push_back(warning.instance + "/" + warning.vendor + ": " + warning.message);
    }
    std::vector<std::string> heard;
};

class Warnings : public ClientOfPlainVendor {
protected:
    std::shared_ptr<Listener> listener{std::make_shared<Listener>()};
};

TEST_F(Warnings, AreToldToTheObserverBeforeTheCompletion) {
    conduct->warnings = {"first", "second"};
    observers = {listener};
    answer(200, "accepted");
    std::vector<std::string> heard_before;
    std::optional<Result<SendReceipt>> sent;
    client().async_send("login", send_request(), [&](Result<SendReceipt> outcome) {
        heard_before = listener->heard;
        sent.emplace(std::move(outcome));
    });
    settle();
    EXPECT_THAT(heard_before, ElementsAre("main/plain: first", "main/plain: second"));
    ASSERT_TRUE(sent && *sent);
    EXPECT_THAT((*sent)->warnings, ElementsAre("first", "second"));
}

TEST_F(Warnings, NeedNobodyWhoListens) {
    conduct->warnings = {"first"};
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_THAT((*sent)->warnings, ElementsAre("first"));
}

TEST_F(Warnings, AreNotInvented) {
    observers = {listener};
    answer(200, "accepted");
    ASSERT_TRUE(*send());
    EXPECT_TRUE(listener->heard.empty());
}

TEST_F(Warnings, ReachAnObserverThatTheClientKeepsAlive) {
    conduct->warnings = {"first"};
    observers = {listener};
    std::weak_ptr<Listener> const watched = listener;
    answer(200, "accepted");
    static_cast<void>(client());
    observers.clear();
    listener.reset();
    ASSERT_TRUE(*send());
    ASSERT_FALSE(watched.expired());
    EXPECT_EQ(watched.lock()->heard.size(), 1U);
}

}  // namespace
}  // namespace otp::test
