#pragma once

#include <otp/seam/clock.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

namespace otp::testing {

/// Time that stands still until a test moves it. Timers complete when `advance` reaches them.
///
/// A wait counts as work of its executor. After `advance`, run the executor to see what it did.
/// Thread safety: all members may be called from several threads.
class ManualClock final : public Clock {
public:
    /// 2026-01-01T00:00:00Z.
    static constexpr UtcTime default_utc{std::chrono::milliseconds(1767225600000)};

    explicit ManualClock(UtcTime utc = default_utc);
    ManualClock(ManualClock const&) = delete;
    ManualClock& operator=(ManualClock const&) = delete;
    ~ManualClock() override;

    [[nodiscard]] TimePoint now() const noexcept override;
    [[nodiscard]] UtcTime utc_now() const noexcept override;
    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) override;

    /// Moves both times on and completes every timer that is due by then, the earliest first.
    /// `duration` is 0 or more.
    void advance(std::chrono::steady_clock::duration duration);
    /// Sets wall time alone, also backwards, as an administrator or NTP would.
    void set_utc(UtcTime utc);

    /// When the next timer is due; nothing if none waits.
    [[nodiscard]] std::optional<TimePoint> next_due() const;
    /// How many timers wait.
    [[nodiscard]] std::size_t waiting() const;

private:
    class State;
    class Timer;
    std::shared_ptr<State> state_;
};

}  // namespace otp::testing
