#include <otp/seam/clock.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <gtest/gtest.h>
#include <optional>

namespace otp {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using boost::system::error_code;

constexpr auto far_away = 24h;

class SystemTimer : public testing::Test {
protected:
    void wait_until(Clock::TimePoint when) {
        timer->async_wait_until(when, [this](error_code error) { result = error; });
    }

    std::shared_ptr<Clock> clock = Clock::system();
    asio::io_context context;
    std::unique_ptr<ClockTimer> timer = clock->make_timer(context.get_executor());
    std::optional<error_code> result;
};

TEST(SystemClock, IsOneForAll) {
    ASSERT_NE(Clock::system(), nullptr);
    EXPECT_EQ(Clock::system(), Clock::system());
}

TEST(SystemClock, TellsTheMachinesTimes) {
    auto const clock = Clock::system();
    auto const steady_before = std::chrono::steady_clock::now();
    auto const steady = clock->now();
    EXPECT_LE(steady_before, steady);
    EXPECT_LE(steady, std::chrono::steady_clock::now());

    auto const utc = clock->utc_now();
    auto const system = std::chrono::system_clock::now();
    EXPECT_LT(system - utc, 1h);
    EXPECT_LT(utc - system, 1h);
}

TEST_F(SystemTimer, CompletesAtItsTimeAndNotBefore) {
    auto const when = clock->now() + 20ms;
    wait_until(when);
    EXPECT_FALSE(result);
    context.run();
    ASSERT_TRUE(result);
    EXPECT_FALSE(*result);
    EXPECT_GE(clock->now(), when);
}

TEST_F(SystemTimer, CompletesForATimeThatIsPastButNotInsideTheCall) {
    wait_until(clock->now() - 1h);
    EXPECT_FALSE(result);
    context.run();
    ASSERT_TRUE(result);
    EXPECT_FALSE(*result);
}

TEST_F(SystemTimer, CompletesWithAbortedWhenItIsCancelled) {
    wait_until(clock->now() + far_away);
    timer->cancel();
    EXPECT_FALSE(result);
    context.run();
    EXPECT_EQ(result, error_code(asio::error::operation_aborted));
}

TEST_F(SystemTimer, CompletesWithAbortedWhenItIsDestroyed) {
    wait_until(clock->now() + far_away);
    timer.reset();
    context.run();
    EXPECT_EQ(result, error_code(asio::error::operation_aborted));
}

TEST_F(SystemTimer, CanWaitAgainAfterItWasCancelled) {
    timer->cancel();
    wait_until(clock->now() + far_away);
    timer->cancel();
    context.run();
    result.reset();
    context.restart();
    wait_until(clock->now());
    context.run();
    EXPECT_EQ(result, error_code());
}

TEST_F(SystemTimer, CompletesOnTheHandlersExecutor) {
    auto const strand = asio::make_strand(context);
    bool on_strand = false;
    timer->async_wait_until(clock->now(), asio::bind_executor(strand, [&](error_code) {
                                on_strand = strand.running_in_this_thread();
                            }));
    context.run();
    EXPECT_TRUE(on_strand);
}

TEST_F(SystemTimer, ObeysTheHandlersCancellationSlot) {
    asio::cancellation_signal signal;
    timer->async_wait_until(
        clock->now() + far_away,
        asio::bind_cancellation_slot(signal.slot(), [&](error_code error) { result = error; })
    );
    signal.emit(asio::cancellation_type::terminal);
    context.run();
    EXPECT_EQ(result, error_code(asio::error::operation_aborted));
}

}  // namespace
}  // namespace otp
