#include "platform/deadline_queue.hpp"
#include "support/scripted_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <memory>
#include <new>

/// The one timer of a `platform::DeadlineQueue`: when it runs, when it is stopped, and what follows
/// if it cannot be set.
namespace otp::http {
namespace {

using namespace std::chrono_literals;

class DeadlineTimerTest : public ::testing::Test {
protected:
    class Entry final : public platform::DeadlineEntry {
    public:
        int ended{0};

    private:
        void on_deadline() override { ++ended; }
    };

    /// Runs whatever is ready; answers how many handlers that were. It has an end also if the queue
    /// has none.
    std::size_t turn() {
        context.restart();
        std::size_t handlers = 0;
        while (handlers < 100 && context.poll_one() > 0) ++handlers;
        return handlers;
    }
    void set(Entry& entry, std::chrono::milliseconds from_start) {
        queue->set(entry, start + from_start);
    }
    [[nodiscard]] std::size_t waiting() const { return clock->time.waiting(); }

    boost::asio::io_context context{1};
    std::shared_ptr<ScriptedClock> clock = std::make_shared<ScriptedClock>();
    Clock::TimePoint const start = clock->now();
    std::shared_ptr<platform::DeadlineQueue> queue =
        std::make_shared<platform::DeadlineQueue>(clock, context.get_executor());
    Entry a{};
    Entry b{};
};

TEST_F(DeadlineTimerTest, StopsWhenTheLastEntryHasLeft) {
    set(a, 10s);
    set(b, 20s);
    queue->remove(a);
    EXPECT_EQ(turn(), 0U) << "one is left";
    queue->remove(b);
    EXPECT_EQ(waiting(), 1U) << "the next one often enters at once";
    turn();
    EXPECT_EQ(waiting(), 0U);
    EXPECT_TRUE(context.stopped()) << "nothing keeps it running";
}

TEST_F(DeadlineTimerTest, StopsEachTimeAnew) {
    for (auto const time : {10s, 20s, 30s}) {
        set(a, time);
        EXPECT_EQ(waiting(), 1U);
        queue->remove(a);
        turn();
        EXPECT_EQ(waiting(), 0U);
    }
}

TEST_F(DeadlineTimerTest, GoesOnIfAnotherEntersAtOnce) {
    set(a, 10s);
    queue->remove(a);
    set(b, 20s);
    turn();
    EXPECT_EQ(clock->waits, 1);
    EXPECT_EQ(waiting(), 1U);
    clock->time.advance(20s);
    turn();
    EXPECT_EQ(b.ended, 1);
}

TEST_F(DeadlineTimerTest, ManyWhoComeAndGoStopItOnce) {
    for (int i = 0; i < 5; ++i) {
        set(a, 10s);
        queue->remove(a);
    }
    EXPECT_EQ(turn(), 2U) << "the stop, and the timer's own end";
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(DeadlineTimerTest, RunsOnWhereItKeepsNothingRunning) {
    clock->keeps_context_running = false;
    set(a, 10s);
    queue->remove(a);
    EXPECT_EQ(turn(), 0U);
    EXPECT_EQ(waiting(), 1U);
    set(a, 20s);
    EXPECT_EQ(clock->waits, 1);
}

TEST_F(DeadlineTimerTest, TheStopMayOutliveTheQueue) {
    set(a, 10s);
    queue->remove(a);
    queue.reset();
    turn();
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(DeadlineTimerTest, ATimeThatIsNoLongerWaitedForCountsForNothing) {
    set(a, 10s);
    queue->remove(a);
    // Behind the stop, and before the timer of 10 s, which has come to its end meanwhile.
    boost::asio::post(context, [this] { set(b, 30s); });
    clock->time.advance(10s);
    turn();
    EXPECT_EQ(clock->waits, 2);
    EXPECT_EQ(waiting(), 1U);
    EXPECT_EQ(b.ended, 0);
}

TEST_F(DeadlineTimerTest, AStoppedTimerCountsForNothingAlthoughItIsSetForTheSameTimeAgain) {
    set(a, 10s);
    queue->remove(a);
    boost::asio::post(context, [this] { set(b, 10s); });
    turn();
    EXPECT_EQ(clock->waits, 2);
    EXPECT_EQ(waiting(), 1U);
    clock->time.advance(10s);
    turn();
    EXPECT_EQ(b.ended, 1);
}

TEST_F(DeadlineTimerTest, AnEntryThatCannotBeWatchedIsRefused) {
    clock->failing_waits = 1;
    EXPECT_THROW(set(a, 10s), std::bad_alloc);
    EXPECT_FALSE(a.is_waiting());
    EXPECT_EQ(a.ended, 0);
    set(b, 20s);
    clock->time.advance(20s);
    turn();
    EXPECT_EQ(a.ended, 0);
    EXPECT_EQ(b.ended, 1);
}

TEST_F(DeadlineTimerTest, TheOthersAreStillWatchedWhenOneIsRefused) {
    set(b, 20s);
    clock->failing_waits = 1;
    EXPECT_THROW(set(a, 10s), std::bad_alloc);
    EXPECT_FALSE(a.is_waiting());
    EXPECT_EQ(clock->time.next_due(), start + 20s);
    clock->time.advance(20s);
    turn();
    EXPECT_EQ(a.ended, 0);
    EXPECT_EQ(b.ended, 1);
}

TEST_F(DeadlineTimerTest, OthersThatCannotBeWatchedAnyMoreEndEarly) {
    Entry c;
    set(b, 20s);
    set(c, 30s);
    clock->failing_waits = 2;
    EXPECT_THROW(set(a, 10s), std::bad_alloc);
    EXPECT_EQ(b.ended, 1) << "too early is better than never";
    EXPECT_EQ(c.ended, 0) << "this one could be watched";
    EXPECT_EQ(clock->time.next_due(), start + 30s);
}

TEST_F(DeadlineTimerTest, WhatCannotBeWatchedAfterAnEndEndsToo) {
    set(a, 10s);
    set(b, 20s);
    clock->time.advance(10s);
    clock->failing_waits = 1;
    turn();
    EXPECT_EQ(a.ended, 1);
    EXPECT_EQ(b.ended, 1);
}

}  // namespace
}  // namespace otp::http
