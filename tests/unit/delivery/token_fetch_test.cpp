// One fetch serves all that ask for a token, and what it brought is kept.

#include "unit/delivery/token_source_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;

using TokenFetch = TokenSourceTest;

TEST_F(TokenFetch, FetchesWhatIsNotThere) {
    EXPECT_FALSE(source->cached());
    auto const& asker = ask();
    EXPECT_TRUE(asker.waits());
    ASSERT_EQ(fetches(), 1U);
    EXPECT_EQ(transport->requests[0].request.target(), "/token");
    answer(200, "fake-token");
    EXPECT_EQ(asker.token(), "fake-token");
    EXPECT_FALSE(asker.lease().was_cached);
}

TEST_F(TokenFetch, GivesEachFetchHalfAMinuteWhoeverBeganIt) {
    auto const now = clock->now();
    static_cast<void>(ask(1s));
    EXPECT_EQ(transport->requests.at(0).deadline, now + 30s);
}

TEST_F(TokenFetch, HasItsRequestMadeOnceOnly) {
    static_cast<void>(ask());
    EXPECT_FALSE(transport->requests.at(0).request.repeatable);
}

TEST_F(TokenFetch, KeepsWhatItFetched) {
    auto const& first = fetch("fake-token");
    auto const kept = source->cached();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->token->reveal(), "fake-token");
    EXPECT_TRUE(kept->was_cached);
    EXPECT_EQ(kept->generation, first.lease().generation);
    auto const& second = ask();
    EXPECT_EQ(second.token(), "fake-token");
    EXPECT_TRUE(second.lease().was_cached);
    EXPECT_EQ(second.lease().generation, first.lease().generation);
    EXPECT_EQ(fetches(), 1U);
}

TEST_F(TokenFetch, LetsManyWaitForOneFetch) {
    auto const& first = ask();
    advance(1s);
    auto const& second = ask();
    auto const& third = ask();
    EXPECT_EQ(fetches(), 1U);
    EXPECT_TRUE(first.waits() && second.waits() && third.waits());
    answer(200, "fake-token");
    for (auto const* asker : {&first, &second, &third}) {
        EXPECT_EQ(asker->token(), "fake-token");
        EXPECT_FALSE(asker->lease().was_cached);
        EXPECT_EQ(asker->lease().generation, source->cached()->generation);
    }
}

TEST_F(TokenFetch, FetchesAgainWhatWasRefused) {
    auto const& first = fetch("fake-token");
    source->invalidate(first.lease().generation);
    EXPECT_FALSE(source->cached());
    auto const& second = ask();
    EXPECT_TRUE(second.waits());
    answer(200, "other-token");
    EXPECT_EQ(second.token(), "other-token");
    EXPECT_NE(second.lease().generation, first.lease().generation);
    // Who has the refused one still has it.
    EXPECT_EQ(first.token(), "fake-token");
}

TEST_F(TokenFetch, KeepsItsTokenWhenAnOlderOneIsRefused) {
    auto const& first = fetch("fake-token");
    source->invalidate(first.lease().generation);
    static_cast<void>(fetch("other-token"));
    source->invalidate(first.lease().generation);
    ASSERT_TRUE(source->cached());
    EXPECT_EQ(source->cached()->token->reveal(), "other-token");
}

TEST_F(TokenFetch, LetsAWaiterGoWhoseTimeIsUp) {
    auto const& hasty = ask(5s);
    auto const& patient = ask(20s);
    advance(4999ms);
    EXPECT_TRUE(hasty.waits());
    advance(1ms);
    EXPECT_EQ(hasty.error().category, ErrorCategory::timeout);
    EXPECT_EQ(hasty.error().message, "no access token came in time");
    EXPECT_EQ(hasty.error().delivery, Delivery::not_sent);
    EXPECT_TRUE(patient.waits());
    // Another one joins the same fetch.
    auto const& late = ask();
    EXPECT_EQ(fetches(), 1U);
    answer(200, "fake-token");
    EXPECT_EQ(patient.token(), "fake-token");
    EXPECT_EQ(late.token(), "fake-token");
}

TEST_F(TokenFetch, LetsAWaiterGoWhoCancels) {
    auto& first = ask();
    auto const& second = ask();
    first.cancellation.emit(boost::asio::cancellation_type::terminal);
    settle();
    EXPECT_TRUE(first.outcome && first.outcome->has_error());
    EXPECT_TRUE(second.waits());
    EXPECT_EQ(transport->requests.at(0).cancelled, boost::asio::cancellation_type::none);
    answer(200, "fake-token");
    EXPECT_EQ(second.token(), "fake-token");
}

TEST_F(TokenFetch, KeepsATokenThatNobodyWaitsForAnyMore) {
    static_cast<void>(ask(5s));
    advance(5s);
    answer(200, "fake-token");
    ASSERT_TRUE(source->cached());
    EXPECT_EQ(source->cached()->token->reveal(), "fake-token");
}

TEST_F(TokenFetch, GivesAKeptTokenWithoutAWait) {
    static_cast<void>(fetch("fake-token"));
    auto const& asker = ask(0s);
    EXPECT_EQ(asker.token(), "fake-token");
}

TEST_F(TokenFetch, ClosesItsTransport) {
    EXPECT_EQ(&source->transport(), transport.get());
    source->close();
    EXPECT_EQ(transport->closed, 1);
}

}  // namespace
}  // namespace otp::test
