// How long a token is used: until shortly before its end.

#include "unit/delivery/token_source_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;

class TokenExpiry : public TokenSourceTest {
protected:
    /// That a token of this lifetime is used so long, and not a moment longer.
    void expect_used_for(std::chrono::seconds lifetime, std::chrono::seconds expected) {
        grant.lifetime = lifetime;
        static_cast<void>(fetch("fake-token"));
        advance(expected - 1ms);
        EXPECT_TRUE(source->cached());
        EXPECT_TRUE(ask().lease().was_cached);
        EXPECT_EQ(fetches(), 1U);
        advance(1ms);
        EXPECT_FALSE(source->cached());
        EXPECT_TRUE(ask().waits());
        EXPECT_EQ(fetches(), 2U);
    }
};

TEST_F(TokenExpiry, ComesHalfAMinuteEarly) {
    expect_used_for(1h, 1h - 30s);
}

TEST_F(TokenExpiry, ComesAfterHalfOfAShortLife) {
    expect_used_for(20s, 10s);
}

TEST_F(TokenExpiry, ComesAfterHalfOfALifeJustBelowAMinute) {
    expect_used_for(58s, 29s);
}

TEST_F(TokenExpiry, ComesHalfAMinuteEarlyJustAboveAMinute) {
    expect_used_for(62s, 32s);
}

TEST_F(TokenExpiry, IsCountedFromTheAnswer) {
    grant.lifetime = 100s;
    static_cast<void>(ask());
    advance(25s);
    answer(200, "fake-token");
    advance(69999ms);
    EXPECT_TRUE(source->cached());
    advance(1ms);
    EXPECT_FALSE(source->cached());
}

TEST_F(TokenExpiry, IsUnknownOfATokenWithoutALifetime) {
    static_cast<void>(fetch("fake-token"));
    advance(24h * 3650);
    EXPECT_TRUE(source->cached());
}

TEST_F(TokenExpiry, IsNotThatOfTheTokenBefore) {
    grant.lifetime = 100s;
    auto const& first = fetch("fake-token");
    source->invalidate(first.lease().generation);
    grant.lifetime.reset();
    static_cast<void>(fetch("other-token"));
    advance(24h);
    EXPECT_TRUE(source->cached());
}

TEST_F(TokenExpiry, MayLieBeyondTheEndOfTime) {
    for (auto const lifetime :
         {std::chrono::seconds::max(), std::chrono::seconds(24h * 365 * 300)}) {
        grant.lifetime = lifetime;
        auto const& asker = fetch("fake-token");
        advance(24h * 365);
        ASSERT_TRUE(source->cached());
        source->invalidate(asker.lease().generation);
    }
}

}  // namespace
}  // namespace otp::test
