#include <otp/seam/time_after.hpp>
#include <otp/testing/manual_clock.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace otp::testing {

namespace asio = boost::asio;

namespace {

/// A wait that has not completed, with its executor kept busy meanwhile.
struct Wait {
    Wait(asio::any_io_executor const& timer_executor, ClockTimer::WaitHandler wait_handler)
        : executor(asio::prefer(timer_executor, asio::execution::outstanding_work.tracked)),
          handler(std::move(wait_handler)) {}
    Wait(Wait&&) = default;
    Wait& operator=(Wait&&) = delete;  // any_completion_handler's recurses for ever in Boost 1.81
    Wait(Wait const&) = delete;
    Wait& operator=(Wait const&) = delete;
    ~Wait() = default;

    asio::any_io_executor executor;
    ClockTimer::WaitHandler handler;
};

void complete(Wait wait, boost::system::error_code outcome) {
    auto const executor = wait.executor;
    asio::post(executor, [wait = std::move(wait), outcome]() mutable {
        asio::get_associated_cancellation_slot(wait.handler).clear();
        auto const target = asio::get_associated_executor(wait.handler, wait.executor);
        asio::dispatch(target, [handler = std::move(wait.handler), outcome]() mutable {
            std::move(handler)(outcome);
        });
    });
}

}  // namespace

/// Shared by the clock and its timers, each of which may go first.
class ManualClock::State {
public:
    explicit State(UtcTime utc) : utc_(utc.time_since_epoch().count()) {}

    using Id = std::uint64_t;
    using Key = std::pair<ClockTimer::TimePoint, Id>;

    [[nodiscard]] TimePoint now() const noexcept {
        return TimePoint(TimePoint::duration(now_.load()));
    }
    [[nodiscard]] UtcTime utc_now() const noexcept {
        return UtcTime(UtcTime::duration(utc_.load()));
    }

    /// Nothing if `when` has come: the wait was completed.
    std::optional<Key> wait(TimePoint when, Wait wait) {
        std::unique_lock lock(mutex_);
        if (when <= now()) {
            lock.unlock();
            complete(std::move(wait), {});
            return std::nullopt;
        }
        Key const key(when, next_id_++);
        waits_.emplace(key, std::move(wait));
        return key;
    }

    void cancel(Key key) {
        std::unique_lock lock(mutex_);
        auto node = waits_.extract(key);
        lock.unlock();
        if (node) complete(std::move(node.mapped()), asio::error::operation_aborted);
    }

    void advance(std::chrono::steady_clock::duration duration) {
        std::vector<Wait> due;
        {
            std::lock_guard const lock(mutex_);
            auto const before = now().time_since_epoch();
            auto const after = time_after(now(), duration).time_since_epoch();
            now_ = after.count();
            // The difference of the whole milliseconds, so that small steps lose no fraction.
            using std::chrono::floor;
            using Milliseconds = std::chrono::milliseconds;
            auto const passed = floor<Milliseconds>(after) - floor<Milliseconds>(before);
            utc_ = time_after(utc_now(), passed).time_since_epoch().count();
            while (!waits_.empty() && waits_.begin()->first.first <= now()) {
                due.push_back(std::move(waits_.begin()->second));
                waits_.erase(waits_.begin());
            }
        }
        for (auto& wait : due) complete(std::move(wait), {});
    }

    void set_utc(UtcTime utc) {
        std::lock_guard const lock(mutex_);
        utc_ = utc.time_since_epoch().count();
    }

    [[nodiscard]] std::optional<TimePoint> next_due() const {
        std::lock_guard const lock(mutex_);
        if (waits_.empty()) return std::nullopt;
        return waits_.begin()->first.first;
    }

    [[nodiscard]] std::size_t waiting() const {
        std::lock_guard const lock(mutex_);
        return waits_.size();
    }

private:
    mutable std::mutex mutex_;
    std::atomic<TimePoint::rep> now_{TimePoint::duration(std::chrono::hours(1)).count()};
    std::atomic<UtcTime::rep> utc_;
    std::map<Key, Wait> waits_;
    Id next_id_{0};
};

class ManualClock::Timer final : public ClockTimer {
public:
    Timer(std::shared_ptr<State> state, asio::any_io_executor executor)
        : state_(std::move(state)), executor_(std::move(executor)) {}
    Timer(Timer const&) = delete;
    Timer& operator=(Timer const&) = delete;
    ~Timer() override { cancel(); }

    void async_wait_until(TimePoint when, WaitHandler handler) override {
        auto slot = asio::get_associated_cancellation_slot(handler);
        key_ = state_->wait(when, Wait(executor_, std::move(handler)));
        if (key_ && slot.is_connected()) {
            slot.assign([state = state_, key = *key_](asio::cancellation_type type) {
                if (type != asio::cancellation_type::none) state->cancel(key);
            });
        }
    }

    void cancel() noexcept override {
        if (auto const key = std::exchange(key_, std::nullopt)) state_->cancel(*key);
    }

private:
    std::shared_ptr<State> state_;
    asio::any_io_executor executor_;
    std::optional<State::Key> key_;
};

ManualClock::ManualClock(UtcTime utc) : state_(std::make_shared<State>(utc)) {}
ManualClock::~ManualClock() = default;

Clock::TimePoint ManualClock::now() const noexcept {
    return state_->now();
}
Clock::UtcTime ManualClock::utc_now() const noexcept {
    return state_->utc_now();
}

std::unique_ptr<ClockTimer> ManualClock::make_timer(asio::any_io_executor const& executor) {
    return std::make_unique<Timer>(state_, executor);
}

void ManualClock::advance(std::chrono::steady_clock::duration duration) {
    state_->advance(duration);
}

void ManualClock::set_utc(UtcTime utc) {
    state_->set_utc(utc);
}

std::optional<Clock::TimePoint> ManualClock::next_due() const {
    return state_->next_due();
}
std::size_t ManualClock::waiting() const {
    return state_->waiting();
}

}  // namespace otp::testing
