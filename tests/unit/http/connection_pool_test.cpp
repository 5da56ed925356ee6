#include "http/pool/connection_pool.hpp"

#include "support/said_counts.hpp"
#include "unit/http/scripted_connection.hpp"

#include <otp/testing/manual_clock.hpp>

#include <chrono>
#include <deque>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace otp::http {
namespace {

using namespace std::chrono_literals;

/// A connection and what its far end sees of it.
struct Kept {
    explicit Kept(ConnectionMaker& maker, Clock::TimePoint retires_at = Clock::TimePoint::max())
        : connection(maker.make(far_end, retires_at)) {}

    FarEnd far_end{};
    std::shared_ptr<Connection> connection;
};

class ConnectionPoolTest : public ::testing::Test {
protected:
    Kept& make(Clock::TimePoint retires_at = Clock::TimePoint::max()) {
        return made.emplace_back(maker, retires_at);
    }
    /// As after a successful opening and a response.
    void keep(Kept const& kept) {
        pool.opening_started();
        pool.opening_succeeded();
        kept.connection->become_idle(clock.now());
        pool.put_idle(kept.connection);
    }
    ConnectionPool::Pointer take() { return pool.take_idle(clock.now()); }
    /// What it tells other threads.
    [[nodiscard]] std::string told() const { return test::say(pool.counts()); }

