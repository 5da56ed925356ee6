#include "platform/deadline_queue.hpp"

#include "support/scripted_clock.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace otp::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DeadlineQueueTest : public ::testing::Test {
protected:
    /// Writes its name down when its time has come, and then does what a test says.
    class Entry final : public platform::DeadlineEntry {
    public:
        Entry(std::vector<std::string>& ended, std::string name)
            : ended_(ended), name_(std::move(name)) {}

        std::function<void()> then = [] {};

    private:
        void on_deadline() override {
            EXPECT_FALSE(is_waiting());
            ended_.push_back(name_);
            then();
        }

        std::vector<std::string>& ended_;
        std::string name_;
    };

    /// Runs whatever is ready; answers how many handlers that were. It has an end also if the queue
    /// has none.
    std::size_t turn() {
        context.restart();
        std::size_t handlers = 0;
        while (handlers < 100 && context.poll_one() > 0) ++handlers;
        return handlers;
    }
    void advance(std::chrono::milliseconds time) {
        clock->time.advance(time);
        turn();
    }
    void set(Entry& entry, std::chrono::milliseconds from_start) {
        queue->set(entry, start + from_start);
    }

    boost::asio::io_context context{1};
    std::shared_ptr<ScriptedClock> clock = std::make_shared<ScriptedClock>();
    Clock::TimePoint const start = clock->now();
    std::shared_ptr<platform::DeadlineQueue> queue =
        std::make_shared<platform::DeadlineQueue>(clock, context.get_executor());
    std::vector<std::string> ended{};
    Entry a{ended, "a"};
    Entry b{ended, "b"};
    Entry c{ended, "c"};
};

TEST_F(DeadlineQueueTest, EndsAnEntryAtItsTimeAndOnlyOnce) {
    set(a, 10s);
    EXPECT_TRUE(a.is_waiting());
    EXPECT_EQ(a.when(), start + 10s);
    advance(10s - 1ms);
    EXPECT_THAT(ended, IsEmpty());
    advance(1ms);
    EXPECT_THAT(ended, ElementsAre("a"));
    EXPECT_FALSE(a.is_waiting());
    advance(10s);
    EXPECT_THAT(ended, ElementsAre("a"));
}

TEST_F(DeadlineQueueTest, EndsThemInTheOrderOfTheirTimes) {
    set(b, 20s);
    set(c, 30s);
    set(a, 10s);
    for (auto const step : {10s, 10s, 10s}) {
        EXPECT_EQ(clock->time.waiting(), 1U);
        advance(step);
    }
    EXPECT_THAT(ended, ElementsAre("a", "b", "c"));
    EXPECT_EQ(clock->time.waiting(), 0U);
}

TEST_F(DeadlineQueueTest, EndsAllThatAreDueInOrder) {
    set(b, 20s);
    set(a, 10s);
    set(c, 30s);
    EXPECT_EQ(clock->waits, 2);
    advance(25s);
    EXPECT_THAT(ended, ElementsAre("a", "b"));
    EXPECT_EQ(clock->waits, 3) << "for the one that is left";
    EXPECT_TRUE(c.is_waiting());
}

TEST_F(DeadlineQueueTest, EndsThoseOfTheSameTimeInTheOrderOfTheirEntry) {
    set(a, 10s);
    set(b, 10s);
    set(c, 10s);
    advance(10s);
    EXPECT_THAT(ended, ElementsAre("a", "b", "c"));
}

TEST_F(DeadlineQueueTest, AnEntryCanBeMovedBothWays) {
    set(a, 10s);
    set(b, 20s);
    set(a, 30s);
    EXPECT_EQ(a.when(), start + 30s);
    set(b, 5s);
    advance(5s);
    EXPECT_THAT(ended, ElementsAre("b"));
    advance(24s);
    EXPECT_THAT(ended, ElementsAre("b"));
    advance(1s);
    EXPECT_THAT(ended, ElementsAre("b", "a"));
}

TEST_F(DeadlineQueueTest, AnEntryThatLeavesIsNotEnded) {
    set(a, 10s);
    set(b, 20s);
    queue->remove(a);
    EXPECT_FALSE(a.is_waiting());
    queue->remove(a);
    advance(30s);
    EXPECT_THAT(ended, ElementsAre("b"));
}

