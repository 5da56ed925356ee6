#include "platform/background_work.hpp"

#include <otp/clock.hpp>

#include <boost/asio/post.hpp>
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

/// Waits like `SystemTimer`, and lets the context's `run` return meanwhile.
class BackgroundTimer final : public ClockTimer {
public:
    BackgroundTimer(
        boost::asio::any_io_executor const& executor, platform::BackgroundWork background
    )
        : timer_(executor), background_(background) {}

    void async_wait_until(TimePoint when, WaitHandler handler) override {
        timer_.expires_at(when);
        timer_.async_wait([background = background_,
                           handler = std::move(handler)](boost::system::error_code error) mutable {
            background.reveal();
            std::move(handler)(error);
        });
        // From inside the event loop: a context whose last work is taken away elsewhere would take
        // itself for finished before it has begun to run.
        boost::asio::post(timer_.get_executor(), [background = background_] { background.hide(); });
    }

    void cancel() noexcept override { timer_.cancel(); }
    [[nodiscard]] bool keeps_context_running() const noexcept override { return false; }

private:
    boost::asio::steady_timer timer_;
    platform::BackgroundWork background_;
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

    [[nodiscard]] std::unique_ptr<ClockTimer> make_background_timer(
        boost::asio::any_io_executor const& executor
    ) override {
        if (auto const background = platform::BackgroundWork::of(executor))
            return std::make_unique<BackgroundTimer>(executor, *background);
        return make_timer(executor);
    }
};

}  // namespace

std::unique_ptr<ClockTimer> Clock::make_background_timer(
    boost::asio::any_io_executor const& executor
) {
    return make_timer(executor);
}

std::shared_ptr<Clock> Clock::system() {
    // One for all, never destroyed before its last user.
    static auto const clock = std::make_shared<SystemClock>();
    return clock;
}

}  // namespace otp