    testing::ManualClock clock{};
    ConnectionMaker maker{};
    // The pool says goodbye to the far ends.
    std::deque<Kept> made{};
    ConnectionPool pool{3};
};

TEST_F(ConnectionPoolTest, OpensNoMoreThanItsLimit) {
    EXPECT_EQ(pool.connections(), 0U);
    for (std::size_t opened = 1; opened <= 3; ++opened) {
        EXPECT_TRUE(pool.may_open());
        pool.opening_started();
        EXPECT_EQ(pool.connections(), opened);
    }
    EXPECT_FALSE(pool.may_open());
}

TEST_F(ConnectionPoolTest, AFailedOpeningMakesRoomForAnother) {
    for (int i = 0; i < 3; ++i) pool.opening_started();
    pool.opening_failed();
    EXPECT_EQ(pool.connections(), 2U);
    EXPECT_TRUE(pool.may_open());
}

TEST_F(ConnectionPoolTest, TakesTheOneThatBecameIdleLast) {
    Kept& first = make();
    Kept& second = make();
    keep(first);
    keep(second);
    EXPECT_EQ(take(), second.connection);
    EXPECT_EQ(take(), first.connection);
    EXPECT_EQ(take(), nullptr);
}

TEST_F(ConnectionPoolTest, ATakenConnectionCountsUntilItIsDiscarded) {
    Kept& kept = make();
    keep(kept);
    EXPECT_EQ(take(), kept.connection);
    EXPECT_EQ(pool.connections(), 1U);
    EXPECT_FALSE(kept.connection->closed());
    pool.discard(*kept.connection);
    EXPECT_EQ(pool.connections(), 0U);
    EXPECT_TRUE(kept.connection->closed());
}

TEST_F(ConnectionPoolTest, AConnectionThatIsClosedAlreadyIsOnlyForgotten) {
    pool.opening_started();
    pool.opening_started();
    pool.forget();
    EXPECT_EQ(pool.connections(), 1U);
}

TEST_F(ConnectionPoolTest, WhatIsNoLongerUsableIsClosedOnTheWayToWhatIs) {
    Kept& good = make();
    Kept& spoke_unasked = make();
    Kept& ended = make();
    for (auto* kept : {&good, &spoke_unasked, &ended}) keep(*kept);
    spoke_unasked.far_end.sends("x");
    ended.far_end.ends();
    EXPECT_EQ(take(), good.connection);
    EXPECT_EQ(pool.connections(), 1U);
    EXPECT_FALSE(good.connection->closed());
    EXPECT_TRUE(spoke_unasked.connection->closed());
    EXPECT_TRUE(ended.connection->closed());
}

TEST_F(ConnectionPoolTest, TakesNothingThatHasBeenIdleForTooLong) {
    Kept& kept = make();
    keep(kept);
    clock.advance(maker.limits.idle_timeout);
    EXPECT_EQ(take(), nullptr);
    EXPECT_TRUE(kept.connection->closed());
    EXPECT_EQ(pool.connections(), 0U);
}

TEST_F(ConnectionPoolTest, OnlyTheOneThatIsTakenNextKeepsItsMemory) {
    Kept& first = make();
    Kept& second = make();
    Kept& third = make();
    keep(first);
    EXPECT_EQ(first.far_end.memory_releases, 0);
    keep(second);
    keep(third);
    EXPECT_EQ(first.far_end.memory_releases, 1);
    EXPECT_EQ(second.far_end.memory_releases, 1);
    EXPECT_EQ(third.far_end.memory_releases, 0);
}

TEST_F(ConnectionPoolTest, DropsTheIdleOneThatThePeerEnded) {
    Kept& first = make();
    Kept& second = make();
    Kept& third = make();
    for (auto* kept : {&first, &second, &third}) keep(*kept);
    pool.drop_idle(*second.connection);
    EXPECT_TRUE(second.connection->closed());
    EXPECT_FALSE(first.connection->closed());
    EXPECT_FALSE(third.connection->closed());
    EXPECT_EQ(pool.connections(), 2U);
    EXPECT_EQ(take(), third.connection);
    EXPECT_EQ(take(), first.connection);
    EXPECT_EQ(take(), nullptr);
    EXPECT_EQ(pool.connections(), 2U) << "those that were taken";
}

TEST_F(ConnectionPoolTest, DropsNoneThatIsNotIdle) {
    Kept& idle = make();
    Kept& in_use = make();
    keep(in_use);
    ASSERT_EQ(take(), in_use.connection);
    keep(idle);
    pool.drop_idle(*in_use.connection);
    EXPECT_FALSE(in_use.connection->closed());
    EXPECT_EQ(pool.connections(), 2U);
    EXPECT_EQ(take(), idle.connection);
}

TEST_F(ConnectionPoolTest, DropsTheOneThatHasBeenIdleLongest) {
    Kept& first = make();
    Kept& second = make();
    keep(first);
    keep(second);
    pool.drop_oldest_idle();
    EXPECT_TRUE(first.connection->closed());
    EXPECT_FALSE(second.connection->closed());
    EXPECT_EQ(pool.connections(), 1U);
    EXPECT_EQ(take(), second.connection);
    EXPECT_EQ(take(), nullptr);
    EXPECT_EQ(pool.connections(), 1U);
}

TEST_F(ConnectionPoolTest, WithoutIdleOnesThereIsNothingToDrop) {
    pool.opening_started();
    pool.drop_oldest_idle();
    EXPECT_EQ(pool.connections(), 1U);
}

TEST_F(ConnectionPoolTest, ClosesWhatHasBeenIdleForTooLong) {
    Kept& old = make();
    keep(old);
    clock.advance(1s);
    Kept& young = make();
    keep(young);

    clock.advance(maker.limits.idle_timeout - 1s - 1ms);
    EXPECT_EQ(pool.close_expired(clock.now()), old.connection->idle_until());
    EXPECT_FALSE(old.connection->closed());
    EXPECT_EQ(pool.connections(), 2U);

    clock.advance(1ms);
    EXPECT_EQ(pool.close_expired(clock.now()), young.connection->idle_until());
    EXPECT_TRUE(old.connection->closed());
    EXPECT_FALSE(young.connection->closed());
    EXPECT_EQ(pool.connections(), 1U);

    clock.advance(1s);
    EXPECT_EQ(pool.close_expired(clock.now()), std::nullopt);
    EXPECT_TRUE(young.connection->closed());
    EXPECT_EQ(pool.connections(), 0U);
}

TEST_F(ConnectionPoolTest, TellsTheEarliestEndWhicheverBecameIdleFirst) {
    auto const soon = clock.now() + 1s;
    Kept& late = make();
    Kept& early = make(soon);
    Kept& later = make();
    for (auto* kept : {&late, &early, &later}) keep(*kept);
    EXPECT_EQ(pool.close_expired(clock.now()), soon);
    EXPECT_EQ(pool.connections(), 3U);
}

TEST_F(ConnectionPoolTest, ClosesAllThatIsIdleAndNothingElse) {
    Kept& in_use = make();
    Kept& first = make();
    Kept& second = make();
    keep(in_use);
    ASSERT_EQ(take(), in_use.connection);
    keep(first);
    keep(second);
    pool.close_idle();
    EXPECT_TRUE(first.connection->closed());
    EXPECT_TRUE(second.connection->closed());
    EXPECT_FALSE(in_use.connection->closed());
    EXPECT_EQ(pool.connections(), 1U);
    EXPECT_EQ(take(), nullptr);
    EXPECT_EQ(pool.connections(), 1U);
}

TEST_F(ConnectionPoolTest, TellsOpeningsUntilTheyEnd) {
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
    for (int i = 0; i < 3; ++i) pool.opening_started();
    EXPECT_EQ(told(), "0 open, 0 idle, 3 opening, 0 waiting");
    pool.opening_failed();
    EXPECT_EQ(told(), "0 open, 0 idle, 2 opening, 0 waiting");
    pool.opening_succeeded();
    EXPECT_EQ(told(), "1 open, 0 idle, 1 opening, 0 waiting");
    EXPECT_EQ(pool.connections(), 2U);
    pool.forget();
    EXPECT_EQ(told(), "0 open, 0 idle, 1 opening, 0 waiting");
}

TEST_F(ConnectionPoolTest, AbandonedOpeningsAreNoneAndTakeNoPlace) {
    for (int i = 0; i < 3; ++i) pool.opening_started();
    pool.opening_succeeded();
    pool.openings_abandoned();
    EXPECT_EQ(told(), "1 open, 0 idle, 0 opening, 0 waiting");
    EXPECT_EQ(pool.connections(), 1U);
}

TEST_F(ConnectionPoolTest, TellsWhatIsKeptAndTaken) {
    Kept& first = make();
    Kept& second = make();
    keep(first);
    keep(second);
    EXPECT_EQ(told(), "2 open, 2 idle, 0 opening, 0 waiting");
    ASSERT_EQ(take(), second.connection);
    EXPECT_EQ(told(), "2 open, 1 idle, 0 opening, 0 waiting");
    pool.discard(*second.connection);
    EXPECT_EQ(told(), "1 open, 1 idle, 0 opening, 0 waiting");
    ASSERT_EQ(take(), first.connection);
    EXPECT_EQ(told(), "1 open, 0 idle, 0 opening, 0 waiting");
    pool.put_idle(first.connection);
    EXPECT_EQ(told(), "1 open, 1 idle, 0 opening, 0 waiting");
}

TEST_F(ConnectionPoolTest, TellsNeverOfMoreThatAreIdleThanAreOpen) {
    keep(make());
    // As far as it gets, when another thread looks, with one that it closes while it is idle.
    pool.forget();
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_F(ConnectionPoolTest, TellsOfNoneThatWasClosedOnTheWayToAnother) {
    Kept& good = make();
    Kept& ended = make();
    keep(good);
    keep(ended);
    ended.far_end.ends();
    ASSERT_EQ(take(), good.connection);
    EXPECT_EQ(told(), "1 open, 0 idle, 0 opening, 0 waiting");
    pool.put_idle(good.connection);
    good.far_end.ends();
    ASSERT_EQ(take(), nullptr);
    EXPECT_EQ(told(), "0 open, 0 idle, 0 opening, 0 waiting");
}

TEST_F(ConnectionPoolTest, TellsOfNoneThatWasClosedWhileItWasIdle) {
    // Some are in use, so that the idle ones are not just all that are open.
    ConnectionPool large(8);
    auto const keep_in_large = [&] {
        Kept& kept = make();
        large.opening_started();
        large.opening_succeeded();
        kept.connection->become_idle(clock.now());
        large.put_idle(kept.connection);
        return kept.connection;
    };
    auto const told_by_large = [&] { return test::say(large.counts()); };
    for (int i = 0; i < 4; ++i) keep_in_large();
    for (int i = 0; i < 4; ++i) ASSERT_NE(large.take_idle(clock.now()), nullptr);
    EXPECT_EQ(told_by_large(), "4 open, 0 idle, 0 opening, 0 waiting");

    auto const oldest = keep_in_large();
    auto const ended = keep_in_large();
    EXPECT_EQ(told_by_large(), "6 open, 2 idle, 0 opening, 0 waiting");
    large.drop_idle(*ended);
    EXPECT_EQ(told_by_large(), "5 open, 1 idle, 0 opening, 0 waiting");
    large.drop_idle(*ended);
    EXPECT_EQ(told_by_large(), "5 open, 1 idle, 0 opening, 0 waiting") << "it is gone already";
    large.drop_oldest_idle();
    EXPECT_TRUE(oldest->closed());
    EXPECT_EQ(told_by_large(), "4 open, 0 idle, 0 opening, 0 waiting");

    keep_in_large();
    clock.advance(maker.limits.idle_timeout);
    EXPECT_EQ(large.close_expired(clock.now()), std::nullopt);
    EXPECT_EQ(told_by_large(), "4 open, 0 idle, 0 opening, 0 waiting");

    keep_in_large();
    keep_in_large();
    large.close_idle();
    EXPECT_EQ(told_by_large(), "4 open, 0 idle, 0 opening, 0 waiting");
}

}  // namespace
}  // namespace otp::http
