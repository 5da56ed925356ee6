#pragma once

#include "simulation/dice.hpp"

#include <otp/testing/manual_clock.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

namespace otp::simulation {

/// Virtual time, and what is going to happen in it: the network's events, the people's, and the
/// client's own timers. One thread. Where several things are due at one moment, chance decides
/// which of them comes first, and it is always the same chance for one seed.
class Timeline {
public:
    using Event = std::function<void()>;
    using TimePoint = Clock::TimePoint;

    explicit Timeline(Dice dice) : dice_(dice) {}

    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }
    [[nodiscard]] std::shared_ptr<testing::ManualClock> const& clock() const noexcept {
        return clock_;
    }
    [[nodiscard]] TimePoint now() const noexcept { return clock_->now(); }

    void at(TimePoint when, Event event);
    void after(std::chrono::steady_clock::duration delay, Event event);
    /// As soon as the client has made so many more steps, wherever it is then; or at the next event
    /// if it stands still.
    void after_steps(std::size_t steps, Event event);
    /// All time until then passes at once, as when a machine sleeps.
    void sleep(std::chrono::milliseconds length);

    /// Lets everything happen until nothing is left to happen. False if that has no end: after so
    /// many events and timers something is still left.
    [[nodiscard]] bool run(std::uint64_t most_rounds = 1'000'000);

    /// How long the machine slept in all.
    [[nodiscard]] std::chrono::milliseconds slept() const noexcept { return slept_; }

private:
    struct Due {
        TimePoint when;
        std::uint64_t order;
        Event event;
    };
    struct Later {
        bool operator()(Due const& left, Due const& right) const noexcept {
            return left.when != right.when ? left.when > right.when : left.order > right.order;
        }
    };

    void make_steps();
    void step();
    void happen();

    Dice dice_;
    boost::asio::io_context context_{1};
    std::shared_ptr<testing::ManualClock> clock_{std::make_shared<testing::ManualClock>()};
    std::priority_queue<Due, std::vector<Due>, Later> due_;
    std::uint64_t order_{0};
    std::size_t steps_until_event_{0};
    Event event_after_steps_;
    std::chrono::milliseconds slept_{0};
};

}  // namespace otp::simulation
