#include <otp/testing/manual_clock.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <gmock/gmock.h>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ManualClockTest : public ::testing::Test {
protected:
    /// Waits with a timer of its own and writes down `id` and the outcome.
    void wait(int id, std::chrono::milliseconds duration) {
        timers.push_back(clock.make_timer(context.get_executor()));
        timers.back()->async_wait_until(
            clock.now() + duration,
            ClockTimer::WaitHandler([this, id](boost::system::error_code failure) {
                (failure == asio::error::operation_aborted ? aborted : fired).push_back(id);
            })
        );
    }
    void poll() {
        context.poll();
        context.restart();
    }

    ManualClock clock;
    asio::io_context context;
    std::vector<std::unique_ptr<ClockTimer>> timers;
    std::vector<int> fired;
    std::vector<int> aborted;
};

TEST_F(ManualClockTest, StandsStillUntilItIsMoved) {
    auto const now = clock.now();
    auto const utc = clock.utc_now();
    EXPECT_EQ(utc, ManualClock::default_utc);
    EXPECT_EQ(clock.now(), now);
    clock.advance(90s);
    EXPECT_EQ(clock.now(), now + 90s);
    EXPECT_EQ(clock.utc_now(), utc + 90s);
}

TEST_F(ManualClockTest, SmallStepsAddUpInWallTime) {
    auto const utc = clock.utc_now();
    for (int step = 0; step < 10; ++step) clock.advance(100us);
    EXPECT_EQ(clock.utc_now(), utc + 1ms);
}

TEST_F(ManualClockTest, WallTimeIsSetAlone) {
    auto const now = clock.now();
    ManualClock::UtcTime const earlier{std::chrono::milliseconds(5)};
    clock.set_utc(earlier);
    EXPECT_EQ(clock.utc_now(), earlier);
    EXPECT_EQ(clock.now(), now);
    clock.advance(1ms);
    EXPECT_EQ(clock.utc_now(), earlier + 1ms);
}

TEST_F(ManualClockTest, CompletesWhatIsDueEarliestFirst) {
    wait(1, 300ms);
    wait(2, 100ms);
    wait(3, 200ms);
    wait(4, 301ms);
    EXPECT_EQ(clock.waiting(), 4U);
    EXPECT_EQ(clock.next_due(), clock.now() + 100ms);
    clock.advance(99ms);
    poll();
    EXPECT_THAT(fired, IsEmpty());
    clock.advance(201ms);
    EXPECT_THAT(fired, IsEmpty());
    poll();
    EXPECT_THAT(fired, ElementsAre(2, 3, 1));
    EXPECT_EQ(clock.waiting(), 1U);
    timers.clear();
    poll();
    EXPECT_THAT(aborted, ElementsAre(4));
    EXPECT_EQ(clock.next_due(), std::nullopt);
}

TEST_F(ManualClockTest, APastTimeCompletesAtOnceButLater) {
    wait(1, 0ms);
    EXPECT_THAT(fired, IsEmpty());
    poll();
    EXPECT_THAT(fired, ElementsAre(1));
}

TEST_F(ManualClockTest, CancelAndDestructionAbort) {
    wait(1, 1s);
    wait(2, 1s);
    timers[0]->cancel();
    timers[0]->cancel();
    timers[1].reset();
    EXPECT_THAT(aborted, IsEmpty());
    poll();
    EXPECT_THAT(aborted, ElementsAre(1, 2));
    clock.advance(2s);
    poll();
    EXPECT_THAT(fired, IsEmpty());
}

TEST_F(ManualClockTest, ATimerCanBeUsedAgain) {
    int rounds = 0;
    auto const timer = clock.make_timer(context.get_executor());
    for (int round = 0; round < 3; ++round) {
        timer->async_wait_until(
            clock.now() + 1s, ClockTimer::WaitHandler([&rounds](boost::system::error_code failure) {
                if (!failure) ++rounds;
            })
        );
        clock.advance(1s);
        poll();
    }
    EXPECT_EQ(rounds, 3);
}

TEST_F(ManualClockTest, HonoursTheCancellationSlot) {
    asio::cancellation_signal signal;
    auto const timer = clock.make_timer(context.get_executor());
    boost::system::error_code outcome;
    timer->async_wait_until(
        clock.now() + 1s,
        ClockTimer::WaitHandler(asio::bind_cancellation_slot(
            signal.slot(), [&outcome](boost::system::error_code failure) { outcome = failure; }
        ))
    );
    signal.emit(asio::cancellation_type::total);
    EXPECT_EQ(clock.waiting(), 0U);
    poll();
    EXPECT_EQ(outcome, asio::error::operation_aborted);
}

TEST_F(ManualClockTest, AWaitKeepsTheExecutorBusy) {
    wait(1, 1s);
    std::thread runner([this] { context.run(); });
    clock.advance(1s);
    runner.join();
    EXPECT_THAT(fired, ElementsAre(1));
}

TEST_F(ManualClockTest, TimersMayOutliveTheClock) {
    auto gone = std::make_unique<ManualClock>();
    auto const timer = gone->make_timer(context.get_executor());
    bool done = false;
    timer->async_wait_until(
        gone->now() + 1s, ClockTimer::WaitHandler([&done](boost::system::error_code failure) {
            done = failure == asio::error::operation_aborted;
        })
    );
    gone.reset();
    timer->cancel();
    poll();
    EXPECT_TRUE(done);
}

TEST_F(ManualClockTest, SeveralThreadsMayUseIt) {
    constexpr int rounds = 500;
    std::atomic<int> completed{0};
    auto const work = [this, &completed] {
        asio::io_context own;
        for (int round = 0; round < rounds; ++round) {
            auto const timer = clock.make_timer(own.get_executor());
            timer->async_wait_until(
                clock.now() + 1ms,
                ClockTimer::WaitHandler([&completed](boost::system::error_code) { ++completed; })
            );
            clock.advance(1ms);
            own.run();
            own.restart();
        }
    };
    std::thread first(work);
    std::thread second(work);
    first.join();
    second.join();
    EXPECT_EQ(completed, 2 * rounds);
    EXPECT_EQ(clock.waiting(), 0U);
}

}  // namespace
}  // namespace otp::testing
