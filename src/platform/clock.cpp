#include <otp/clock.hpp>

#include <boost/asio/steady_timer.hpp>

#include <utility>

namespace otp {

namespace {

class SystemTimer final : public ClockTimer {
public:
    explicit SystemTimer(boost::asio::any_io_executor const& executor) : timer_(executor) {}

    void async_wait_until(TimePoint when, WaitHandler handler) override {
        timer_.expires_at(when);
        timer_.async_wait(std::move(handler));
    }

    void cancel() noexcept override { timer_.cancel(); }

private:
    boost::asio::steady_timer timer_;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const noexcept override {
        return std::chrono::steady_clock::now();
    }

    [[nodiscard]] UtcTime utc_now() const noexcept override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }

    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) override {
        return std::make_unique<SystemTimer>(executor);
    }
};

}  // namespace

std::shared_ptr<Clock> Clock::system() {
    // One for all, never destroyed before its last user.
    static auto const clock = std::make_shared<SystemClock>();
    return clock;
}

}  // namespace otp
