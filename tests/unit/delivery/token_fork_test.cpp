// A fetch that the parent began is the parent's: a forked child makes its own.

#include "unit/delivery/as_if_forked.hpp"
#include "unit/delivery/token_source_fixture.hpp"

namespace otp::test {
namespace {

using TokenFork = TokenSourceTest;

TEST_F(TokenFork, MakesTheChildFetchItsOwn) {
    auto const& of_parent = ask();
    AsIfForked const child;
    auto const& of_child = ask();
    ASSERT_EQ(fetches(), 2U);
    // The parent's ends first, and answers nobody of the child.
    fail(Error(ErrorCategory::cancelled, "left to the parent"), ExchangePhase::waiting);
    EXPECT_EQ(of_parent.error().category, ErrorCategory::cancelled);
    EXPECT_TRUE(of_child.waits());
    // Nor is the child's forgotten for it.
    auto const& another = ask();
    EXPECT_EQ(fetches(), 2U);
    answer(200, "fake-token");
    EXPECT_EQ(of_child.token(), "fake-token");
    EXPECT_EQ(another.token(), "fake-token");
}

TEST_F(TokenFork, DoesNotAnswerTheParentsWaitersFromTheChild) {
    auto const& of_parent = ask();
    {
        AsIfForked const child;
        auto const& of_child = ask();
        // Only the order of ends matters here: the child's ends first.
        auto parents = std::move(transport->requests.front());
        transport->requests.pop_front();
        answer(200, "fake-token");
        EXPECT_EQ(of_child.token(), "fake-token");
        EXPECT_TRUE(of_parent.waits());
        std::move (*parents.handler)(HttpExchange(HttpResponse(200, {}, "other-token")));
        settle();
    }
    EXPECT_EQ(of_parent.token(), "other-token");
}

TEST_F(TokenFork, LeavesTheChildATokenThatIsThere) {
    static_cast<void>(fetch("fake-token"));
    AsIfForked const child;
    ASSERT_TRUE(source->cached());
    EXPECT_EQ(ask().token(), "fake-token");
    EXPECT_EQ(fetches(), 1U);
}

}  // namespace
}  // namespace otp::test
