#include "platform/background_work.hpp"

#include <otp/seam/clock.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <new>
#include <utility>

namespace otp {

namespace {

namespace asio = boost::asio;

class SystemTimer final : public ClockTimer {
public:
    explicit SystemTimer(boost::asio::any_io_executor const& executor) : timer_(executor) {}

    void async_wait_until(TimePoint when, WaitHandler handler) override {
        asio::any_completion_executor const own(timer_.get_executor());
        auto const wanted = asio::get_associated_executor(handler, own);
        // Asked by Asio (Boost 1.81) in the event loop, the handler would have an empty one where
        // there is no memory.
        if (!wanted) throw std::bad_alloc();
        auto const slot = asio::get_associated_cancellation_slot(handler);
        auto call = [wanted,
                     elsewhere = wanted != own,
                     handler = std::move(handler)](boost::system::error_code error) mutable {
            if (!elsewhere) return std::move(handler)(error);
            asio::dispatch(wanted, [handler = std::move(handler), error]() mutable {
                std::move(handler)(error);
            });
        };
        timer_.expires_at(when);
        timer_.async_wait(asio::bind_cancellation_slot(slot, std::move(call)));
    }

    void cancel() noexcept override { timer_.cancel(); }

private:
    boost::asio::steady_timer timer_;
};

/// Waits like `SystemTimer`, and lets the context's `run` return meanwhile.
class BackgroundTimer final : public ClockTimer {
public:
    BackgroundTimer(
        boost::asio::any_io_executor executor, platform::BackgroundWork::Executor const& context
    )
        : executor_(std::move(executor)), timer_(context) {}

    void async_wait_until(TimePoint when, WaitHandler handler) override {
        // One for each wait: a cancelled one ends after the next one has begun.
        auto const work = std::make_shared<platform::BackgroundWork>(timer_.get_executor());
        work->begin();
        timer_.expires_at(when);
        timer_.async_wait([work,
                           executor = executor_,
                           handler = std::move(handler)](boost::system::error_code error) mutable {
            work->finished();
            boost::asio::dispatch(executor, [handler = std::move(handler), error]() mutable {
                std::move(handler)(error);
            });
        });
        // From inside the event loop: a context whose last work is taken away elsewhere would take
        // itself for finished before it has begun to run.
        boost::asio::post(executor_, [work] { work->hide(); });
    }

    void cancel() noexcept override { timer_.cancel(); }
    [[nodiscard]] bool keeps_context_running() const noexcept override { return false; }

private:
    using Timer = boost::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        boost::asio::wait_traits<std::chrono::steady_clock>,
        platform::BackgroundWork::Executor>;

    boost::asio::any_io_executor executor_;
    Timer timer_;
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
        if (auto const context = platform::BackgroundWork::context_of(executor)) {
            return std::make_unique<BackgroundTimer>(executor, *context);
        }
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
