#pragma once

#include <otp/seam/clock.hpp>
#include <otp/testing/manual_clock.hpp>

#include <memory>
#include <new>
#include <utility>

namespace otp::http {

/// A clock that a test moves, whose timers are counted and may fail.
class ScriptedClock final : public Clock {
public:
    /// Time itself, and what waits for it.
    testing::ManualClock time;
    /// How often a wait was asked for.
    int waits{0};
    /// How often a timer was made.
    int timers{0};
    /// That many of the next waits throw.
    int failing_waits{0};
    bool fails_to_make_timers{false};
    bool keeps_context_running{true};

    [[nodiscard]] TimePoint now() const noexcept override { return time.now(); }
    [[nodiscard]] UtcTime utc_now() const noexcept override { return time.utc_now(); }
    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) override {
        if (fails_to_make_timers) throw std::bad_alloc();
        ++timers;
        return std::make_unique<Timer>(*this, time.make_timer(executor));
    }

private:
    class Timer final : public ClockTimer {
    public:
        Timer(ScriptedClock& clock, std::unique_ptr<ClockTimer> timer)
            : clock_(clock), timer_(std::move(timer)) {}

        void async_wait_until(TimePoint when, WaitHandler handler) override {
            ++clock_.waits;
            if (clock_.failing_waits > 0) {
                --clock_.failing_waits;
                throw std::bad_alloc();
            }
            timer_->async_wait_until(when, std::move(handler));
        }
        void cancel() noexcept override { timer_->cancel(); }
        [[nodiscard]] bool keeps_context_running() const noexcept override {
            return clock_.keeps_context_running;
        }

    private:
        ScriptedClock& clock_;
        std::unique_ptr<ClockTimer> timer_;
    };
};

}  // namespace otp::http