TEST_F(DeadlineQueueTest, AnEntryLeavesWhenItIsDestroyed) {
    {
        Entry gone(ended, "gone");
        set(gone, 10s);
    }
    set(a, 20s);
    advance(30s);
    EXPECT_THAT(ended, ElementsAre("a"));
}

TEST_F(DeadlineQueueTest, AQueueThatIsDestroyedLetsGoOfItsEntries) {
    set(a, 10s);
    set(b, 20s);
    clock->time.advance(10s);
    queue.reset();
    EXPECT_FALSE(a.is_waiting());
    EXPECT_FALSE(b.is_waiting());
    turn();
    EXPECT_THAT(ended, IsEmpty());
}

TEST_F(DeadlineQueueTest, OnlyAnEarlierTimeSetsTheTimer) {
    set(b, 20s);
    EXPECT_EQ(clock->waits, 1);
    set(c, 20s);
    set(c, 30s);
    EXPECT_EQ(clock->waits, 1);
    set(a, 10s);
    EXPECT_EQ(clock->waits, 2);
    EXPECT_EQ(clock->time.waiting(), 1U);
    EXPECT_EQ(clock->time.next_due(), start + 10s);
}

TEST_F(DeadlineQueueTest, ATimerThatComesTooEarlyIsSetAgain) {
    set(a, 10s);
    set(a, 20s);
    advance(10s);
    EXPECT_THAT(ended, IsEmpty());
    EXPECT_EQ(clock->time.next_due(), start + 20s);
    advance(10s);
    EXPECT_THAT(ended, ElementsAre("a"));
}

TEST_F(DeadlineQueueTest, WhoIsEndedMayEnterAgain) {
    a.then = [this] {
        if (ended.size() < 3) set(a, 10s * (std::ssize(ended) + 1));
    };
    set(a, 10s);
    for (int waits = 1; waits <= 3; ++waits) {
        EXPECT_EQ(clock->waits, waits) << "one for each time";
        EXPECT_EQ(clock->time.waiting(), 1U);
        advance(10s);
    }
    EXPECT_THAT(ended, ElementsAre("a", "a", "a"));
}

TEST_F(DeadlineQueueTest, WhoIsEndedMayTakeOthersOut) {
    a.then = [this] { queue->remove(b); };
    set(a, 10s);
    set(b, 10s);
    clock->time.advance(10s);
    EXPECT_EQ(turn(), 1U) << "no timer waits that would have to be stopped";
    EXPECT_THAT(ended, ElementsAre("a"));
}

TEST_F(DeadlineQueueTest, WhoIsEndedMayLetGoOfTheQueue) {
    a.then = [this] { queue.reset(); };
    set(a, 10s);
    advance(10s);
    EXPECT_THAT(ended, ElementsAre("a"));
}

TEST_F(DeadlineQueueTest, AnExceptionDoesNotTakeTheOthersTheirTimes) {
    a.then = [] { throw std::runtime_error("a user's handler"); };
    set(a, 10s);
    set(b, 10s);
    set(c, 20s);
    clock->time.advance(10s);
    EXPECT_THROW(turn(), std::runtime_error);
    EXPECT_EQ(clock->waits, 2);
    turn();
    EXPECT_THAT(ended, ElementsAre("a", "b"));
    advance(10s);
    EXPECT_THAT(ended, ElementsAre("a", "b", "c"));
}

TEST_F(DeadlineQueueTest, AnExceptionOfTheLastOneLeavesNothingToWaitFor) {
    a.then = [] { throw std::runtime_error("a user's handler"); };
    set(a, 10s);
    clock->time.advance(10s);
    EXPECT_THROW(turn(), std::runtime_error);
    EXPECT_EQ(clock->waits, 1);
    set(b, 20s);
    advance(10s);
    EXPECT_THAT(ended, ElementsAre("a", "b"));
}

TEST_F(DeadlineQueueTest, WhoEntersAgainAndThrowsHasSetTheTimerAlready) {
    a.then = [this] {
        set(a, 20s);
        throw std::runtime_error("a user's handler");
    };
    set(a, 10s);
    clock->time.advance(10s);
    EXPECT_THROW(turn(), std::runtime_error);
    EXPECT_EQ(clock->waits, 2);
    EXPECT_EQ(clock->time.waiting(), 1U);
}

}  // namespace
}  // namespace otp::http
