#pragma once

#include <otp/export.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <memory>

namespace OTP_EXPORT otp {

/// A timer that is waited for once at a time. Destroying it cancels its wait. Not thread-safe.
class ClockTimer {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using WaitHandler = boost::asio::any_completion_handler<void(boost::system::error_code)>;

    virtual ~ClockTimer() = default;

    /// Completes at `when`, or with `operation_aborted` after `cancel` or destruction; on the
    /// timer's executor, and never from inside this call.
    virtual void async_wait_until(TimePoint when, WaitHandler handler) = 0;
    virtual void cancel() noexcept = 0;

    /// Whether a pending wait keeps `io_context::run()` from returning.
    [[nodiscard]] virtual bool keeps_context_running() const noexcept { return true; }
};

/// Time as the SDK sees it. A seam: a test replaces it to run on virtual time.
///
/// Thread safety: all members may be called from several threads.
class Clock {
public:
    using TimePoint = ClockTimer::TimePoint;
    using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

    virtual ~Clock() = default;

    /// Monotonic time, for deadlines.
    [[nodiscard]] virtual TimePoint now() const noexcept = 0;
    /// Wall time in UTC, for signatures and expiries.
    [[nodiscard]] virtual UtcTime utc_now() const noexcept = 0;
    [[nodiscard]] virtual std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) = 0;

    /// A timer for what need not be waited for when nothing else is left to do. The default is
    /// `make_timer`.
    [[nodiscard]] virtual std::unique_ptr<ClockTimer> make_background_timer(
        boost::asio::any_io_executor const& executor
    );

    /// The machine's clocks and Asio's timers.
    [[nodiscard]] static std::shared_ptr<Clock> system();
};

}  // namespace otp
