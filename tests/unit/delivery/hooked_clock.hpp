#pragma once

#include <otp/testing/manual_clock.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace otp::test {

/// A `ManualClock` whose timers a test can refuse.
class HookedClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const noexcept override { return manual.now(); }
    [[nodiscard]] UtcTime utc_now() const noexcept override { return manual.utc_now(); }
    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) override {
        if (at_timer) at_timer();
        return manual.make_timer(executor);
    }

    testing::ManualClock manual;
    /// Is called before each timer is made.
    std::function<void()> at_timer;
};

}  // namespace otp::test
