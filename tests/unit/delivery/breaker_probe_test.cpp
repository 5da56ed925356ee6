// How single calls find out whether an instance is well again.

#include "unit/delivery/breaker_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;

constexpr Change closed{BreakerState::half_open, BreakerState::closed};
constexpr Change opened_again{BreakerState::half_open, BreakerState::open, 10s};

class BreakerProbe : public BreakerTest {
protected:
    BreakerProbe() { trip_and_wait(); }
};

TEST_F(BreakerProbe, IsOneAtATime) {
    EXPECT_TRUE(lets_through());
    auto const probe = breaker.begin();
    EXPECT_TRUE(probe.is_probe());
    EXPECT_TRUE(probe.is_first_probe());
    EXPECT_EQ(state(), BreakerState::half_open);
    EXPECT_FALSE(lets_through());
    now += 1h;
    EXPECT_FALSE(lets_through());
    EXPECT_EQ(end(probe, Verdict::good), std::nullopt);
    EXPECT_TRUE(lets_through());
    auto const next = breaker.begin();
    EXPECT_TRUE(next.is_probe());
    EXPECT_FALSE(next.is_first_probe());
    EXPECT_FALSE(lets_through());
}

TEST_F(BreakerProbe, SoManyGoodOnesInARowClose) {
    EXPECT_EQ(call(Verdict::good), std::nullopt);
    EXPECT_EQ(state(), BreakerState::half_open);
    EXPECT_EQ(call(Verdict::good), closed);
    EXPECT_EQ(state(), BreakerState::closed);
    EXPECT_TRUE(lets_through());
    EXPECT_FALSE(breaker.begin().is_probe());
}

TEST_F(BreakerProbe, AFailedOneOpensAgain) {
    for (auto const verdict : {Verdict::failed, Verdict::could_not_connect}) {
        EXPECT_EQ(call(Verdict::good), std::nullopt);
        auto const change = call(verdict);
        ASSERT_TRUE(change);
        EXPECT_EQ(change->from, BreakerState::half_open);
        EXPECT_EQ(change->to, BreakerState::open);
        EXPECT_FALSE(lets_through());
        now = breaker.reopens_at();
        EXPECT_TRUE(lets_through());
    }
    EXPECT_EQ(call(Verdict::good), std::nullopt) << "the good ones before are forgotten";
    EXPECT_EQ(call(Verdict::good), closed);
}

TEST_F(BreakerProbe, OneThatSaysNothingFreesItsPlace) {
    EXPECT_EQ(call(Verdict::good), std::nullopt);
    auto const probe = breaker.begin();
    EXPECT_EQ(end(probe, Verdict::none), std::nullopt);
    EXPECT_EQ(state(), BreakerState::half_open);
    EXPECT_TRUE(lets_through());
    EXPECT_EQ(call(Verdict::good), closed) << "it did not end the row of good ones";
}

TEST_F(BreakerProbe, OneThatSaysNothingIsNotGood) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(call(Verdict::none), std::nullopt);
    EXPECT_EQ(state(), BreakerState::half_open);
    EXPECT_EQ(call(Verdict::good), std::nullopt);
    EXPECT_EQ(call(Verdict::good), closed);
}

TEST_F(BreakerProbe, OfAnEarlierHalfOpenTimeChangesNothing) {
    auto const late = breaker.begin();
    EXPECT_EQ(call(Verdict::failed), opened_again);
    now = breaker.reopens_at();
    auto const probe = breaker.begin();
    EXPECT_TRUE(probe.is_first_probe());
    EXPECT_EQ(end(late, Verdict::none), std::nullopt);
    EXPECT_FALSE(lets_through()) << "the place is the newer one's";
    EXPECT_EQ(end(probe, Verdict::good), std::nullopt);
}

TEST_F(BreakerProbe, ThatEndsAfterItClosedChangesNothing) {
    auto const late = breaker.begin();
    close_by_probes();
    EXPECT_EQ(end(late, Verdict::failed), std::nullopt);
    EXPECT_EQ(state(), BreakerState::closed);
    EXPECT_TRUE(lets_through());
    trip_and_wait();
    EXPECT_TRUE(lets_through()) << "it takes no place any more";
}

TEST_F(BreakerProbe, ClosedTheWindowAndTheRowAreForgotten) {
    close_by_probes();
    call(Verdict::could_not_connect);
    EXPECT_EQ(call(Verdict::could_not_connect), std::nullopt) << "two in a row, not five";
    EXPECT_EQ(call(Verdict::good), std::nullopt) << "three in the window, not six";
    EXPECT_EQ(state(), BreakerState::closed);
}

// Where every instance is open, one is asked all the same.
TEST_F(BreakerProbe, BeforeTheTimeIsOverIsOneAsWell) {
    EXPECT_EQ(call(Verdict::failed), opened_again);
    ASSERT_EQ(state(), BreakerState::open);
    auto const early = breaker.begin();
    EXPECT_TRUE(early.is_probe());
    EXPECT_TRUE(early.is_first_probe());
    EXPECT_EQ(state(), BreakerState::half_open);
    EXPECT_FALSE(lets_through());
    EXPECT_EQ(end(early, Verdict::good), std::nullopt);
    EXPECT_EQ(state(), BreakerState::half_open);
    EXPECT_TRUE(lets_through());
    EXPECT_EQ(call(Verdict::good), closed);
}

TEST_F(BreakerProbe, BeforeTheTimeIsOverThatFailsBeginsALongerTime) {
    EXPECT_EQ(call(Verdict::failed), opened_again);
    now += 1s;
    EXPECT_EQ(
        call(Verdict::failed), (Change{BreakerState::half_open, BreakerState::open, 18'000ms})
    );
    EXPECT_EQ(breaker.reopens_at(), now + 18s);
}

TEST_F(BreakerProbe, OfSeveralAtOnceEachHasAPlace) {
    auto const first = breaker.begin();
    auto const second = breaker.begin();
    EXPECT_FALSE(second.is_first_probe());
    EXPECT_EQ(end(first, Verdict::none), std::nullopt);
    EXPECT_FALSE(lets_through());
    EXPECT_EQ(end(second, Verdict::none), std::nullopt);
    EXPECT_TRUE(lets_through());
}

}  // namespace
}  // namespace otp::test
